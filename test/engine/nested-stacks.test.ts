import { describe, expect, test } from "vitest";
import type { Report } from "../../src/findings/report.js";
import { lint } from "../../src/engine/lint.js";
import { parseTolerantly } from "../../src/parsers/yaml/tolerant.js";
import { chooseRules } from "../../src/rules/choose-rules.js";
import { MemoryFileSystem } from "../../src/source/memory-file-system.js";
import { lintTexts } from "../lint-files.js";

/** An instance that takes its tokens from the parameter `Tokens`. */
const child = `
Parameters:
  Tokens: { Type: String, Default: optional }
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: { HttpTokens: !Ref Tokens, HttpEndpoint: enabled }
`;

function parent(properties: string, rest = ""): string {
  return `
Resources:
  Nested:
    Type: AWS::CloudFormation::Stack
    ${rest}
    Properties: ${properties}
`;
}

/** `file:line rule kind: resources, when`, of each finding. */
function summarize({ findings, files }: Report): readonly string[] {
  return findings.map(({ ruleId, kind, location, resources, when }) => {
    const line = (files.get(location.path)?.position(location.range.start).line ?? -1) + 1;
    const addresses = resources.map(({ address }) => address).join(" ");
    const condition = when === undefined ? "" : `, when ${when}`;
    return `${location.path}:${line} ${ruleId} ${kind}: ${addresses}${condition}`;
  });
}

function skippedIn({ coverage }: Report): readonly string[] {
  return coverage.skipped.map(({ kind, message }) => `${kind}: ${message}`);
}

/** Lints one of the files, in a tree with all of them. */
function lintOne(path: string, texts: Readonly<Record<string, string>>): Report {
  return lint({
    files: [path],
    named: new Set(),
    fileSystem: new MemoryFileSystem(texts),
    rootDirectory: "/",
    rules: chooseRules(),
    loadTolerantYaml: () => parseTolerantly,
  });
}

