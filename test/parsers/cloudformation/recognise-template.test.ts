import { describe, expect, it } from "vitest";
import {
  isCloudFormationTemplate,
  resourceTypeMatcher,
} from "../../../src/parsers/cloudformation/recognise-template.js";

const instance = "  Web:\n    Type: AWS::EC2::Instance\n";

const templates: Readonly<Record<string, string>> = {
  "a format version": `AWSTemplateFormatVersion: 2010-09-09\nResources:\n  A: {}\n`,
  "a resource type only": `Resources:\n${instance}`,
  "a quoted resource type": `Resources:\n  Web:\n    Type: "AWS::EC2::Instance"\n`,
  "a resource in flow style": `Resources:\n  Web: {Type: AWS::EC2::Instance}\n`,
  "a custom resource": `Resources:\n  A:\n    Type: Custom::Thing\n`,
  "an Alexa resource": `Resources:\n  A:\n    Type: Alexa::ASK::Skill\n`,
  SAM: `Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n`,
  "a list of transforms": `Transform:\n  - MyMacro\n  - AWS::LanguageExtensions\nResources: {}\n`,
  "a transform with parameters": `Transform:\n  Name: AWS::Include\nResources: {}\n`,
  "quoted keys": `"AWSTemplateFormatVersion": "2010-09-09"\n"Resources": {}\n`,
  comments: `# Resources come below\n\n# like this:\nResources:\n  # a comment\n${instance}`,
  "a document start": `---\nResources:\n${instance}`,
  "a document start with comments": `# first\n--- # second\nResources:\n${instance}`,
  CRLF: `AWSTemplateFormatVersion: "2010-09-09"\r\nResources:\r\n  A: {}\r\n`,
  "indentation of everything": `  Parameters: {}\n  Resources:\n  ${instance}`,
  "Resources before the version": `Resources: {}\nAWSTemplateFormatVersion: "2010-09-09"\n`,
  "dynamic references": `Resources:\n${instance}    Properties:\n      A: "{{resolve:ssm:x}}"\n`,
  JSON: `{\n  "AWSTemplateFormatVersion": "2010-09-09",\n  "Resources": {}\n}\n`,
  "minified JSON": `{"Resources":{"Web":{"Type":"AWS::EC2::Instance"}}}`,
  "JSON with the version last": `{"Resources": {}, "AWSTemplateFormatVersion": "2010-09-09"}`,
  "JSON after blank lines": `\n\n{"Resources": {"A": {"Type": "AWS::SNS::Topic"}}}`,
  "JSON below a comment": `# generated\n{"Resources": {"A": {"Type": "AWS::SNS::Topic"}}}`,
  "JSON with braces in strings": `{"Description": "}}\\"{", "Resources": {"A": {"Type": "AWS::SNS::Topic"}}}`,
  "a list of resources below a format version": `AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  - Web: {}\n`,
  "Resources of its own below a list in Metadata": `Metadata:\n  Resources: [1]\nResources:\n${instance}`,
  "broken YAML": `AWSTemplateFormatVersion: "2010-09-09\nResources:\n  A: [\n`,
  "YAML broken by a tab": `Resources:\n\tWeb:\n\t\tType: AWS::EC2::Instance\n`,
  "JSON without its last brace": `{"Resources": {"A": {"Type": "AWS::SNS::Topic"}}`,
  "JSON without a brace before": `{"Parameters": {"A": {"Type": "String"}, "Resources": {"A": {"Type": "AWS::SNS::Topic"}}}`,
  "JSON without a comma": `{"AWSTemplateFormatVersion": "2010-09-09" "Resources": {}}`,
  "JSON with an open string": `{"AWSTemplateFormatVersion": "2010-09-09,\n"Resources": {}}`,
};

