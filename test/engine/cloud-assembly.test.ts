import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/findings/report.js";
import { lintTexts } from "../lint-files.js";

const fixtures = new URL("../../fixtures/cdk/", import.meta.url).pathname;

/** What test/cdk-assembly/synthesize.mjs has written, with the app where the traces say it was. */
function assembly(): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const entry of readdirSync(fixtures, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = `${entry.parentPath}/${entry.name}`.replace(/\/+/g, "/");
    texts[`/app/${path.slice(fixtures.length)}`] = readFileSync(path, "utf8");
  }
  return texts;
}

/** `place: text there <- resource, construct`, of each finding of the rule on tokens. */
function summarize({ findings, files }: Report): readonly string[] {
  return findings
    .filter(({ ruleId }) => ruleId === "require-imdsv2")
    .map(({ kind, location, resource: { address, construct } }) => {
      const { start, end } = location.range;
      const text = files.get(location.path)?.text.slice(start, end) ?? "";
      return `${kind} ${location.path}: ${text} <- ${address}, ${construct ?? "no construct"}`;
    });
}

describe("an assembly of the CDK", () => {
  test("is judged at the lines of the app that create the constructs", () => {
    const report = lintTexts(assembly());
    expect(report.errors).toEqual([]);
    expect(summarize(report)).toMatchInlineSnapshot(`
      [
        "fail /app/app.mjs: new Instance(this, "Open", { ...properties, requireImdsv2: false }); <- Open2F4367FD, Web/Open/Resource",
        "fail /app/app.mjs: new Instance(this, "Unset", properties); <- UnsetB71159CD, Web/Unset/Resource",
        "fail /app/app.mjs: new Fleet(this, "Unsafe", { parameters: { Tokens: "optional" } }); <- UnsafeNestedStackUnsafeNestedStackResource6EE391EF/Template, Web/Unsafe/Template",
        "fail /app/app.mjs: new CfnInstance(this, "Instance", { metadataOptions: { httpTokens: "optional" } }); <- Instance, Production/Worker/Instance",
      ]
    `);
  });

  test("is judged in its templates where the app is not at hand", () => {
    const texts = assembly();
    delete texts["/app/app.mjs"];
    const report = lintTexts(texts);
    expect(report.findings.every(({ location }) => location.path.endsWith(".json"))).toBe(true);
    expect(report.findings.some(({ resource }) => resource.construct === undefined)).toBe(false);
  });

  test("is judged in its templates where the app has changed since", () => {
    const report = lintTexts({ ...assembly(), "/app/app.mjs": "// nothing\n" });
    expect(report.findings.every(({ location }) => location.path.endsWith(".json"))).toBe(true);
  });

  test("counts its templates, not the app", () => {
    const { coverage } = lintTexts(assembly());
    expect(coverage.cloudformationTemplates).toBe(4);
  });

  test("of an older CDK traces logical IDs in its manifest", () => {
    const template = {
      Resources: {
        Web: {
          Type: "AWS::EC2::Instance",
          Properties: { MetadataOptions: { HttpTokens: "optional", HttpEndpoint: "enabled" } },
          Metadata: { "aws:cdk:path": "Stack/Web" },
        },
        Nested: {
          Type: "AWS::CloudFormation::Stack",
          Properties: {
            TemplateURL: { "Fn::Join": ["", ["https://s3.", { Ref: "AWS::Region" }]] },
          },
          Metadata: {
            "aws:cdk:path": "Stack/Nested.NestedStack/Nested.NestedStackResource",
            "aws:asset:path": "Nested.nested.template.json",
            "aws:asset:property": "TemplateURL",
          },
        },
      },
    };
    const manifest = {
      version: "36.0.0",
      artifacts: {
        Stack: {
          type: "aws:cloudformation:stack",
          properties: { templateFile: "Stack.template.json" },
          metadata: {
            "/Stack/Web": [
              {
                type: "aws:cdk:logicalId",
                data: "Web",
                trace: [
                  "new Instance (/app/node_modules/aws-cdk-lib/aws-ec2/lib/instance.js:1:8)",
                  "new Stack (/app/lib/stack.ts:2:5)",
                ],
              },
            ],
          },
        },
      },
    };
    const report = lintTexts({
      "/app/cdk.out/manifest.json": JSON.stringify(manifest),
      "/app/cdk.out/Stack.template.json": JSON.stringify(template),
      "/app/cdk.out/Nested.nested.template.json": JSON.stringify({
        Resources: { Web: template.Resources.Web },
      }),
      "/app/lib/stack.ts": "class Stack {\n    new Instance(this);\n}\n",
    });
    expect(summarize(report)).toEqual([
      'fail /app/cdk.out/Nested.nested.template.json: "optional" <- Nested/Web, Stack/Web',
      "fail /app/lib/stack.ts: new Instance(this); <- Web, Stack/Web",
    ]);
    expect(report.findings[1]?.related.map(({ location }) => location.path)).toEqual([
      "/app/cdk.out/Stack.template.json",
    ]);
  });

  test("is judged where it declares the parameter that decides, and what a constructor hands on", () => {
    const trace = (...places: readonly string[]) => ({
      type: "aws:cdk:creationStack",
      data: places.map((place) => `new Web (/app/lib/${place})`),
    });
    const manifest = (tokens: unknown, web: unknown) => ({
      version: "48.0.0",
      artifacts: {
        Stack: {
          properties: { templateFile: "Stack.template.json" },
          metadata: {
            "/Stack/Tokens": [{ type: "aws:cdk:logicalId", data: "Tokens" }, tokens],
            "/Stack/Web": [{ type: "aws:cdk:logicalId", data: "Web" }, web],
          },
        },
      },
    });
    const template = {
      Parameters: { Tokens: { Type: "String", Default: "optional", AllowedValues: ["optional"] } },
      Resources: {
        Web: {
          Type: "AWS::EC2::Instance",
          Properties: {
            MetadataOptions: { HttpTokens: { Ref: "Tokens" }, HttpEndpoint: "enabled" },
          },
        },
        Other: { Type: "AWS::EC2::Instance" },
      },
    };
    const placesOf = (tokens: unknown, web: unknown) => {
      const report = lintTexts({
        "/app/cdk.out/manifest.json": JSON.stringify(manifest(tokens, web)),
        "/app/cdk.out/Stack.template.json": JSON.stringify(template),
        "/app/lib/web.ts": "super(scope, id, props);\nsuper(scope, id, { ...props });\n",
        "/app/lib/parameters.ts": "new CfnParameter(this);\n",
      });
      return summarize(report).map((line) => line.replace(/ <- .*/, ""));
    };
    const otherwise = 'fail /app/cdk.out/Stack.template.json: "Other"';
    expect(placesOf(trace("parameters.ts:1:1"), trace("web.ts:1:1"))).toEqual([
      otherwise,
      "fail /app/lib/parameters.ts: new CfnParameter(this);",
    ]);
    // Of the parameter nothing is traced.
    expect(placesOf(trace(), trace("web.ts:2:1", "parameters.ts:1:1"))).toEqual([
      otherwise,
      "fail /app/lib/web.ts: super(scope, id, { ...props });",
    ]);
    expect(placesOf(trace(), trace("web.ts:1:1", "parameters.ts:1:1"))).toEqual([
      otherwise,
      "fail /app/lib/parameters.ts: new CfnParameter(this);",
    ]);
    expect(placesOf(trace(), trace("web.ts:1:1"))).toEqual([
      otherwise,
      "fail /app/lib/web.ts: super(scope, id, props);",
    ]);
  });

  test("with a manifest that is broken is a template like others", () => {
    const template = JSON.stringify({ Resources: { Web: { Type: "AWS::EC2::Instance" } } });
    for (const manifest of ["{", "[]", '{"version":1,"artifacts":[]}', '{"artifacts":null}']) {
      const report = lintTexts({ "/a/manifest.json": manifest, "/a/S.template.json": template });
      expect(summarize(report)).toEqual(['fail /a/S.template.json: "Web" <- Web, no construct']);
    }
  });
});
