import { describe, expect, test } from "vitest";
import { readSuppressions } from "../../../src/config/suppressions/read-suppressions.js";
import { parseTolerantly } from "../../../src/parsers/yaml/tolerant.js";
import type { RuleMetadata } from "../../../src/rules/define-rule.js";
import { SourceFile } from "../../../src/source/source-file.js";
import { lintTexts } from "../../lint-files.js";

const metadata = {
  subject: "launch-specification",
  severity: "error",
  category: "exposure",
  since: "0.1.0",
  summary: "",
  rationale: "",
  undecided: "",
  sources: [],
  messages: {},
} as const;

const rules: readonly RuleMetadata[] = [
  {
    ...metadata,
    id: "tokens",
    peers: {
      checkov: ["CKV_AWS_79"],
      trivy: ["AWS-0028"],
      tfsec: ["aws-ec2-enforce-http-token-imds"],
      kics: ["c306ac53-ee5b-41d3-86a9-0fd2722b4e67"],
      "cdk-nag": ["EC2IMDSv2Enabled"],
      cfn_nag: ["W90"],
      "cfn-lint": ["E3030"],
      guard: ["EC2_INSTANCE_IMDS"],
    },
  },
  { ...metadata, id: "hops", peers: { checkov: ["CKV_AWS_341"] } },
  { ...metadata, id: "ours-alone" },
];

/** What other tools' suppressions in a text cover: the rules, the text that is covered, and more. */
function read(path: string, text: string) {
  const { foreign } = readSuppressions([new SourceFile(path, text)], {
    settings: { today: "2026-07-01" },
    rules,
    loadTolerantYaml: () => parseTolerantly,
  });
  return foreign.map(({ source, ruleIds, scope, covers, reason, wildcard }) => ({
    source,
    ruleIds,
    scope,
    covers: text.slice(covers.start, covers.end).trim().split("\n")[0],
    ...(reason === undefined ? {} : { reason }),
    ...(wildcard === undefined ? {} : { wildcard }),
  }));
}

const terraform = (body: string, above = "", header = "") => `# first
${above}
resource "aws_instance" "web" { ${header}
  instance_type = "t3.nano"
${body}
}
`;

const covered = 'resource "aws_instance" "web" {';

describe("checkov", () => {
  const checkov = { source: "checkov", scope: "element", covers: `${covered} ` };

  test.each([
    ["#checkov:skip=CKV_AWS_79:legacy", [{ ...checkov, ruleIds: ["tokens"], reason: "legacy" }]],
    ["# checkov:skip=CKV_AWS_79", [{ ...checkov, ruleIds: ["tokens"] }]],
    ["// bridgecrew:skip= CKV_AWS_79: a: b", [{ ...checkov, ruleIds: ["tokens"], reason: "a: b" }]],
    ["# see cortex:skip=CKV_AWS_79", [{ ...checkov, ruleIds: ["tokens"] }]],
    ["# checkov:skip=CKV_AWS_79,CKV_AWS_341", [{ ...checkov, ruleIds: ["tokens", "hops"] }]],
    ["# checkov:skip=CKV_AWS_7", []],
    ["# checkov:skip=CKV_AWS_791", []],
    ["# checkov:skip=*", []],
    ['x = "checkov:skip=CKV_AWS_79"', []],
  ])("%s", (comment, expected) => {
    expect(read("/a.tf", terraform(comment))).toEqual(expected);
  });

  test("sees only what stands between the lines of the braces", () => {
    const comment = "# checkov:skip=CKV_AWS_79";
    expect(read("/a.tf", terraform("", comment))).toEqual([]);
    expect(read("/a.tf", terraform("", "", comment))).toEqual([]);
  });

  test("reads metadata of resources", () => {
    const text = `Resources:
  Web:
    Type: AWS::EC2::Instance
    Metadata:
      checkov: {skip: [{id: CKV_AWS_79, comment: legacy}, {id: CKV_AWS_8}]}
      bridgecrew: {skip: [{id: CKV_AWS_341}]}
`;
    expect(read("/a.yaml", text)).toEqual([
      {
        source: "checkov",
        ruleIds: ["tokens"],
        scope: "element",
        covers: "Web:",
        reason: "legacy",
      },
      { source: "checkov", ruleIds: ["hops"], scope: "element", covers: "Web:" },
    ]);
  });
});

