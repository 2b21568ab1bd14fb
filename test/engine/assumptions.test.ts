import { describe, expect, test } from "vitest";
import type { DeploymentPlace } from "../../src/parsers/cloudformation/pseudo-parameters.js";
import type { AssumedDefaults, AssumedImage } from "../../src/model/assumptions.js";
import { chooseRules } from "../../src/rules/choose-rules.js";
import { lintTexts } from "../lint-files.js";

const by = "imdslint.config.yaml";

interface Given {
  readonly defaults?: readonly Omit<AssumedDefaults, "by">[];
  readonly images?: readonly Omit<AssumedImage, "by">[];
  readonly place?: DeploymentPlace;
}

/** The findings of `require-imdsv2` and `explicit-tokens` as `rule kind message`, with the last step of the chain. */
function findings(path: string, text: string, { defaults = [], images = [], place }: Given) {
  const { findings: found } = lintTexts(
    { [path]: text },
    {
      rules: new Map(
        [...chooseRules(new Map([["explicit-tokens", "note"]]))].filter(([{ id }]) =>
          ["require-imdsv2", "explicit-tokens"].includes(id),
        ),
      ),
      assume: {
        accountDefaults: defaults.map((assumed) => ({ ...assumed, by })),
        images: images.map((image) => ({ ...image, by })),
      },
      ...(place === undefined ? {} : { place }),
    },
  );
  return found.map(({ ruleId, kind, message, chain }) => ({
    rule: `${ruleId} ${kind}`,
    message,
    step: chain.at(-1)?.message,
  }));
}

const plain = `Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties: { ImageId: ami-0abcdef1234567890 }
`;
const tokensRequired = { options: { httpTokens: "required" } };
const required = [tokensRequired];

describe("assumed account defaults", () => {
  test("count for instances that say nothing, and are said to be assumed", () => {
    const [safe, ...others] = findings("/a.yaml", plain, { defaults: required });
    expect(others).toEqual([]);
    expect(safe?.rule).toBe("explicit-tokens fail");
    expect(safe?.message).toBe("only what is assumed of the account makes Web require tokens");
    const [finding] = findings("/a.yaml", plain, {
      defaults: [{ options: { httpTokens: "optional" } }],
    });
    expect(finding?.rule).toBe("require-imdsv2 fail");
    expect(finding?.message).toContain('HttpTokens is not set, and EC2 takes "optional", so');
    expect(finding?.step).toBe(
      "HttpTokens is not set, and imdslint.config.yaml assumes that the account's default is optional",
    );
  });

  test("are beaten by what is written", () => {
    const text = plain.replace("{ ImageId", "{ MetadataOptions: { HttpTokens: optional }, ImageId");
    const [finding] = findings("/a.yaml", text, { defaults: required });
    expect(finding?.message).toContain('which overrides the "required" of the account');
  });

  test("count for one account and Region only where that is where it is deployed", () => {
    const defaults = [{ account: "123456789012", region: "eu-west-1", ...tokensRequired }] as const;
    const rule = (place: DeploymentPlace) =>
      findings("/a.yaml", plain, { defaults, place }).map((finding) => finding.rule);
    expect(rule({})).toEqual(["require-imdsv2 fail"]);
    expect(rule({ region: "eu-west-1" })).toEqual(["require-imdsv2 fail"]);
    expect(rule({ region: "us-east-1", accountId: "123456789012" })).toEqual([
      "require-imdsv2 fail",
    ]);
    expect(rule({ region: "eu-west-1", accountId: "123456789012" })).toEqual([
      "explicit-tokens fail",
    ]);
  });

  test("count for the Region of the Terraform provider, and are beaten by what the tree says", () => {
    const defaults = [{ region: "eu-west-1", ...tokensRequired }] as const;
    const terraform = (region: string, more = "") =>
      findings(
        "/root/main.tf",
        `variable "r" {}\nprovider "aws" {\n  region = ${region}\n}\nresource "aws_instance" "web" {}\n${more}`,
        { defaults },
      ).map(({ rule }) => rule);
    expect(terraform('"eu-west-1"')).toEqual(["explicit-tokens fail"]);
    expect(terraform('"us-east-1"')).toEqual(["require-imdsv2 fail"]);
    expect(terraform("var.r")).toEqual(["require-imdsv2 fail"]);
    const own =
      'resource "aws_ec2_instance_metadata_defaults" "d" {\n  http_tokens = "optional"\n}\n';
    expect(terraform('"eu-west-1"', own)).toEqual(["require-imdsv2 fail"]);
  });
});

describe("assumed images", () => {
  const v2 = (image: string) => ({ images: [{ image, imdsSupport: "v2.0" as const }] });
  const rules = (text: string, given: Given) =>
    findings("/a.yaml", text, given).map(({ rule }) => rule);

  test("are known by ID", () => {
    expect(rules(plain, v2("ami-0abcdef1234567890"))).toEqual(["explicit-tokens fail"]);
    expect(rules(plain, v2("ami-0abc*"))).toEqual(["explicit-tokens fail"]);
    expect(rules(plain, v2("ami-0abc"))).toEqual(["require-imdsv2 fail"]);
    expect(rules(plain, v2("ami.0abcdef1234567890"))).toEqual(["require-imdsv2 fail"]);
  });

  test.each([
    ["a dynamic reference", '"{{resolve:ssm:/aws/al2023:3}}"', ""],
    ["a reference of EC2", "resolve:ssm:/aws/al2023", ""],
    [
      "a parameter",
      "!Ref Image",
      `Parameters:
  Image: { Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default: /aws/al2023 }
`,
    ],
  ])("are known by the path behind %s", (_, image, parameters) => {
    const text = `${parameters}${plain.replace("ami-0abcdef1234567890", image)}`;
    expect(rules(text, v2("/aws/*"))).toEqual(["explicit-tokens fail"]);
    expect(rules(text, v2("/aws/al2"))).toEqual(["require-imdsv2 fail"]);
  });

  test("say nothing of launches whose account does", () => {
    const given = { ...v2("ami-*"), defaults: [{ options: { httpTokens: "optional" } }] };
    expect(rules(plain, given)).toEqual(["require-imdsv2 fail"]);
  });

  test("without support leave no doubt", () => {
    const [finding] = findings("/a.yaml", plain, {
      images: [{ image: "ami-*", imdsSupport: "none" }],
    });
    expect(finding?.message).toContain("unless the account says otherwise");
  });
});