const others: Readonly<Record<string, string>> = {
  nothing: "",
  "plain data": "name: x\nvalues: [1, 2]\n",
  "a template without Resources": `AWSTemplateFormatVersion: "2010-09-09"\n`,
  "Resources of something else": `Resources:\n  cpu: 2\nType: Custom\n`,
  Kubernetes: `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - resources: {limits: {cpu: 1}}\n`,
  "a template within a Kubernetes ConfigMap": `kind: ConfigMap\ndata:\n  stack.yaml: |\n    AWSTemplateFormatVersion: "2010-09-09"\n    Resources:\n      Web:\n        Type: AWS::EC2::Instance\n`,
  "an ACK resource": `apiVersion: ec2.services.k8s.aws/v1alpha1\nkind: Instance\nspec:\n  Type: AWS::EC2::Instance\n  Resources: {}\n`,
  Helm: `{{- if .Values.enabled }}\napiVersion: v1\nkind: {{ .Values.kind }}\nspec:\n  Resources: {{ toYaml .Values.resources }}\n{{- end }}\n`,
  "a GitHub workflow": `on: push\njobs:\n  deploy:\n    steps:\n      - run: |\n          cat <<EOF > t.yaml\n          Resources:\n            Web:\n              Type: AWS::EC2::Instance\n          EOF\n`,
  "docker-compose": `services:\n  web:\n    image: nginx\n    deploy: {resources: {limits: {cpus: "1"}}}\n`,
  OpenAPI: `openapi: 3.0.0\ncomponents:\n  schemas:\n    Resources: {type: object}\nx-amazon: {Type: AWS::Thing}\n`,
  "an Ansible task": `- cloudformation:\n    template_body: |\n      AWSTemplateFormatVersion: "2010-09-09"\n      Resources: {}\n`,
  "a serverless.yml": `service: x\nresources:\n  Resources:\n    Table:\n      Type: AWS::DynamoDB::Table\n`,
  "what get-template prints": `{"TemplateBody": {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"A": {"Type": "AWS::SNS::Topic"}}}}`,
  "an AppSpec file": `version: 0.0\nResources:\n  - Handler:\n      Type: AWS::Lambda::Function\n`,
  "an AppSpec file in the column of its key": `version: 0.0\nResources: # of the service\n\n# first\n- Service:\n    Type: AWS::ECS::Service\n`,
  "an AppSpec file in JSON": `{"version": 0.0, "Resources": [{"Handler": {"Type": "AWS::Lambda::Function"}}]}`,
  "a list of templates": `[{"Resources": {"A": {"Type": "AWS::SNS::Topic"}}}]`,
  "a template in a JSON string": `{"body": "{\\"Resources\\": {\\"A\\": {\\"Type\\": \\"AWS::SNS::Topic\\"}}}"}`,
  "a comment about one": `# AWSTemplateFormatVersion: 2010-09-09\n# Resources:\nname: x\n`,
  "Resources as a value": `AWSTemplateFormatVersion: "2010-09-09"\nDescription: Resources\n`,
};

describe("isCloudFormationTemplate", () => {
  it.each(Object.entries(templates))("takes %s for a template", (_, text) => {
    expect(isCloudFormationTemplate(text)).toBe(true);
  });

  it.each(Object.entries(others))("leaves %s alone", (_, text) => {
    expect(isCloudFormationTemplate(text)).toBe(false);
  });

  it("is not slowed down by large texts of other kinds", () => {
    const large = [
      `{"Resources": "AWSTemplateFormatVersion":${'{"a":['.repeat(100_000)}`,
      `Transform:${" \n".repeat(200_000)}Resources`,
      `${"# Resources AWS::\n".repeat(100_000)}x: 1\n`,
      `${" ".repeat(500_000)}Type Resources`,
      `{"Resources": {"A": {"Type": "AWS::X", "B": "${"x".repeat(20_000_000)}"}}}`,
      `{"A": "${'\\"'.repeat(2_000_000)}", "Resources": {"A": {"Type": "AWS::X"}}}`,
    ];
    for (const text of large) isCloudFormationTemplate(text);
  });
});

describe("resourceTypeMatcher", () => {
  const matters = resourceTypeMatcher(["AWS::EC2::Instance", "AWS::EC2::LaunchTemplate"]);

  it.each([
    "Type: AWS::EC2::Instance\n",
    'Type: "AWS::EC2::Instance"',
    '{"Type":"AWS::EC2::LaunchTemplate"}',
    "Type: AWS::EC2::Instance # comment",
  ])("finds the type in %j", (text) => {
    expect(matters(text)).toBe(true);
  });

  it.each([
    "Type: AWS::EC2::InstanceConnectEndpoint",
    "Type: AWS::EC2::Instance::Id",
    "Type: List<AWS::EC2::Instance::Id>",
    "Type: Vendor::AWS::EC2::Instance",
    "Type: AWS::EC2::VPC",
  ])("does not find it in %j", (text) => {
    expect(matters(text)).toBe(false);
  });
});