describe("trivy and tfsec", () => {
  const resource = { ruleIds: ["tokens"], scope: "element", covers: `${covered} ` };

  test.each([
    ["#trivy:ignore:AWS-0028", [{ source: "trivy", ...resource }]],
    ["# trivy:ignore:AVD-AWS-0028", [{ source: "trivy", ...resource }]],
    ["// tfsec:ignore:aws-ec2-enforce-http-token-imds", [{ source: "tfsec", ...resource }]],
    ["# trivy:ignore:AWS-0131 trivy:ignore:aws-0028", [{ source: "trivy", ...resource }]],
    [
      "# trivy:ignore:aws-ec2-*",
      [{ source: "trivy", ...resource, wildcard: "trivy:ignore:aws-ec2-*" }],
    ],
    ["# trivy:ignore:*", [{ source: "trivy", ...resource, wildcard: "trivy:ignore:*" }]],
    ["# trivy:ignore:AWS-0028:exp:2026-07-02", [{ source: "trivy", ...resource }]],
    ["# trivy:ignore:AWS-0028:exp:2026-07-01", []],
    ["# trivy:ignore:AWS-0028:exp:tomorrow", []],
    ["# trivy:ignore:AWS-0028:ws:prod", []],
    ["# trivy:ignore:AWS-0028[instance_type=t3.nano]", [{ source: "trivy", ...resource }]],
    ["# trivy:ignore:AWS-0028[instance_type=t3.micro]", []],
    ["# trivy:ignore:AWS-0028[ami=a]:exp:2027-01-01", []],
    ["# trivy:ignore:AWS-00", []],
    ["# please trivy:ignore", []],
    ["# trivy:ignore:AWS-0028\n# why\n# trivy:ignore:AWS-9", [{ source: "trivy", ...resource }]],
    ["# trivy:ignore:AWS-0028\n", []],
  ])("above a resource: %j", (comment, expected) => {
    expect(read("/a.tf", terraform("", comment))).toEqual(expected);
  });

  test("on the line of what is covered, and of a part of it", () => {
    const comment = "# trivy:ignore:AWS-0028";
    expect(read("/a.tf", terraform("", "", comment))).toEqual([
      { source: "trivy", ...resource, covers: `${covered} ${comment}` },
    ]);
    expect(read("/a.tf", terraform(`  ${comment}\n  metadata_options {\n  }`))).toEqual([
      { source: "trivy", ...resource, covers: "metadata_options {" },
    ]);
    expect(read("/a.tf", terraform(`  ami = "a" ${comment}\n  metadata_options {\n  }`))).toEqual([
      { source: "trivy", ...resource, covers: 'ami = "a"' },
    ]);
  });

  test("in YAML", () => {
    const text = `Resources:
  # trivy:ignore:AWS-0028
  Web:
    Type: AWS::EC2::Instance
`;
    expect(read("/a.yaml", text)).toEqual([{ source: "trivy", ...resource, covers: "Web:" }]);
  });
});

describe("KICS", () => {
  const ID = "c306ac53-ee5b-41d3-86a9-0fd2722b4e67";
  const kics = { source: "kics", ruleIds: ["tokens"] };
  const file = { ...kics, scope: "file", covers: "# first" };

  test("are found above a banner of any width", () => {
    const text = terraform("", `# kics-scan ignore\n${"#".repeat(200)}`);
    expect(read("/a.tf", text)).toEqual([{ ...file, wildcard: "kics-scan ignore" }]);
  });

  test.each([
    ["# kics-scan ignore", [{ ...file, wildcard: "kics-scan ignore" }]],
    [`# kics-scan disable=${ID},other`, [file]],
    ["# kics-scan disable=other", []],
    [`# kics-scan enable=${ID}`, []],
    ["# kics-scan enable=other", [{ ...file, wildcard: "kics-scan enable" }]],
    [`# kics-scan enable=${ID}\n# kics-scan disable=${ID}`, []],
    ["# kics-scan ignored", []],
  ])("at the beginning of a file: %j", (comment, expected) => {
    expect(read("/a.tf", terraform("", comment))).toEqual(expected);
    expect(read("/a.tf", terraform(comment))).toEqual([]);
  });

  test("rules of many # at the beginning are read in one go", () => {
    const line = `${"#".repeat(80)}\n`;
    expect(read("a.sh", `${line.repeat(20)}echo\n`)).toEqual([]);
  });

  test("before a line, and before a block", () => {
    const body = (command: string) =>
      terraform(`  # kics-scan ${command}\n  metadata_options {\n  }\n`);
    const options = { covers: "metadata_options {" };
    expect(read("/a.tf", body("ignore-line"))).toEqual([
      { ...kics, ...options, scope: "line", wildcard: "kics-scan ignore-line" },
    ]);
    expect(read("/a.tf", body("ignore-block"))).toEqual([
      { ...kics, ...options, scope: "element", wildcard: "kics-scan ignore-block" },
    ]);
  });
});

