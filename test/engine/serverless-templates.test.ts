import { expect, test } from "vitest";
import { lintTexts } from "../lint-files.js";

/** What SAM adds to CloudFormation, with an instance among it. */
const template = (tokens: string) => `
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs20.x
    Timeout: 10
    Environment: { Variables: { HttpTokens: optional } }
  Api: { OpenApiVersion: 3.0.1 }
  HttpApi: { CorsConfiguration: true }
  SimpleTable: { SSESpecification: { SSEEnabled: true } }
Parameters:
  Stage: { Type: String, Default: prod }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Function:
    Type: AWS::Serverless::Function
    Connectors:
      Table: { Properties: { Destination: { Id: Table }, Permissions: [Read] } }
    Properties:
      CodeUri: src/
      Handler: index.handler
      Policies:
        - DynamoDBReadPolicy: { TableName: !Ref Table }
        - Version: "2012-10-17"
          Statement: [{ Effect: Allow, Action: "ec2:*", Resource: !Sub "\${Web}*" }]
      Events:
        Call: { Type: Api, Properties: { Path: /, Method: get, RestApiId: !Ref Api } }
      AutoPublishAlias: live
      DeploymentPreference: !If [IsProd, { Type: AllAtOnce }, !Ref AWS::NoValue]
  Api:
    Type: AWS::Serverless::Api
    Properties: { StageName: !Ref Stage, DefinitionBody: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: api.yaml } } } }
  Table: { Type: AWS::Serverless::SimpleTable }
  Layer: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: layer/ } }
  Web:
    Type: AWS::EC2::Instance
    Properties:
      IamInstanceProfile: !Ref FunctionRole
      MetadataOptions: { HttpTokens: ${tokens}, HttpEndpoint: enabled }
Outputs:
  Url: { Value: !Sub "https://\${Api}.execute-api.\${AWS::Region}.amazonaws.com" }
  Alias: { Value: !Ref Function.Version }
`;

test("a template of SAM is judged like others", () => {
  const report = lintTexts({ "/template.yaml": template("optional") });
  expect(report.errors).toEqual([]);
  expect(report.findings.map(({ ruleId, resource }) => [ruleId, resource.address])).toEqual([
    ["require-imdsv2", "Web"],
  ]);
});

test("what SAM adds does no harm", () => {
  const report = lintTexts({ "/template.yaml": template("required") });
  expect(report.errors).toEqual([]);
  expect(report.findings).toEqual([]);
  expect(report.coverage.skipped).toEqual([]);
});

test("what SAM generates may be referred to without being written", () => {
  const generated = template("!Ref FunctionRole");
  const report = lintTexts({ "/template.yaml": generated });
  expect(report.errors).toEqual([]);
  expect(report.findings.map(({ kind }) => kind)).toEqual(["open"]);
});
