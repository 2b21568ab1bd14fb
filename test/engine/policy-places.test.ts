import { expect, test } from "vitest";
import { lintTexts } from "../lint-files.js";

const POLICY = `{
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "ec2:RunInstances",
      "Resource": "arn:aws:ec2:*:*:instance/*",
      "Condition": { "StringEquals": { "ec2:MetadataHttpTokens": "optional" } }
    }
  ]
}
`;

/** What the findings on the policy point at, with the paths. */
function places(texts: Readonly<Record<string, string>>): readonly string[] {
  const { findings, files, errors } = lintTexts(texts);
  expect(errors).toEqual([]);
  return findings
    .filter(({ ruleId }) => ruleId === "imds-policy-effective")
    .map(({ location: { path, range }, kind }) => {
      const file = files.get(path);
      const { line, column } = file?.position(range.start) ?? { line: -1, column: -1 };
      return `${kind} ${path}:${line + 1}:${column + 1} ${file?.text.slice(range.start, range.end) ?? ""}`;
    });
}

test("a policy in a file of JSON", () => {
  const main = `resource "aws_iam_policy" "a" {\n  policy = file("\${path.module}/a.json")\n}\n`;
  expect(places({ "/p/main.tf": main, "/p/a.json": POLICY })).toEqual([
    'fail /p/a.json:7:40 "ec2:MetadataHttpTokens"',
  ]);
});

test("a policy in a template file, with a part that is not known", () => {
  const main = `variable "region" {}
resource "aws_iam_policy" "a" {
  policy = templatefile("\${path.module}/a.tftpl", { region = var.region })
}
`;
  const template = POLICY.replace("ec2:*:*", "ec2:${region}:*");
  expect(places({ "/p/main.tf": main, "/p/a.tftpl": template })).toEqual([
    'fail /p/a.tftpl:7:40 "ec2:MetadataHttpTokens"',
  ]);
});

test("a policy in a heredoc, indented and with a part that is not known", () => {
  const policy = POLICY.replace("ec2:*:*", "ec2:${var.region}:*")
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`))
    .join("\n");
  const main = `variable "region" {}
resource "aws_iam_policy" "a" {
  policy = <<-JSON
${policy}  JSON
}
`;
  expect(places({ "/p/main.tf": main })).toEqual([
    'fail /p/main.tf:10:44 "ec2:MetadataHttpTokens"',
  ]);
});

test("a policy in a quoted string with escapes", () => {
  const policy = JSON.stringify(JSON.stringify(JSON.parse(POLICY)));
  const main = `resource "aws_iam_policy" "a" {\n  policy = ${policy}\n}\n`;
  const [place] = places({ "/p/main.tf": main });
  expect(place).toContain("fail /p/main.tf:2:");
});

test("a policy in a text of CloudFormation: a block, a quoted string, an Fn::Sub", () => {
  const block = POLICY.split("\n")
    .map((line) => (line === "" ? "" : `        ${line}`))
    .join("\n");
  const quoted = JSON.stringify(JSON.stringify(JSON.parse(POLICY)));
  const resource = (name: string, content: string) => `  ${name}:
    Type: AWS::Organizations::Policy
    Properties:
      Name: ${name}
      Type: SERVICE_CONTROL_POLICY
      Content: ${content}
`;
  const inBlock = `Resources:\n${resource("Block", `|\n${block}`)}`;
  expect(places({ "/template.yaml": inBlock })).toEqual([
    'fail /template.yaml:14:48 "ec2:MetadataHttpTokens"',
  ]);
  const inString = `Resources:\n${resource("Quoted", quoted)}`;
  const [place] = places({ "/template.yaml": inString });
  expect(place).toMatch(/^fail \/template\.yaml:7:\d+ \\"ec2:MetadataHttpTokens\\"$/);
  const substituted = `Resources:\n${resource("Sub", `!Sub |\n${block.replace("arn:aws:", "arn:${AWS::Partition}:")}`)}`;
  expect(places({ "/template.yaml": substituted })).toEqual([
    'fail /template.yaml:14:48 "ec2:MetadataHttpTokens"',
  ]);
});

test("a text that is no JSON is reported where it stands", () => {
  const main = `resource "aws_iam_policy" "a" {\n  policy = "ec2:MetadataHttpTokens"\n}\n`;
  expect(places({ "/p/main.tf": main })).toEqual(["fail /p/main.tf:2:13 ec2"]);
});