describe("a nested stack", () => {
  test("is judged with what its parent passes, and the parent is the place to change", () => {
    const report = lintTexts({
      "/parent.yaml": parent("{ TemplateURL: ./child.yaml, Parameters: { Tokens: optional } }"),
      "/child.yaml": child.replace("optional", "required"),
    });
    expect(summarize(report)).toEqual(["/parent.yaml:6 require-imdsv2 fail: Nested/Web"]);
    const [finding] = report.findings;
    expect(finding?.chain.map(({ message }) => message)).toEqual([
      "HttpTokens is taken from !Ref Tokens",
      "the nested stack passes Nested/Tokens as optional",
    ]);
  });

  test("is not judged by its own default where the parent passes another value", () => {
    const report = lintTexts({
      "/parent.yaml": parent("{ TemplateURL: child.yaml, Parameters: { Tokens: required } }"),
      "/child.yaml": child,
    });
    expect(summarize(report)).toEqual([]);
    expect(report.coverage.launchSpecifications).toBe(1);
    expect(report.coverage.cloudformationTemplates).toBe(2);
  });

  test.each([
    ["nothing is passed", "{ TemplateURL: child.yaml }"],
    [
      "AWS::NoValue is passed",
      "{ TemplateURL: child.yaml, Parameters: { Tokens: !Ref AWS::NoValue } }",
    ],
  ])("takes its own default where %s", (_, properties) => {
    const report = lintTexts({ "/parent.yaml": parent(properties), "/child.yaml": child });
    expect(summarize(report)).toEqual(["/child.yaml:3 require-imdsv2 fail: Nested/Web"]);
  });

  test("is found from the child's side, up to the top of the tree", () => {
    const texts = {
      "/deploy/parent.yaml": parent(
        "{ TemplateURL: ../stacks/child.yaml, Parameters: { Tokens: required } }",
      ),
      "/stacks/child.yaml": child,
    };
    expect(summarize(lintOne("/stacks/child.yaml", texts))).toEqual([]);
    expect(summarize(lintOne("/stacks/child.yaml", { "/stacks/child.yaml": child }))).toEqual([
      "/stacks/child.yaml:3 require-imdsv2 fail: Web",
    ]);
  });

  test("nested by two parents is one finding that names both resources", () => {
    const wrong = child.replace("!Ref Tokens", "optional");
    const report = lintTexts({
      "/a.yaml": parent("{ TemplateURL: child.yaml }"),
      "/b.yaml": parent("{ TemplateURL: child.yaml }").replace("Nested:", "Other:"),
      "/child.yaml": wrong,
    });
    expect(summarize(report)).toEqual(["/child.yaml:8 require-imdsv2 fail: Nested/Web Other/Web"]);
  });

  test("goes as deep as it is written, and each level passes on", () => {
    const middle = `
Parameters:
  Level: { Type: String }
${parent("{ TemplateURL: child.yaml, Parameters: { Tokens: !Ref Level } }")}`;
    const report = lintTexts({
      "/top.yaml": parent("{ TemplateURL: middle.yaml, Parameters: { Level: optional } }"),
      "/middle.yaml": middle,
      "/child.yaml": child,
    });
    expect(summarize(report)).toEqual(["/top.yaml:6 require-imdsv2 fail: Nested/Nested/Web"]);
  });

  test("keeps the conditions of parent and child apart that have the same name", () => {
    const conditions = (value: string) => `
Parameters:
  Env: { Type: String, AllowedValues: [prod, dev] }
Conditions:
  IsProd: !Equals [!Ref Env, ${value}]
`;
    const report = lintTexts({
      "/parent.yaml":
        conditions("prod") +
        parent("{ TemplateURL: child.yaml, Parameters: { Env: !Ref Env } }", "Condition: IsProd"),
      "/child.yaml": `${conditions("dev")}
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: { HttpTokens: !If [IsProd, optional, required], HttpEndpoint: enabled }
`,
    });
    // The child's branch is taken for dev, but then there is no such stack.
    expect(summarize(report)).toEqual([]);
  });

  test("says when of an open parameter that is passed on", () => {
    const report = lintTexts({
      "/parent.yaml": `
Parameters:
  Env: { Type: String, AllowedValues: [prod, dev] }
${parent("{ TemplateURL: child.yaml, Parameters: { Stage: !Ref Env } }")}`,
      "/child.yaml": `
Parameters:
  Stage: { Type: String }
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: { HttpTokens: !If [IsDev, optional, required], HttpEndpoint: enabled }
`,
    });
    expect(summarize(report)).toEqual([
      "/child.yaml:10 require-imdsv2 fail: Nested/Web, when condition Nested/IsDev is true",
    ]);
  });

  test("narrows what is passed to the values that it allows", () => {
    const passed = `
Parameters:
  Tokens: { Type: String }
${parent("{ TemplateURL: child.yaml, Parameters: { Tokens: !Ref Tokens } }")}`;
    const strict = child.replace("Default: optional", "AllowedValues: [required]");
    expect(summarize(lintTexts({ "/parent.yaml": passed, "/child.yaml": strict }))).toEqual([]);
    expect(summarize(lintTexts({ "/parent.yaml": passed, "/child.yaml": child }))).toEqual([
      "/parent.yaml:3 require-imdsv2 open: Nested/Web",
    ]);
  });

  test("splits a list that is passed as a text, and joins nothing else", () => {
    const report = lintTexts({
      "/parent.yaml": parent(
        "{ TemplateURL: child.yaml, Parameters: { All: 'required,optional' } }",
      ),
      "/child.yaml": `
Parameters:
  All: { Type: CommaDelimitedList }
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: { HttpTokens: !Select [1, !Ref All], HttpEndpoint: enabled }
`,
    });
    expect(summarize(report)).toEqual(["/parent.yaml:6 require-imdsv2 fail: Nested/Web"]);
  });
});

