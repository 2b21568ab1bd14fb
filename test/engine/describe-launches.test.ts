import { describe, expect, test } from "vitest";
import { describeLaunches } from "../../src/engine/describe-launches.js";
import { parseTolerantly } from "../../src/parsers/yaml/tolerant.js";
import { chooseRules } from "../../src/rules/choose-rules.js";
import { MemoryFileSystem } from "../../src/source/memory-file-system.js";

function describeTexts(texts: Readonly<Record<string, string>>) {
  return describeLaunches({
    files: Object.keys(texts),
    named: new Set(),
    fileSystem: new MemoryFileSystem(texts),
    rootDirectory: "/",
    rules: chooseRules(),
    loadTolerantYaml: () => parseTolerantly,
  });
}

/** What an option of one launch comes to: `required when …`. */
function outcomesOf(texts: Readonly<Record<string, string>>, address: string, option: string) {
  const launch = describeTexts(texts).launches.find((candidate) => candidate.address === address);
  const described = launch?.options.find(({ name }) => name === option);
  return described?.outcomes.map(({ value, possible, when }) => {
    const shown = value ?? possible?.join("|") ?? "?";
    return when === undefined ? String(shown) : `${shown} when ${when}`;
  });
}

function exposures(texts: Readonly<Record<string, string>>) {
  const { launches, accountDefaults } = describeTexts(texts);
  return Object.fromEntries(
    [...launches, ...accountDefaults].map(({ address, exposure }) => [address, exposure]),
  );
}

const defaults = (tokens: string) =>
  `resource "aws_ec2_instance_metadata_defaults" "this" {\n${tokens}}\n`;
const plain = 'resource "aws_instance" "plain" {}\n';

describe("describeLaunches", () => {
  test("says what counts in the documented order, and which defaults decide", () => {
    const texts = { "/root/main.tf": `${defaults('  http_tokens = "required"\n')}${plain}` };
    expect(outcomesOf(texts, "aws_instance.plain", "http_tokens")).toEqual(["required"]);
    expect(describeTexts(texts).launches[0]?.accountDefaults).toBe(
      "aws_ec2_instance_metadata_defaults.this",
    );
    expect(exposures(texts)).toEqual({
      "aws_instance.plain": "safe",
      "aws_ec2_instance_metadata_defaults.this": "safe",
    });
  });

  test("takes an account without a preference for open, and one for optional tokens for unsafe", () => {
    const address = "aws_ec2_instance_metadata_defaults.this";
    expect(exposures({ "/root/main.tf": defaults("") })[address]).toBe("open");
    expect(exposures({ "/root/main.tf": defaults('  http_tokens = "optional"\n') })[address]).toBe(
      "unsafe",
    );
    expect(
      exposures({
        "/root/main.tf": `variable "t" {}\n${defaults("  http_tokens = var.t\n")}`,
      })[address],
    ).toBe("open");
  });

  test("says when each value holds, and nothing of where the resource is not", () => {
    const text = `
Parameters:
  Env: { Type: String, AllowedValues: [dev, prod] }
  Kind: { Type: String, AllowedValues: [a, b] }
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsA: !Equals [!Ref Kind, a]
Resources:
  Web:
    Type: AWS::EC2::Instance
    Condition: IsA
    Properties:
      MetadataOptions:
        HttpTokens: !If [IsProd, required, optional]
`;
    expect(outcomesOf({ "/a.yaml": text }, "Web", "HttpTokens")).toEqual([
      "required when condition IsProd is true",
      "optional when condition IsProd is false",
    ]);
    expect(exposures({ "/a.yaml": text })).toEqual({ Web: "unsafe" });
  });

  test("leaves out what exists nowhere, and modules by their defaults alone", () => {
    const texts = {
      "/root/main.tf": `resource "aws_instance" "none" { count = 0 }
module "m" {
  source = "./m"
  tokens = "required"
}
`,
      "/root/m/main.tf": `variable "tokens" { default = "optional" }
resource "aws_instance" "web" {
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = var.tokens
  }
}
`,
    };
    expect(exposures(texts)).toEqual({ "module.m.aws_instance.web": "safe" });
  });

  test("names the launch templates of a group, and only the options a resource has", () => {
    const text = `
Resources:
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData: { MetadataOptions: { HttpEndpoint: disabled } }
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "1"
      LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: "1" }
  Configuration:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties: { ImageId: ami-1, InstanceType: t3.micro }
`;
    const { launches } = describeTexts({ "/a.yaml": text });
    const group = launches.find(({ address }) => address === "Group");
    expect(group?.launchTemplates).toEqual(["Template"]);
    expect(group?.exposure).toBe("safe");
    const configuration = launches.find(({ address }) => address === "Configuration");
    expect(configuration?.options.map(({ name }) => name)).toEqual([
      "HttpTokens",
      "HttpEndpoint",
      "HttpPutResponseHopLimit",
    ]);
  });
});
