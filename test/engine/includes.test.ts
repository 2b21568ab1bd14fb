import { describe, expect, test } from "vitest";
import { lint } from "../../src/engine/lint.js";
import type { Report } from "../../src/findings/report.js";
import { parseTolerantly } from "../../src/parsers/yaml/tolerant.js";
import { chooseRules } from "../../src/rules/choose-rules.js";
import { MemoryFileSystem } from "../../src/source/memory-file-system.js";

/** Lints `/t/template.yaml` alone, in a tree with the other files. */
function lintTemplate(text: string, others: Readonly<Record<string, string>> = {}): Report {
  return lintAlone("/t/template.yaml", { "/t/template.yaml": text, ...others });
}

function lintAlone(path: string, texts: Readonly<Record<string, string>>): Report {
  return lint({
    files: [path],
    named: new Set([path]),
    fileSystem: new MemoryFileSystem(texts),
    rootDirectory: "/t",
    rules: chooseRules(),
    loadTolerantYaml: () => parseTolerantly,
  });
}

/** `file:line kind: resources` of each finding of `require-imdsv2`. */
function summarize({ findings, files }: Report): readonly string[] {
  return findings
    .filter(({ ruleId }) => ruleId === "require-imdsv2")
    .map(({ kind, location, resources }) => {
      const line = (files.get(location.path)?.position(location.range.start).line ?? -1) + 1;
      const addresses = resources.map(({ address }) => address).join(" ");
      return `${location.path}:${String(line)} ${kind}: ${addresses}`;
    });
}

function skippedIn({ coverage, files }: Report): readonly string[] {
  return coverage.skipped.map(({ message, location: { path, range } }) => {
    const line = (files.get(path)?.position(range.start).line ?? -1) + 1;
    return `${path}:${String(line)} ${message}`;
  });
}

function include(location: string): string {
  return `{ Name: "AWS::Include", Parameters: { Location: ${location} } }`;
}

function instance(properties: string): string {
  return `Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties: ${properties}\n`;
}

const open = "HttpEndpoint: enabled\nHttpTokens: optional\n";
const resource = `Web:\n  Type: AWS::EC2::Instance\n  Properties:\n    MetadataOptions: { HttpTokens: optional }\n`;