describe("an output of a nested stack", () => {
  const template = `
Resources:
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions: { HttpTokens: optional, HttpEndpoint: enabled }
Outputs:
  Id: { Value: !Ref Template }
  Version: { Value: !GetAtt Template.LatestVersionNumber }
  Tokens: { Value: required }
`;
  const using = (id: string) => `${parent("{ TemplateURL: template.yaml }")}
  Web:
    Type: AWS::EC2::Instance
    Properties:
      LaunchTemplate:
        LaunchTemplateId: ${id}
        Version: !GetAtt Nested.Outputs.Version
`;

  test.each(["!GetAtt Nested.Outputs.Id", '!Sub "${Nested.Outputs.Id}"'])(
    "leads %s to the launch template that it names",
    (id) => {
      const report = lintTexts({ "/parent.yaml": using(id), "/template.yaml": template });
      expect(summarize(report)).toEqual([
        "/template.yaml:7 require-imdsv2 fail: Nested/Template Web",
      ]);
    },
  );

  test("passes into another nested stack", () => {
    const user = `
Parameters:
  Template: { Type: String }
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: $Latest }
`;
    const both = `${parent("{ TemplateURL: template.yaml }")}
  User:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: user.yaml
      Parameters: { Template: !GetAtt Nested.Outputs.Id }
`;
    const texts = { "/p.yaml": both, "/template.yaml": template, "/user.yaml": user };
    expect(summarize(lintTexts(texts))).toEqual([
      "/template.yaml:7 require-imdsv2 fail: Nested/Template User/Web",
    ]);
  });

  test("is a value like any other", () => {
    const report = lintTexts({
      "/parent.yaml": `${parent("{ TemplateURL: template.yaml }")}
  Web:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: { HttpTokens: !GetAtt Nested.Outputs.Tokens, HttpEndpoint: enabled }
`,
      "/template.yaml": template.replace("optional", "required"),
    });
    expect(summarize(report)).toEqual([]);
  });

  test("that depends on itself is listed, not followed for ever", () => {
    const stack = `
Parameters:
  In: { Type: String }
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: { HttpTokens: !Ref In, HttpEndpoint: enabled }
Outputs:
  Out: { Value: !Ref In }
`;
    const report = lintTexts({
      "/p.yaml": `
Resources:
  A:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: s.yaml, Parameters: { In: !GetAtt B.Outputs.Out } }
  B:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: s.yaml, Parameters: { In: !GetAtt A.Outputs.Out } }
`,
      "/s.yaml": stack,
    });
    expect(summarize(report)).toEqual([]);
    expect(report.errors).toEqual([]);
    expect(report.coverage.skipped.every(({ kind }) => kind === "cyclic-reference")).toBe(true);
    expect(report.coverage.skipped.length).toBeGreaterThan(0);
  });
});

describe("a template that is not at hand", () => {
  test.each([
    [
      "./missing.yaml",
      "nested-stack-not-available: nested stack Nested: its template ./missing.yaml cannot be read",
    ],
    [
      "https://bucket.s3.amazonaws.com/child.yaml",
      "nested-stack-not-available: nested stack Nested (https://bucket.s3.amazonaws.com/child.yaml), whose template is not a local file",
    ],
    [
      "!Sub 'https://${AWS::Region}.example/child.yaml'",
      'nested-stack-not-available: nested stack Nested (!Sub "https://${AWS::Region}.example/child.yaml"), whose template is not a local file',
    ],
  ])("is listed: %s", (url, message) => {
    const texts = { "/p.yaml": parent(`{ TemplateURL: ${url} }`), "/child.yaml": child };
    const report = lintTexts(texts);
    expect(skippedIn(report)).toEqual([message]);
    expect(report.errors).toEqual([]);
    // A file of the same name is another template: it is judged by itself.
    expect(summarize(report)).toEqual(["/child.yaml:3 require-imdsv2 fail: Web"]);
  });

  test("nests itself", () => {
    const own = child.replace(
      "Resources:",
      "Resources:\n  Nested:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: self.yaml }",
    );
    const report = lintTexts({ "/self.yaml": own });
    expect(summarize(report)).toEqual(["/self.yaml:3 require-imdsv2 fail: Web"]);
    expect(skippedIn(report)).toEqual([
      "recursive-nested-stack: nested stack Nested, whose template nests itself",
    ]);
  });

  test("nests itself by way of another", () => {
    const a = parent("{ TemplateURL: b.yaml }");
    const report = lintTexts({ "/a.yaml": a, "/b.yaml": parent("{ TemplateURL: a.yaml }") });
    expect(skippedIn(report)).toEqual([
      "recursive-nested-stack: nested stack Nested/Nested, whose template nests itself",
    ]);
  });

  test("multiplies without end", () => {
    const twice = (name: string) => `
Resources:
  A: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ${name} } }
  B: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ${name} } }
`;
    const texts: Record<string, string> = { "/20.yaml": child };
    for (let level = 0; level < 20; level++) texts[`/${level}.yaml`] = twice(`${level + 1}.yaml`);
    const report = lintTexts(texts);
    expect(report.coverage.skipped.some(({ kind }) => kind === "not-supported")).toBe(true);
  });
});

