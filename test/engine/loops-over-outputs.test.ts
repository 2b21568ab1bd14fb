import { expect, test } from "vitest";
import { lintTexts } from "../lint-files.js";

const looped = `
Transform: AWS::LanguageExtensions
Parameters: { Names: { Type: CommaDelimitedList } }
Resources:
  Fn::ForEach::Webs:
    - Name
    - !Ref Names
    - "Web\${Name}":
        Type: AWS::EC2::Instance
        Properties: { MetadataOptions: { HttpTokens: optional } }
Outputs:
  Names: { Value: !Select [0, !Ref Names] }
  Fixed: { Value: "a,b" }
`;

function stack(template: string, names: string): string {
  return `{ Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: ${template}, Parameters: { Names: ${names} } } }`;
}

function lintParent(stacks: string) {
  const report = lintTexts({
    "/parent.yaml": `Resources:\n${stacks}`,
    "/looped.yaml": looped,
    "/named.yaml": `Resources: {}\nOutputs: { Names: { Value: "a,b" } }\n`,
  });
  return {
    addresses: report.findings
      .filter(({ ruleId }) => ruleId === "require-imdsv2")
      .flatMap(({ resources }) => resources.map(({ address }) => address))
      .sort(),
    skipped: report.coverage.skipped.map(({ message }) => message),
    launches: report.coverage.launchSpecifications,
    errors: report.errors,
  };
}

test.each([
  ["before", "named.yaml", "Names", ["A", "B"]],
  ["after", "named.yaml", "Names", ["B", "A"]],
])(
  "a loop runs over what a sibling stack declared %s it gives out",
  (_, template, output, order) => {
    const [source, user] = [
      "  A: " + stack(template, "x"),
      "  B: " + stack("looped.yaml", `!GetAtt A.Outputs.${output}`),
    ];
    const lines = order[0] === "A" ? [source, user] : [user, source];
    expect(lintParent(`${lines.join("\n")}\n`)).toEqual({
      addresses: ["B/Weba", "B/Webb"],
      skipped: [],
      launches: 2,
      errors: [],
    });
  },
);

test("a loop runs over what a stack with a loop of its own gives out", () => {
  const stacks = `  A: ${stack("looped.yaml", "c")}\n  B: ${stack("looped.yaml", "!GetAtt A.Outputs.Fixed")}\n`;
  expect(lintParent(stacks)).toMatchObject({
    addresses: ["A/Webc", "B/Weba", "B/Webb"],
    skipped: [],
  });
});

test("loops over each other's outputs are a cycle", () => {
  const stacks = `  A: ${stack("looped.yaml", "!GetAtt B.Outputs.Names")}\n  B: ${stack("looped.yaml", "!GetAtt A.Outputs.Names")}\n`;
  const { skipped, launches } = lintParent(stacks);
  expect(skipped.join("\n")).toMatch(/depends on itself/);
  expect(skipped.join("\n")).not.toContain("500");
  expect(launches).toBeLessThanOrEqual(2);
});

test("a template's text from a sibling stack is not known", () => {
  const set = `{ Type: "AWS::CloudFormation::StackSet", Properties: { TemplateBody: !GetAtt A.Outputs.Names } }`;
  const { skipped } = lintParent(`  B: ${set}\n  A: ${stack("named.yaml", "x")}\n`);
  expect(skipped).toEqual(["nested stack B, whose TemplateBody is not known"]);
});