describe("a local file that AWS::Include names", () => {
  test.each<[string, string, string, string]>([
    [
      "the value of a property",
      instance(`{ MetadataOptions: { "Fn::Transform": ${include("o.yaml")} } }`),
      open,
      "/t/o.yaml:2 fail: Web",
    ],
    [
      "the value of a property, in short form and JSON",
      instance(`{ MetadataOptions: !Transform ${include("o.yaml")} }`),
      '{\n"HttpTokens": "optional" }',
      "/t/o.yaml:2 fail: Web",
    ],
    [
      "a part of the properties",
      instance(`{ ImageId: ami-1, "Fn::Transform": [${include("./o.yaml")}] }`),
      "MetadataOptions:\n  HttpTokens: optional\n",
      "/t/o.yaml:2 fail: Web",
    ],
    [
      "a part of a resource",
      `Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Fn::Transform: ${include("o.yaml")}\n`,
      "Properties:\n  MetadataOptions:\n    HttpTokens: optional\n",
      "/t/o.yaml:3 fail: Web",
    ],
    [
      "a resource",
      `Resources:\n  Web:\n    Fn::Transform: ${include("o.yaml")}\n`,
      "Type: AWS::EC2::Instance\nProperties:\n  MetadataOptions:\n    HttpTokens: optional\n",
      "/t/o.yaml:4 fail: Web",
    ],
    [
      "resources",
      `Resources:\n  Fn::Transform: ${include("o.yaml")}\n`,
      resource,
      "/t/o.yaml:4 fail: Web",
    ],
    [
      "a scalar",
      instance(`{ MetadataOptions: { HttpTokens: !Transform ${include("o.yaml")} } }`),
      "# tokens\noptional\n",
      "/t/o.yaml:2 fail: Web",
    ],
    [
      "a mapping of the template",
      `Mappings:\n  M: { Fn::Transform: ${include("o.yaml")} }\n` +
        instance("{ MetadataOptions: { HttpTokens: !FindInMap [M, a, b] } }"),
      "a: { b: optional }",
      "/t/o.yaml:1 fail: Web",
    ],
    [
      "sections, of Transform",
      `Transform: ${include("o.yaml")}\n${instance("{ MetadataOptions: { HttpTokens: !If [C, optional, required] } }")}`,
      "Conditions:\n  C: !Equals [a, a]\n",
      "/t/template.yaml:5 fail: Web",
    ],
    [
      "sections, of Transform among others",
      `AWSTemplateFormatVersion: 2010-09-09\nTransform: ["AWS::LanguageExtensions", ${include("o.yaml")}]\nOutputs: {}\n`,
      `Resources:\n  ${resource.replaceAll("\n", "\n  ")}`,
      "/t/o.yaml:5 fail: Web",
    ],
    [
      "sections, of Fn::Transform",
      `AWSTemplateFormatVersion: 2010-09-09\nFn::Transform: ${include("o.yaml")}\n`,
      `Resources:\n  ${resource.replaceAll("\n", "\n  ")}`,
      "/t/o.yaml:5 fail: Web",
    ],
  ])("is %s", (_, template, snippet, expected) => {
    const report = lintTemplate(template, { "/t/o.yaml": snippet });
    expect(summarize(report)).toEqual([expected]);
    expect(skippedIn(report)).toEqual([]);
    expect(report.errors).toEqual([]);
    expect(report.coverage.cloudformationTemplates).toBe(1);
  });

  test("names a nested stack by a path that stays a path, since nobody packages what is included", () => {
    const nested = `Nested:
  Type: AWS::CloudFormation::Stack
  Properties: { TemplateURL: child.yaml }
`;
    const report = lintTemplate(`Resources:\n  "Fn::Transform": ${include("o.yaml")}\n`, {
      "/t/o.yaml": nested,
      "/t/child.yaml": instance("{ MetadataOptions: { HttpTokens: optional } }"),
    });
    expect(summarize(report)).toEqual([]);
    expect(skippedIn(report)).toEqual([
      "/t/o.yaml:3 nested stack Nested: child.yaml stays a path, since included files are uploaded as they are",
    ]);
  });

  test("may be included twice, and then is one place to change", () => {
    const web = `{ Type: "AWS::EC2::Instance", Properties: { MetadataOptions: !Transform ${include("o.yaml")} } }`;
    const report = lintTemplate(`Resources:\n  A: ${web}\n  B: ${web}\n`, { "/t/o.yaml": open });
    expect(summarize(report)).toEqual(["/t/o.yaml:2 fail: A B"]);
  });

  test("has its own errors, in its own lines", () => {
    const report = lintTemplate(instance(`!Transform ${include("o.yaml")}`), {
      "/t/o.yaml": "A: 1\nA: 2\n",
    });
    const [error] = report.errors;
    expect(error?.code).toBe("duplicate-key");
    expect(error?.location).toMatchObject({ path: "/t/o.yaml", range: { start: 5 } });
  });

  test("is not judged a second time where it looks like a template", () => {
    const texts = {
      "/t/template.yaml": `AWSTemplateFormatVersion: 2010-09-09\nTransform: ${include("o.yaml")}\n`,
      "/t/o.yaml": `Resources:\n  ${resource.replaceAll("\n", "\n  ")}`,
    };
    const report = lint({
      files: Object.keys(texts),
      named: new Set(),
      fileSystem: new MemoryFileSystem(texts),
      rootDirectory: "/t",
      rules: chooseRules(),
      loadTolerantYaml: () => parseTolerantly,
    });
    expect(summarize(report)).toEqual(["/t/o.yaml:5 fail: Web"]);
    expect(report.coverage.launchSpecifications).toBe(1);
  });
});

describe("a snippet that is linted alone", () => {
  const including = instance(`{ MetadataOptions: !Transform ${include("../parts/o.yaml")} }`);

  test("is judged in the templates that include it, directly or not", () => {
    const texts = {
      "/t/a/template.yaml": including,
      "/t/b/template.yaml": instance(`!Transform ${include("../parts/all.yaml")}`),
      "/t/parts/all.yaml": `MetadataOptions: !Transform ${include("o.yaml")}\n`,
      "/t/parts/o.yaml": open,
      "/t/other.yaml": instance("{}"),
    };
    const report = lintAlone("/t/parts/o.yaml", texts);
    expect(summarize(report)).toEqual(["/t/parts/o.yaml:2 fail: Web"]);
    expect(report.findings[0]?.resources).toHaveLength(1);
    expect(report.coverage).toMatchObject({ cloudformationTemplates: 2, launchSpecifications: 2 });
    expect(report.errors).toEqual([]);
  });

  test("is judged in the template that nests the one that includes it", () => {
    const child = `Parameters: { T: { Type: String } }\n${including}`;
    const parent = `Resources:
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: a/child.yaml, Parameters: { T: optional } }
`;
    const texts = {
      "/t/parent.yaml": parent,
      "/t/a/child.yaml": child,
      "/t/parts/o.yaml": "HttpEndpoint: enabled\nHttpTokens: !Ref T\n",
    };
    expect(summarize(lintAlone("/t/parts/o.yaml", texts))).toEqual([
      "/t/parent.yaml:4 fail: Nested/Web",
    ]);
  });

  test("is no template where nobody includes it", () => {
    const report = lintAlone("/t/o.yaml", {
      "/t/o.yaml": open,
      "/t/template.yaml": instance("{}"),
    });
    expect(report).toMatchObject({ findings: [], errors: [], coverage: { files: 0 } });
  });

  test("may be of other people's", () => {
    const texts = { "/t/o.yaml": "a: b\n", "/t/template.yaml": including };
    expect(lintAlone("/t/o.yaml", texts)).toMatchObject({ findings: [], coverage: { files: 0 } });
  });
});

