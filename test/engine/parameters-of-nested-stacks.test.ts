import { describe, expect, test } from "vitest";
import type { ParameterSources } from "../../src/engine/lint-request.js";
import type { Report } from "../../src/findings/report.js";
import { lintTexts } from "../lint-files.js";

/** An instance that takes its tokens from the parameter `Tokens`, whose declaration is given. */
function child(declaration: string, rest = ""): string {
  return `
Parameters:
  Tokens: ${declaration}
${rest}
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: { HttpTokens: !Ref Tokens, HttpEndpoint: enabled }
`;
}

/** Nests `child.yaml` and passes on its own parameter `Mode`. */
function parent(declaration: string, rest = "", ofStack = ""): string {
  return `
Parameters:
  Mode: ${declaration}
${rest}
Resources:
  Nested:
    Type: AWS::CloudFormation::Stack
    ${ofStack}
    Properties: { TemplateURL: child.yaml, Parameters: { Tokens: !Ref Mode } }
`;
}

function given(parameters: Partial<ParameterSources>) {
  return { parameters: { files: [], values: new Map(), ...parameters } };
}

function summaries({ findings }: Report): readonly string[] {
  return findings.map(({ ruleId, kind, resources, when = "always", location }) => {
    const addresses = resources.map(({ address }) => address).join("+");
    return [`${ruleId} ${kind}`, addresses, when, location.path].join(" | ");
  });
}

function skippedIn({ coverage }: Report): readonly string[] {
  return coverage.skipped.map(({ kind, location }) => `${location.path} ${kind}`);
}

describe("values for the parameters of a root stack", () => {
  const texts = {
    "/parent.yaml": parent("{ Type: String }"),
    "/child.yaml": child("{ Type: String, Default: required }"),
    "/dev.json": '{"Mode": "optional"}',
    "/prod.json": '{"Mode": "required"}',
  };

  test("reach the stacks nested in it, one set at a time", () => {
    const report = lintTexts(texts, given({ files: ["/dev.json", "/prod.json"] }));
    expect(report.errors).toEqual([]);
    expect(summaries(report)).toEqual([
      "require-imdsv2 fail | Nested/Web | deployed with dev.json | /dev.json",
    ]);
    expect(report.findings[0]?.chain.map(({ message }) => message)).toEqual([
      "HttpTokens is taken from !Ref Tokens",
      "the nested stack passes Nested/Tokens as !Ref Mode",
      'parameter Mode is set to "optional"',
    ]);
    expect(report.coverage.launchSpecifications).toBe(1);
    expect(report.coverage.cloudformationTemplates).toBe(2);
  });

  test("are nothing to a nested stack's parameter of the same name", () => {
    const report = lintTexts(
      {
        "/parent.yaml": parent("{ Type: String, AllowedValues: [required] }"),
        "/child.yaml": child("{ Type: String }"),
      },
      given({ values: new Map([["Tokens", { text: "optional" }]]) }),
    );
    expect(summaries(report)).toEqual([]);
    expect(report.errors.map(({ message }) => message)).toEqual([
      "no template declares the parameter Tokens, which --parameters sets",
    ]);
  });

  test("count within the Region that is given, which a stack set and what it nests are not bound to", () => {
    const ofRegion = child(
      "{ Type: String, Default: required }",
      "Conditions: { IsHere: !Equals [!Ref AWS::Region, eu-west-1] }",
    ).replace("!Ref Tokens", "!If [IsHere, required, optional]");
    const nests = "Resources: { Inner: { Type: AWS::CloudFormation::Stack, Properties: {";
    const stackSet = `
Resources:
  All:
    Type: AWS::CloudFormation::StackSet
    Properties: { StackSetName: all, PermissionModel: SELF_MANAGED, TemplateURL: middle.yaml }
`;
    const middle = `${nests} TemplateURL: child.yaml } } }`;
    const place = { region: "eu-west-1" };
    expect(
      summaries(lintTexts({ "/middle.yaml": middle, "/child.yaml": ofRegion }, { place })),
    ).toEqual([]);
    expect(
      summaries(
        lintTexts(
          { "/all.yaml": stackSet, "/middle.yaml": middle, "/child.yaml": ofRegion },
          { place },
        ),
      ),
    ).toEqual([
      "require-imdsv2 fail | All/Inner/Web | condition All/Inner/IsHere is false | /child.yaml",
    ]);
  });
});

describe("other values of a root stack's parameter", () => {
  const choice = "{ Type: String, Default: required, AllowedValues: [required, optional] }";

  test("are tried in the stacks nested in it, and noted at the parent's default", () => {
    const report = lintTexts({
      "/parent.yaml": parent(choice),
      "/child.yaml": child("{ Type: String, Default: required }"),
    });
    expect(summaries(report)).toEqual([
      "parameter-allows-imdsv1 fail | Nested/Web | parameter Mode is not required | /parent.yaml",
    ]);
  });

  test("are not those of a parameter that the parent decides", () => {
    const report = lintTexts({
      "/parent.yaml": parent("{ Type: String, Default: required, AllowedValues: [required] }"),
      "/child.yaml": child(choice),
    });
    expect(summaries(report)).toEqual([]);
  });

  test.each([
    ["AllowedValues", child("{ Type: String, AllowedValues: [required] }")],
    ["AllowedPattern", child("{ Type: String, AllowedPattern: ^required$ }")],
    [
      "Rules",
      child(
        "{ Type: String }",
        "Rules: { Safe: { Assertions: [{ Assert: !Equals [!Ref Tokens, required] }] } }",
      ),
    ],
  ])("are none where the %s of the nested stack leave only the safe one", (_, text) => {
    expect(summaries(lintTexts({ "/parent.yaml": parent(choice), "/child.yaml": text }))).toEqual(
      [],
    );
  });
});

