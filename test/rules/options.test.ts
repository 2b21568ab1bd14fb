import { expect, test } from "vitest";
import { presetRule } from "../../src/config/presets.js";
import { chooseRules } from "../../src/rules/choose-rules.js";
import { rules as allRules } from "../../src/rules/index.js";
import { lintTexts } from "../lint-files.js";

const template = `Resources:
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: { HttpEndpoint: enabled, HttpTokens: required, HttpPutResponseHopLimit: 2 }
`;

function findings(max?: number): readonly string[] {
  const options = max === undefined ? [] : [["hop-limit-too-high", { max }] as const];
  const rules = chooseRules(new Map(), new Map(options));
  const report = lintTexts({ "/template.yaml": template }, { rules });
  return report.findings.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

test("a rule's option is its default unless somebody sets it", () => {
  expect(findings()).toEqual([]);
  expect(findings(2)).toEqual([]);
  expect(findings(1)).toEqual([
    "hop-limit-too-high: Instance answers token requests over 2 hops, more than the 1 that are allowed: HttpPutResponseHopLimit is 2",
  ]);
});

const id = "hop-limit-too-high";

function launchesWithHighLimits(template: string, options: Readonly<Record<string, number>>) {
  const rules = chooseRules(new Map(), new Map([[id, options]]));
  const { findings } = lintTexts({ "/template.yaml": template }, { rules });
  return findings
    .filter(({ ruleId }) => ruleId === id)
    .flatMap(({ resources }) => resources.map(({ address }) => address));
}

const hosts = `Resources:
  Plain:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: &two { HttpEndpoint: enabled, HttpTokens: required, HttpPutResponseHopLimit: 2 }
  OfEcs:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: *two
      UserData: { Fn::Base64: "#!/bin/sh\\necho ECS_CLUSTER=web >> /etc/ecs/ecs.config\n" }
  OfEcsAndTooHigh:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: { HttpEndpoint: enabled, HttpTokens: required, HttpPutResponseHopLimit: 3 }
      UserData: { Fn::Base64: "#!/bin/sh\\necho ECS_CLUSTER=web >> /etc/ecs/ecs.config\n" }
  OfEks:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData: { MetadataOptions: *two }
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: web
      NodeRole: arn:aws:iam::111122223333:role/node
      Subnets: [subnet-0abcdef1234567890]
      LaunchTemplate: { Id: !Ref OfEks }
`;

test("hosts of containers have a limit of their own", () => {
  expect(launchesWithHighLimits(hosts, { max: 1 })).toEqual(["Plain", "OfEcsAndTooHigh"]);
  expect(launchesWithHighLimits(hosts, { max: 1, maxOnContainerHosts: 3 })).toEqual(["Plain"]);
  expect(launchesWithHighLimits(hosts, { max: 1, maxOnContainerHosts: 1 })).toEqual([
    "Plain",
    "OfEcs",
    "OfEks",
    "Nodes",
    "OfEcsAndTooHigh",
  ]);
  expect(launchesWithHighLimits(hosts, { max: 3, maxOnContainerHosts: 1 })).toEqual([]);
});

test("the preset strict turns on what is off, but not what nobody can write", () => {
  const settings = allRules
    .filter(({ isOffByDefault }) => isOffByDefault === true)
    .map((rule) => [rule.id, presetRule("strict", rule)]);
  expect(Object.fromEntries(settings)).toEqual({
    "account-defaults-not-enforced": "off",
    "explicit-tokens": "note",
    "unguarded-metadata-changes": "note",
  });
  const rule = allRules.find((each) => each.id === id);
  expect(rule === undefined ? undefined : presetRule("strict", rule)).toEqual({
    severity: "warning",
    max: 1,
  });
});