describe("an include that is left as it is written", () => {
  const options = (location: string) =>
    instance(`{ MetadataOptions: !Transform ${include(location)} }`);

  test.each<[string, string]>([
    ["s3://bucket/o.yaml", "Fn::Transform"],
    ["https://example.com/o.yaml", "Fn::Transform"],
    ["!Ref Where", "Fn::Transform"],
    ["missing.yaml", "Fn::Transform"],
  ])("has its file at %s", (location, message) => {
    const parameters = "Parameters: { Where: { Type: String, Default: o.yaml } }\n";
    const report = lintTemplate(parameters + options(location), { "/t/o.yaml": open });
    expect(summarize(report)).toEqual(["/t/template.yaml:5 open: Web"]);
    expect(skippedIn(report)).toContain(`/t/template.yaml:5 ${message}`);
    expect(report.errors).toEqual([]);
  });

  test("is listed at the top level", () => {
    const report = lintTemplate(
      `Fn::Transform: ${include("s3://bucket/o.yaml")}\n${instance("{ MetadataOptions: { HttpTokens: required } }")}`,
    );
    expect(skippedIn(report)).toEqual(["/t/template.yaml:1 what the macro AWS::Include changes"]);
  });

  test("includes itself, directly or not", () => {
    const report = lintTemplate(options("a.yaml"), {
      "/t/a.yaml": `HttpTokens: optional\nHttpEndpoint: !Transform ${include("sub/b.yaml")}\n`,
      "/t/sub/b.yaml": `!Transform ${include("../a.yaml")}\n`,
    });
    expect(skippedIn(report)).toContain(
      "/t/sub/b.yaml:1 AWS::Include of ../a.yaml, which includes itself",
    );
    const self = lintTemplate(options("template.yaml"));
    expect(skippedIn(self)).toContain(
      "/t/template.yaml:4 AWS::Include of template.yaml, which includes itself",
    );
  });

  test("multiplies until the template is too long", () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => {
        const next = `!Transform ${include(`${String(index + 1)}.yaml`)}`;
        return [`/t/${String(index)}.yaml`, `A: ${next}\nB: ${next}\n`];
      }),
    );
    const report = lintTemplate(options("0.yaml"), {
      ...files,
      "/t/40.yaml": "HttpTokens: optional",
    });
    expect(skippedIn(report).join("\n")).toContain("longer than a million characters");
  });

  test("goes through more files than any template does", () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [
        `/t/${String(index)}.yaml`,
        `!Transform ${include(`${String(index + 1)}.yaml`)}\n`,
      ]),
    );
    const report = lintTemplate(options("0.yaml"), files);
    expect(skippedIn(report)).toContain(
      "/t/199.yaml:1 AWS::Include of 200.yaml, beyond 200 included files",
    );
  });

  test.each([
    ["MetadataOptions: { HttpTokens: optional }", "whose MetadataOptions stands there already"],
    ["- a list", "which holds no keys to stand beside others"],
    ["!Ref Other", "which holds no keys to stand beside others"],
  ])("cannot stand beside others: %s", (snippet, why) => {
    const report = lintTemplate(
      instance(
        `{ MetadataOptions: { HttpTokens: required }, "Fn::Transform": ${include("o.yaml")} }`,
      ),
      { "/t/o.yaml": snippet },
    );
    expect(summarize(report)).toEqual(["/t/template.yaml:4 open: Web"]);
    expect(skippedIn(report)).toContain(`/t/template.yaml:4 AWS::Include of o.yaml, ${why}`);
  });

  test("stands in Parameters, which CloudFormation reads first", () => {
    const report = lintTemplate(
      `Parameters:\n  P: !Transform ${include("o.yaml")}\n${instance("{ MetadataOptions: { HttpTokens: !Ref P } }")}`,
      { "/t/o.yaml": "Type: String\nDefault: optional\n" },
    );
    expect(summarize(report).join()).not.toContain("fail");
  });
});