describe("an application of SAM", () => {
  const application = (location: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Nested:
    Type: AWS::Serverless::Application
    Properties:
      Location: ${location}
      Parameters: { Tokens: optional }
`;

  test("is a nested stack where it is local", () => {
    const texts = { "/p.yaml": application("./child.yaml"), "/child.yaml": child };
    expect(summarize(lintTexts(texts))).toEqual(["/p.yaml:8 require-imdsv2 fail: Nested/Web"]);
  });

  test("of the repository is not looked at", () => {
    const location = "{ ApplicationId: 'arn:aws:serverlessrepo:x', SemanticVersion: 1.0.0 }";
    const report = lintTexts({ "/p.yaml": application(location) });
    expect(report.coverage.skipped.map(({ kind }) => kind)).toEqual(["nested-stack-not-available"]);
  });
});

describe("a stack set", () => {
  const stackSet = (properties: string) => `
Resources:
  Everywhere:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: everywhere
      PermissionModel: SELF_MANAGED
${properties}
`;
  const body = `      TemplateBody: |
        Parameters:
          Tokens: { Type: String }
        Resources:
          Web:
            Type: AWS::EC2::Instance
            Properties:
              MetadataOptions:
                HttpTokens: !Ref Tokens
                HttpEndpoint: enabled
                HttpPutResponseHopLimit: 99`;
  const passes = (value: string) => `${body}
      Parameters:
        - { ParameterKey: Tokens, ParameterValue: ${value} }`;

  test("is judged, at the places within its text", () => {
    const report = lintTexts({ "/p.yaml": stackSet(passes("required")) });
    expect(summarize(report)).toEqual(["/p.yaml:18 valid-metadata-options fail: Everywhere/Web"]);
    const [finding] = report.findings;
    const text = report.files.get("/p.yaml")?.text ?? "";
    const { start, end } = finding?.location.range ?? { start: 0, end: 0 };
    expect(text.slice(start, end)).toBe("99");
  });

  test("passes its parameters", () => {
    const report = lintTexts({ "/p.yaml": stackSet(passes("optional")).replace("99", "1") });
    expect(summarize(report)).toEqual(["/p.yaml:20 require-imdsv2 fail: Everywhere/Web"]);
  });

  test("that gives other values to some instances is open", () => {
    const overrides = `
      StackInstancesGroup:
        - Regions: [eu-west-1]
          ParameterOverrides:
            - { ParameterKey: Tokens, ParameterValue: optional }`;
    const text = stackSet(passes("required") + overrides).replace("99", "1");
    expect(summarize(lintTexts({ "/p.yaml": text })).map((line) => line.slice(-35))).toEqual([
      "require-imdsv2 open: Everywhere/Web",
    ]);
  });

  test("in JSON has its text in a string with escapes", () => {
    const json = JSON.stringify({
      Resources: {
        Everywhere: {
          Type: "AWS::CloudFormation::StackSet",
          Properties: {
            TemplateBody: JSON.stringify({
              Resources: {
                Web: {
                  Type: "AWS::EC2::Instance",
                  Properties: {
                    MetadataOptions: { HttpTokens: "optional", HttpEndpoint: "enabled" },
                  },
                },
              },
            }),
          },
        },
      },
    });
    const report = lintTexts({ "/p.json": json });
    expect(summarize(report)).toEqual(["/p.json:1 require-imdsv2 fail: Everywhere/Web"]);
    const { start, end } = report.findings[0]?.location.range ?? { start: 0, end: 0 };
    expect(json.slice(start, end)).toBe('\\"optional\\"');
  });
});
