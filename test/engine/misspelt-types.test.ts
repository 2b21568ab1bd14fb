import { expect, test } from "vitest";
import { lintTexts } from "../lint-files.js";

const properties =
  "Properties: { MetadataOptions: { HttpTokens: optional, HttpEndpoint: enabled } }";

function typed(type: string, transform = ""): string {
  return `${transform}Resources:\n  Web:\n    Type: ${type}\n    ${properties}\n`;
}

test.each([
  ["AWS::Ec2::Instance", "AWS::EC2::Instance"],
  ["AWS::EKS::NodeGroup", "AWS::EKS::Nodegroup"],
  ["AWS::Autoscaling::AutoScalingGroup", "AWS::AutoScaling::AutoScalingGroup"],
])(
  "%s is reported, since CloudFormation does not know it, and judged as what is meant",
  (type, meant) => {
    const { errors, coverage } = lintTexts({ "/template.yaml": typed(type) });
    expect(errors.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      `invalid-structure: there is no resource type ${type}; write ${meant}`,
    ]);
    expect(coverage.launchSpecifications).toBe(1);
  },
);

test.each([
  ["AWS::EC2::Instance", ""],
  ["AWS::S3::bucket", ""],
  ["Custom::Instance", ""],
  ["AWS::Ec2::Instance", "Transform: MyMacro\n"],
])("%s is left alone with %j before it", (type, transform) => {
  expect(lintTexts({ "/template.yaml": typed(type, transform) }).errors).toEqual([]);
});

test("a template that Terraform deploys is no exception", () => {
  const stack =
    'resource "aws_cloudformation_stack" "web" { template_body = file("template.yaml") }\n';
  const texts = { "/w/main.tf": stack, "/w/template.yaml": typed("AWS::Ec2::Instance") };
  const { errors, coverage } = lintTexts(texts);
  expect(errors.map(({ path }) => path)).toEqual(["/w/template.yaml"]);
  expect(coverage.launchSpecifications).toBe(1);
});