describe("metadata of other tools", () => {
  const template = (metadata: string) => `Metadata:
  ${metadata}
Resources:
  Web:
    Type: AWS::EC2::Instance
    Metadata:
      ${metadata}
`;
  const web = { ruleIds: ["tokens"], scope: "element", covers: "Web:" };
  const all = { ruleIds: ["tokens"], scope: "file", covers: "Metadata:" };

  test.each([
    [
      "cfn_nag: {rules_to_suppress: [{id: W90, reason: legacy}, {id: W9}]}",
      [{ source: "cfn_nag", ...web, reason: "legacy" }],
    ],
    ["guard: {SuppressedRules: [EC2_INSTANCE_IMDS]}", [{ source: "guard", ...web }]],
    [
      "cfn-lint: {config: {ignore_checks: [E3030]}}",
      [
        { source: "cfn-lint", ...all },
        { source: "cfn-lint", ...web },
      ],
    ],
    [
      "cfn-lint: {config: {ignore_checks: [E30]}}",
      [
        { source: "cfn-lint", ...all, wildcard: "ignore_checks E30" },
        { source: "cfn-lint", ...web, wildcard: "ignore_checks E30" },
      ],
    ],
    ["cfn-lint: {config: {ignore_checks: [W]}}", []],
    [
      "cdk_nag: {rules_to_suppress: [{id: NIST.800.53.R5-EC2IMDSv2Enabled, reason: old}]}",
      [
        { source: "cdk-nag", ...all, reason: "old" },
        { source: "cdk-nag", ...web, reason: "old" },
      ],
    ],
    [
      "cdk_nag: {rules_to_suppress: [{id: EC2IMDSv2Enabled, reason: b2xk, is_reason_encoded: true}]}",
      [
        { source: "cdk-nag", ...all, reason: "old" },
        { source: "cdk-nag", ...web, reason: "old" },
      ],
    ],
    ["cdk_nag: {rules_to_suppress: [{id: EC2IMDSv2Enabled, applies_to: [a], reason: b}]}", []],
    ["cdk_nag: {rules_to_suppress: [{id: NotEC2IMDSv2Enabled, reason: b}]}", []],
    ["cdk_nag: {rules_to_suppress: EC2IMDSv2Enabled}", []],
  ])("%s", (metadata, expected) => {
    expect(read("/a.yaml", template(metadata))).toEqual(expected);
  });
});

describe("in a run", () => {
  const text = (comment: string) => `resource "aws_instance" "web" {\n  ${comment}\n}\n`;
  const run = (comment: string, suppressions = {}) =>
    lintTexts({ "/case/main.tf": text(comment) }, { suppressions });

  test("what silences a finding is named with it", () => {
    const { findings, suppressed } = run("# checkov:skip=CKV_AWS_79:legacy");
    expect(findings).toEqual([]);
    expect(suppressed.map(({ suppression }) => suppression)).toEqual([
      {
        kind: "inSource",
        source: "checkov",
        reason: "legacy",
        location: { path: "/case/main.tf", range: { start: 36, end: 66 } },
      },
    ]);
  });

  test("it can be turned off, and what silences nothing is not reported", () => {
    expect(run("# checkov:skip=CKV_AWS_79", { foreign: false }).findings).toHaveLength(1);
    expect(run("# checkov:skip=CKV_AWS_8").findings.map(({ ruleId }) => ruleId)).toEqual([
      "require-imdsv2",
    ]);
  });

  test("ours is named where both say the same", () => {
    const both =
      "# checkov:skip=CKV_AWS_79\n  # imdslint-ignore-resource require-imdsv2 -- because";
    const { findings, suppressed } = run(both);
    expect(findings).toEqual([]);
    expect(suppressed.map(({ suppression }) => suppression.source)).toEqual(["imdslint"]);
  });
});