describe("what a nested stack allows", () => {
  const condition =
    "  Other: { Type: String }\nConditions: { IsTest: !Equals [!Ref Mode, test], HasNested: !Equals [!Ref Other, a] }";
  const own = `
  Own:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: { HttpTokens: !If [IsTest, optional, required], HttpEndpoint: enabled }
`;
  const open = "{ Type: String, AllowedValues: [test, required] }";
  const allows = (values: string) => child(`{ Type: String, AllowedValues: ${values} }`);

  test("holds for its parent too", () => {
    const report = lintTexts({
      "/parent.yaml": parent(open, condition) + own,
      "/child.yaml": allows("[required]"),
    });
    expect(summaries(report)).toEqual([]);
  });

  test("holds only where it is deployed", () => {
    const report = lintTexts({
      "/parent.yaml": parent(open, condition, "Condition: HasNested") + own,
      "/child.yaml": allows("[required]"),
    });
    expect(summaries(report)).toEqual([
      "require-imdsv2 fail | Own | condition IsTest is true | /parent.yaml",
    ]);
    expect(report.findings[0]?.when).not.toContain("HasNested");
  });

  test("says nothing where nothing that is passed can be allowed", () => {
    const report = lintTexts({
      "/parent.yaml": parent(open, condition) + own,
      "/child.yaml": allows("[x]"),
    });
    expect(summaries(report)).toContain(
      "require-imdsv2 fail | Own | condition IsTest is true | /parent.yaml",
    );
  });
});

describe("the Rules of a nested stack", () => {
  const strict = "Rules: { R: { Assertions: [{ Assert: !Equals [!Ref Tokens, required] }] } }";
  const loose = "{ Type: String, AllowedValues: [required, optional] }";
  const own = `
  Own:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: { HttpTokens: !Ref Mode, HttpEndpoint: enabled }
`;

  test("narrow what its parent passes on, for the parent too", () => {
    const report = lintTexts({
      "/parent.yaml": parent(loose) + own,
      "/child.yaml": child("{ Type: String }", strict),
    });
    expect(summaries(report)).toEqual([]);
  });

  test("say nothing where the stack is not deployed", () => {
    const report = lintTexts({
      "/parent.yaml":
        parent(
          loose,
          "  Env: { Type: String }\nConditions: { IsProd: !Equals [!Ref Env, prod] }",
          "Condition: IsProd",
        ) + own,
      "/child.yaml": child("{ Type: String }", strict),
    });
    expect(summaries(report)).toEqual([
      "require-imdsv2 open | Own | condition IsProd is false | /parent.yaml",
    ]);
  });

  test("keep the stack from being deployed where nothing satisfies them", () => {
    const report = lintTexts({
      "/parent.yaml": parent("{ Type: String, AllowedValues: [optional, ''] }") + own,
      "/child.yaml": child("{ Type: String }", strict),
    });
    // What the parent makes itself is judged nonetheless.
    expect(summaries(report)).toEqual(["require-imdsv2 fail | Own | always | /parent.yaml"]);
    expect(skippedIn(report)).toEqual(["/child.yaml unsatisfiable-rules"]);
  });

  test("leave only scenarios in which the stack is not there, if they can never hold in it", () => {
    const report = lintTexts({
      "/parent.yaml":
        parent(
          "{ Type: String, Default: optional, AllowedValues: [optional] }",
          "  Env: { Type: String }\nConditions: { IsProd: !Equals [!Ref Env, prod] }",
          "Condition: IsProd",
        ) + own,
      "/child.yaml": child("{ Type: String }", strict),
    });
    expect(summaries(report)).toEqual(["require-imdsv2 fail | Own | always | /parent.yaml"]);
    expect(skippedIn(report)).toEqual(["/child.yaml unsatisfiable-rules"]);
  });

  test("open a default of the root stack that they do not accept", () => {
    const report = lintTexts({
      "/parent.yaml": parent("{ Type: String, Default: '' }") + own,
      "/child.yaml": child("{ Type: String }", strict),
    });
    expect(report.errors).toEqual([]);
    expect(summaries(report)).toEqual([]);
  });

  test("narrow by what the parent decides for the stack", () => {
    const report = lintTexts({
      "/parent.yaml":
        parent(
          loose,
          "  Env: { Type: String }\nConditions: { IsProd: !Equals [!Ref Env, prod] }",
        ).replace("!Ref Mode", "!If [IsProd, required, !Ref Mode]") + own,
      "/child.yaml": child("{ Type: String }", strict),
    });
    expect(summaries(report)).toEqual([
      "require-imdsv2 open | Own | condition IsProd is true | /parent.yaml",
    ]);
  });

  test("may be on what another nested stack gives", () => {
    const maker = `
Parameters:
  Kind: ${loose}
Resources: { Topic: { Type: AWS::SNS::Topic } }
Outputs: { Kind: { Value: !Ref Kind } }
`;
    const outer = `
Parameters:
  Mode: ${loose}
Resources:
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: child.yaml, Parameters: { Tokens: !GetAtt Maker.Outputs.Kind } }
  Maker:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: maker.yaml, Parameters: { Kind: !Ref Mode } }
`;
    const files = { "/parent.yaml": outer, "/maker.yaml": maker };
    const narrowed = lintTexts({ ...files, "/child.yaml": child("{ Type: String }", strict) });
    expect(summaries(narrowed)).toEqual([]);
    expect(narrowed.coverage.skipped).toEqual([]);
    const open = lintTexts({ ...files, "/child.yaml": child("{ Type: String }") });
    expect(summaries(open)).toHaveLength(1);
  });
});
