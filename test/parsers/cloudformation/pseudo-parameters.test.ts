import { expect, test } from "vitest";
import { type TemplateOptions } from "../../../src/parsers/cloudformation/evaluate-template.js";
import { evaluateText, summarizeScenarios, templateFor } from "./evaluate-text.js";

const sections = `
Conditions:
  IsGov: !Equals [!Ref AWS::Partition, aws-us-gov]
  IsEast: !Equals [!Ref AWS::Region, us-east-1]
  IsBeijing: !Equals [cn-north-1, !Ref AWS::Region]
  HasChineseSuffix: !Equals [!Ref AWS::URLSuffix, amazonaws.com.cn]
  HasIsolatedSuffix: !Equals [!Ref AWS::URLSuffix, c2s.ic.gov]
`;

/** What a list of conditions can come to together: `true,false`. */
function togetherOf(names: readonly string[], options?: TemplateOptions): readonly string[] {
  const values = names.map((name) => `!If [${name}, true, false]`);
  const template = templateFor(`[${values.join(", ")}]`, sections);
  return summarizeScenarios(evaluateText(template, options))
    .map((line) => line.slice(line.indexOf("[") + 1, -1))
    .sort();
}

test("a Region is in one partition", () => {
  const some = ["false,false", "false,true", "true,false"];
  expect(togetherOf(["IsGov", "IsEast"])).toEqual(some);
  expect(togetherOf(["IsEast", "IsGov"])).toEqual(some);
  expect(togetherOf(["IsGov", "IsBeijing"])).toEqual(some);
});

test("a partition has one suffix, and so has a Region in it", () => {
  expect(togetherOf(["IsGov", "HasChineseSuffix"])).not.toContain("true,true");
  expect(togetherOf(["HasChineseSuffix", "IsEast"])).not.toContain("true,true");
  expect(togetherOf(["IsBeijing", "HasChineseSuffix"])).not.toContain("true,false");
  expect(togetherOf(["IsBeijing", "HasChineseSuffix"])).toContain("true,true");
  expect(togetherOf(["HasIsolatedSuffix", "IsGov"])).not.toContain("true,true");
});

test("a Region that is fixed decides", () => {
  const names = ["IsGov", "IsEast", "IsBeijing", "HasChineseSuffix"];
  expect(togetherOf(names, { region: "cn-north-1" })).toEqual(["false,false,true,true"]);
  expect(togetherOf(names, { region: "us-gov-west-1" })).toEqual(["true,false,false,false"]);
});
