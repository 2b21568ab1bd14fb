import { describe, expect, test } from "vitest";
import type { Report } from "../../src/findings/report.js";
import { lintTexts } from "../lint-files.js";

/** A template with an instance for each name, whose tokens are what is given. */
function template(parameters: string, instances: Readonly<Record<string, string>>): string {
  const resources = Object.entries(instances).map(
    ([name, tokens]) =>
      `  ${name}: {Type: "AWS::EC2::Instance", Properties: {MetadataOptions: {HttpEndpoint: enabled, HttpTokens: ${tokens}}}}`,
  );
  return `Parameters:\n${parameters}\nResources:\n${resources.join("\n")}\n`;
}

function summaries({ findings }: Report): readonly string[] {
  return findings.map(({ ruleId, resources, when = "always", location }) =>
    [ruleId, resources.map(({ address }) => address).join("+"), when, location.path].join(" | "),
  );
}

const choice = "{Type: String, Default: required, AllowedValues: [required, optional]}";

describe("other values of parameters", () => {
  test("are one note for each parameter, which names all resources", () => {
    const text = template(`  Tokens: ${choice}\n  Other: ${choice}`, {
      Web: "!Ref Tokens",
      Worker: "!Sub '${Tokens}'",
      Bastion: "!Ref Other",
    });
    const report = lintTexts({ "/a.yaml": text });
    expect(summaries(report)).toEqual([
      "parameter-allows-imdsv1 | Web+Worker | parameter Tokens is not required | /a.yaml",
      "parameter-allows-imdsv1 | Bastion | parameter Other is not required | /a.yaml",
    ]);
    expect(new Set(report.findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  test("are said once where several resources need them, and an empty one is visible", () => {
    const text = `${template("  Size: {Type: String, Default: '', AllowedValues: ['', a, b]}", {
      Web: "!If [IsSet, optional, required]",
      Worker: "!If [IsSet, optional, required]",
      Bastion: "!If [IsA, optional, required]",
    })}Conditions:
  IsSet: !Not [!Equals [!Ref Size, '']]
  IsA: !Equals [!Ref Size, a]
`;
    expect(summaries(lintTexts({ "/a.yaml": text }))).toEqual([
      'parameter-allows-imdsv1 | Web+Worker+Bastion | parameter Size is not "", or when parameter Size is a | /a.yaml',
    ]);
  });

  test("do not matter where somebody has given a value", () => {
    const text = template(`  Tokens: ${choice}`, { Web: "!Ref Tokens" });
    const values = new Map([["Tokens", { text: "required" }]]);
    expect(
      summaries(lintTexts({ "/a.yaml": text }, { parameters: { files: [], values } })),
    ).toEqual([]);
  });
});

describe("files of parameters", () => {
  const files = ["/dev.json", "/prod.json"];

  test("go to the templates that declare a parameter of theirs", () => {
    const texts = {
      "/a.yaml": template("  Tokens: {Type: String}", { Web: "!Ref Tokens", Old: "optional" }),
      "/b.yaml": template("  Mode: {Type: String}", { Web: "!Ref Mode" }),
      "/c.yaml": template("  Env: {Type: String, Default: required, AllowedPattern: required}", {
        Web: "!Ref Env",
      }),
      "/dev.json": '{"Tokens": "optional", "Mode": "required"}',
      "/prod.json": '{"Tokens": "required"}',
    };
    const report = lintTexts(texts, { parameters: { files, values: new Map() } });
    expect(report.coverage.launchSpecifications).toBe(4);
    expect(report.coverage.cloudformationTemplates).toBe(3);
    expect(summaries(report).filter((text) => !text.startsWith("valid"))).toEqual([
      "require-imdsv2 | Old | always | /a.yaml",
      "require-imdsv2 | Web | deployed with dev.json | /dev.json",
    ]);
  });

  test("are told apart where a condition is open besides", () => {
    const text = `${template("  Env: {Type: String}\n  Debug: {Type: String}", {
      Web: "!If [IsOpen, optional, required]",
    })}Conditions:\n  IsOpen: !And [!Equals [!Ref Env, dev], !Equals [!Ref Debug, 'yes']]\n`;
    const report = lintTexts(
      { "/a.yaml": text, "/dev.json": '{"Env": "dev"}', "/prod.json": '{"Env": "prod"}' },
      { parameters: { files, values: new Map() } },
    );
    expect(summaries(report)).toEqual([
      "require-imdsv2 | Web | deployed with dev.json and condition IsOpen is true | /a.yaml",
    ]);
  });
});
