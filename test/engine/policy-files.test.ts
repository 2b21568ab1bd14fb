import { describe, expect, test } from "vitest";
import { lint } from "../../src/engine/lint.js";
import { lintTexts, requestFor } from "../lint-files.js";

const condition = (operator: string, value: string) => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "ec2:RunInstances",
      "Resource": "arn:aws:ec2:*:*:instance/*",
      "Condition": { "${operator}": { "ec2:MetadataHttpTokens": "${value}" } }
    },
    { "Effect": "Deny", "Action": "ec2:ModifyInstanceMetadataOptions", "Resource": "*" }
  ]
}
`;
const BAD = condition("StringEquals", "optional");
const GOOD = condition("StringNotEquals", "required");

/** The findings with their resources and places, one-based. */
function found(texts: Readonly<Record<string, string>>, judged = Object.keys(texts)) {
  const { findings, files, errors } = lint({ ...requestFor(texts), files: judged });
  expect(errors).toEqual([]);
  return findings.map(({ kind, ruleId, resources, location: { path, range } }) => {
    const { line, column } = files.get(path)?.position(range.start) ?? { line: -1, column: -1 };
    const names = resources.map(({ address }) => address).join(", ");
    return `${kind} ${ruleId} ${path}:${line + 1}:${column + 1} ${names}`;
  });
}

describe("a policy in a file that nothing reads", () => {
  test("is judged", () => {
    expect(found({ "/scp/imds.json": BAD })).toEqual([
      "fail imds-policy-effective /scp/imds.json:8:40 imds.json",
    ]);
    expect(found({ "/scp/imds.json": GOOD })).toEqual([]);
  });

  test("is counted, and named in place of a resource", () => {
    const { coverage, findings } = lintTexts({ "/policies/imds.json": BAD, "/other.json": "{}" });
    expect(coverage.policyFiles).toBe(1);
    expect(coverage.files).toBe(1);
    expect(findings.map(({ resource }) => resource.type)).toEqual(["IAM policy"]);
  });

  test("that is no JSON is bad input, and leaves the others judged", () => {
    const broken = BAD.replace('"Deny",', '"Deny"');
    const { errors, findings } = lintTexts({ "/scp/broken.json": broken, "/scp/imds.json": BAD });
    expect(errors).toMatchObject([
      { code: "syntax", path: "/scp/broken.json", location: { path: "/scp/broken.json" } },
    ]);
    expect(findings.map(({ location }) => location.path)).toEqual(["/scp/imds.json"]);
  });

  test("that a resource reads is reported once where it is no JSON", () => {
    const broken = BAD.replace('"Deny",', '"Deny"');
    expect(
      found({
        "/stack/main.tf":
          'resource "aws_iam_policy" "imds" {\n  policy = file("${path.module}/imds.json")\n}\n',
        "/stack/imds.json": broken,
      }),
    ).toEqual(["fail imds-policy-effective /stack/imds.json:5:23 aws_iam_policy.imds"]);
  });

  test("may have placeholders of other tools", () => {
    const placeholders = BAD.replace("arn:aws:ec2", "arn:${partition}:ec2");
    expect(found({ "/scp/imds.json": placeholders })).toHaveLength(1);
  });

  test.each([
    ["made JSON by a tool", BAD.replace('"ec2:RunInstances"', "${jsonencode(actions)}")],
    ["about other things", BAD.replaceAll("Metadata", "Tags")],
    ["no policy", '{ "ec2:MetadataHttpTokens": "optional" }'],
    ["a list of policies", `[${BAD}]`],
    ["of a name alone", `{ "Statement": "ec2:MetadataHttpTokens" }`],
  ])("is left alone if it is %s", (_, text) => {
    expect(found({ "/scp/imds.json": text })).toEqual([]);
  });

  test("is left alone if it is no JSON file", () => {
    expect(found({ "/docs/imds.yaml": BAD, "/docs/imds.md": BAD })).toEqual([]);
  });
});

describe("a policy in a file that Terraform reads", () => {
  const policy = (content: string) =>
    `resource "aws_organizations_policy" "imds" {\n  name    = "imds"\n  content = ${content}\n}\n`;

  test.each([
    ["as it is", 'file("${path.module}/scp/imds.json")'],
    ["as a template", 'templatefile("${path.module}/scp/imds.json", {})'],
    ["decoded", 'jsonencode(jsondecode(file("${path.module}/scp/imds.json")))'],
  ])("is judged once, %s", (_, content) => {
    const findings = found({ "/p/main.tf": policy(content), "/p/scp/imds.json": BAD });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^fail imds-policy-effective .* aws_organizations_policy.imds$/);
  });

  test("is judged by itself if the module is not", () => {
    const texts = { "/p/main.tf": policy('file("scp/imds.json")'), "/p/scp/imds.json": BAD };
    expect(found(texts, ["/p/scp/imds.json"])).toEqual([
      "fail imds-policy-effective /p/scp/imds.json:8:40 imds.json",
    ]);
  });
});

describe("policies in files of one directory", () => {
  const launch = GOOD.replace(/,\s*\{ "Effect.*\}/, "");
  const changes = `{ "Statement": { "Effect": "Deny", "Action": "ec2:ModifyInstanceMetadataOptions", "Resource": "*" } }`;
  const texts = { "/scp/launch.json": launch, "/scp/changes.json": changes };

  test("may be attached together", () => {
    expect(found({ "/scp/launch.json": launch })).toEqual([
      "fail imds-policy-complete /scp/launch.json:8:43 launch.json",
    ]);
    expect(found(texts)).toEqual(["open imds-policy-complete /scp/launch.json:8:43 launch.json"]);
  });

  test("are found as well where one of them is judged alone", () => {
    expect(found(texts, ["/scp/launch.json"])).toEqual(found(texts));
  });
});

test("a declarative policy in a file is judged as account defaults", () => {
  const text = `{ "ec2_attributes": { "instance_metadata_defaults": { "http_tokens": { "@@assign": "optional" } } } }`;
  expect(found({ "/policies/ec2.json": text })).toEqual([
    "fail account-defaults-require-imdsv2 /policies/ec2.json:1:84 ec2.json",
  ]);
});

test("a declarative policy in a file is read word by word", () => {
  const text = `{ "ec2_attributes": { "instance_metadata_defaults": { "http_token": { "@@assign": "required" } } } }`;
  expect(found({ "/policies/ec2.json": text })).toEqual([
    "fail account-defaults-unset /policies/ec2.json:1:23 ec2.json",
    "fail imds-policy-effective /policies/ec2.json:1:55 ec2.json",
  ]);
});

describe("documents as AWS and others publish them", () => {
  const launch = `{ "Effect": "Deny", "Action": "ec2:RunInstances", "Resource": "arn:aws:ec2:*:*:instance/*",
    "Condition": { "StringNotEquals": { "ec2:MetadataHttpTokens": "required" } } }`;
  const hops = `{ "Effect": "Deny", "Action": "ec2:RunInstances", "Resource": "arn:aws:ec2:*:*:instance/*",
    "Condition": { "NumericGreaterThan": { "ec2:MetadataHttpPutResponseHopLimit": "3" } } }`;
  const delivery = `{ "Effect": "Deny", "Action": "*", "Resource": "*",
    "Condition": { "NumericLessThan": { "ec2:RoleDelivery": "2.0" } } }`;
  const modify = `"Effect": "Deny", "Action": "ec2:ModifyInstanceMetadataOptions", "Resource": "*"`;
  const byAdmins = `"Condition": { "StringNotLike": { "aws:PrincipalARN": "arn:aws:iam::*:role/admins" } }`;
  const byTokens = `"Condition": { "StringEquals": { "ec2:MetadataHttpTokens": "optional" } }`;

  test.each([
    // Two of these stand in AWS Managed Services' library of service control policies.
    ["a whole set", [launch, hops, delivery, `{ ${modify} }`], ["fail imds-policy-hop-absent"]],
    ["changes by admins", [launch, delivery, `{ ${modify}, ${byAdmins} }`], []],
    ["half a set", [launch, delivery], ["fail imds-policy-complete"]],
    ["changes by tokens", [launch, `{ ${modify}, ${byTokens} }`], ["open imds-policy-complete"]],
    ["credentials alone", [delivery], []],
  ])("%s", (_, statements, expected) => {
    const text = `{ "Version": "2012-10-17", "Statement": [${statements.join(",\n")}] }`;
    const rules = found({ "/scp/imds.json": text }).map((line) => line.split(" ").slice(0, 2));
    expect(rules.map((words) => words.join(" "))).toEqual(expected);
  });
});
