import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/findings/finding.js";
import { lintTexts } from "../lint-files.js";

function findingsIn(text: string): readonly Finding[] {
  const { findings, errors } = lintTexts({ "/template.yaml": text });
  expect(errors).toEqual([]);
  return findings;
}

function instance(name: string, options: string, more = ""): string {
  return `  ${name}: {Type: "AWS::EC2::Instance", Properties: {${more}MetadataOptions: {${options}}}}\n`;
}

const fingerprintsOf = (findings: readonly Finding[]) =>
  findings.map(({ fingerprint }) => fingerprint).sort();

describe("fingerprints", () => {
  test("overrides of one group that go different ways are told apart", () => {
    const override = (id: string) =>
      `            - LaunchTemplateSpecification: {LaunchTemplateId: ${id}, Version: "1"}\n`;
    const group = (ids: readonly string[]) =>
      findingsIn(`Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "1"
      MixedInstancesPolicy:
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: lt-0, Version: "1"}
          Overrides:
${ids.map(override).join("")}`);
    const both = fingerprintsOf(group(["lt-1", "lt-2"]));
    expect(new Set(both).size).toBe(2);
    // The first keeps its own, whether or not there is a second.
    expect(both).toEqual(expect.arrayContaining(fingerprintsOf(group(["lt-1"]))));
  });

  test("do not depend on the order of the resources that one place makes wrong", () => {
    const head = "Parameters: {T: {Type: String, Default: optional}}\nResources:\n";
    const options = "HttpTokens: !Ref T, HttpEndpoint: enabled";
    const [first, second] = [instance("First", options), instance("Second", options)];
    const forwards = findingsIn(head + first + second);
    const backwards = findingsIn(head + second + first);
    expect(forwards).toHaveLength(1);
    expect(fingerprintsOf(backwards)).toEqual(fingerprintsOf(forwards));
  });
});

describe("open results", () => {
  const head = `Parameters: {Any: {Type: String}, Environment: {Type: String}}
Conditions: {IsProduction: !Equals [!Ref Environment, production]}
Resources:
`;

  test("one unknown that rules depend on in different scenarios is one, of the rule with the most at stake", () => {
    const options =
      "HttpTokens: !Ref Any, HttpEndpoint: enabled, HttpProtocolIpv6: !If [IsProduction, enabled, disabled]";
    const findings = findingsIn(head + instance("Web", options, "InstanceType: !Ref Any, "));
    expect(findings).toMatchObject([
      { kind: "open", ruleId: "require-imdsv2", decides: ["ipv6-needs-nitro", "require-imdsv2"] },
    ]);
    expect(findings[0]?.when).toBeUndefined();
  });

  test("one that matters in some scenarios only says in which", () => {
    const options = "HttpTokens: !If [IsProduction, required, !Ref Any], HttpEndpoint: enabled";
    expect(findingsIn(head + instance("Web", options))).toMatchObject([
      { kind: "open", when: "condition IsProduction is false" },
    ]);
  });
});
