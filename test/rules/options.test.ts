import { expect, test } from "vitest";
import { chooseRules } from "../../src/rules/choose-rules.js";
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
