import { describe, expect, it } from "vitest";
import type { TemplateOptions } from "../../../src/parsers/cloudformation/evaluate-template.js";
import { evaluateText, summarizeScenarios, templateFor } from "./evaluate-text.js";

const sections = `
Parameters:
  Env: {Type: String, AllowedValues: [dev, test, prod, sandbox]}
  Key: {Type: String, AllowedValues: [Tokens, Hops]}
  Name: {Type: String}
  Default: {Type: String, Default: prod}
  Version: {Type: String, Default: "1.10"}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsSandbox: !Equals [!Ref Env, sandbox]
Mappings:
  Envs:
    dev: {Tokens: optional, Hops: 1, Zones: [a, b]}
    test: {Tokens: optional, Hops: "1", Zones: [a, b]}
    prod: {Tokens: required, Hops: 1, Zones: [c]}
  Regions:
    us-east-1: {Tokens: optional}
    us-west-2: {Tokens: required}
    eu-west-1: {Tokens: optional}
  Many: {${Array.from({ length: 20 }, (_, index) => `r${index}: {V: v${index}}`).join(", ")}}
  Odd:
    1.10: {True: {a: b}, On: !Ref Name, Text: !Transform x}
    "2": {yes: x}
`;

function scenariosOf(expression: string, options?: TemplateOptions): readonly string[] {
  return summarizeScenarios(evaluateText(templateFor(expression, sections), options));
}

const invalid = '{"unknown":"invalid"}';

describe("Fn::FindInMap", () => {
  it("gives each scenario one value, with equal entries taken together", () => {
    expect(scenariosOf("!FindInMap [Envs, !Ref Env, Tokens]")).toEqual([
      'parameter Env is dev or test: "optional"',
      'parameter Env is neither dev nor test, parameter Env is prod: "required"',
      `parameter Env is neither dev nor test, parameter Env is sandbox: ${invalid}`,
    ]);
  });

  it("takes lists for equal, too", () => {
    expect(scenariosOf("!FindInMap [Envs, !Ref Env, Zones]").slice(0, 2)).toEqual([
      'parameter Env is dev or test: ["a","b"]',
      'parameter Env is neither dev nor test, parameter Env is prod: ["c"]',
    ]);
  });

  it("asks for no key where all entries are equal", () => {
    expect(scenariosOf("!FindInMap [Envs, !Ref Env, Hops]")).toEqual(["always: 1"]);
    expect(scenariosOf("!FindInMap [Envs, !Ref Name, Hops]")).toEqual(["always: 1"]);
  });

  it("agrees with conditions over the same parameter", () => {
    const lines = scenariosOf("[!If [IsProd, 1, 0], !FindInMap [Envs, !Ref Env, Tokens]]");
    // A sandbox cannot be deployed, so that nothing needs to be said of it.
    expect(lines.map((line) => line.slice(line.indexOf("[")))).toEqual([
      '[1,"required"]',
      '[0,"optional"]',
    ]);
  });

  it("keeps quiet where a condition has led to a key that is missing", () => {
    const expression = "!If [IsSandbox, !FindInMap [Envs, !Ref Env, Tokens], x]";
    const deployment = evaluateText(templateFor(expression, sections));
    expect(summarizeScenarios(deployment)[0]).toContain(invalid);
    expect(deployment.errors).toEqual([]);
  });

  it("looks up second-level keys in the same way", () => {
    expect(scenariosOf("!FindInMap [Envs, dev, !Ref Key]")).toEqual([
      'parameter Key is Tokens: "optional"',
      "parameter Key is not Tokens: 1",
    ]);
  });

  it("takes two open keys together", () => {
    const outcomes = scenariosOf("!FindInMap [Envs, !Ref Env, !Ref Key]").map((line) =>
      line.slice(line.lastIndexOf(": ") + 2),
    );
    expect(new Set(outcomes)).toEqual(new Set(['"optional"', '"required"', "1", invalid]));
  });

  it("has every region of a mapping possible until one is fixed", () => {
    const expression = "!FindInMap [Regions, !Ref AWS::Region, Tokens]";
    expect(scenariosOf(expression)).toEqual([
      'AWS::Region is us-east-1 or eu-west-1: "optional"',
      'AWS::Region is neither us-east-1 nor eu-west-1, AWS::Region is us-west-2: "required"',
      `AWS::Region is neither us-east-1 nor eu-west-1, AWS::Region is not us-west-2: ${invalid}`,
    ]);
    expect(scenariosOf(expression, { region: "us-west-2" })).toEqual(['always: "required"']);
  });

  it("does not tell apart what would take too many scenarios", () => {
    const [line, ...others] = scenariosOf("!FindInMap [Many, !Ref AWS::Region, V]");
    expect(others).toEqual([]);
    expect(line).toContain('"possible":["v0","v1"');
  });

  it("takes a default as one more value", () => {
    const expression = "!FindInMap [Envs, !Ref Env, Tokens, {DefaultValue: optional}]";
    const transformed = `Transform: AWS::LanguageExtensions\n${sections}`;
    const lines = summarizeScenarios(evaluateText(templateFor(expression, transformed)));
    expect(lines.at(-1)).toBe(
      'parameter Env is neither dev nor test, parameter Env is sandbox: "optional"',
    );
  });

  it("takes computed keys and defaults of parameters", () => {
    expect(scenariosOf("!FindInMap [Envs, !Ref Default, Tokens]")).toEqual(['always: "required"']);
    const extended = (expression: string) =>
      summarizeScenarios(
        evaluateText(templateFor(expression, `Transform: AWS::LanguageExtensions${sections}`)),
      );
    expect(extended("!FindInMap [Envs, !Sub '${Default}', !Join ['', [Tok, ens]]]")).toEqual([
      'always: "required"',
    ]);
    expect(extended("!FindInMap [Envs, !If [IsProd, prod, dev], Tokens]")).toEqual([
      'parameter Env is prod, condition IsProd is true: "required"',
      'parameter Env is not prod, condition IsProd is false: "optional"',
    ]);
  });

  it("finds keys by what YAML makes of them", () => {
    expect(scenariosOf("!FindInMap [Odd, 2, true]")).toEqual(['always: "x"']);
    expect(scenariosOf("!FindInMap [Odd, 2, yes]")).toEqual(['always: "x"']);
    expect(scenariosOf("!FindInMap [Odd, !Ref Version, On]")).toEqual([`always: ${invalid}`]);
  });

  it("takes a default with any transform, as AWS's own templates do with that of SAM", () => {
    const expression = "!FindInMap [Envs, none, Tokens, {DefaultValue: x}]";
    const text = templateFor(expression, `Transform: AWS::Serverless-2016-10-31${sections}`);
    const deployment = evaluateText(text);
    expect(summarizeScenarios(deployment)).toEqual(['always: "x"']);
    expect(deployment.errors).toEqual([]);
  });

  it.each([
    [
      "!FindInMap [Envs, dev, Tokens, {DefaultValue: x}]",
      "DefaultValue in Fn::FindInMap needs Transform: AWS::LanguageExtensions",
    ],
    [
      "!FindInMap [Envs, !Sub '${Default}', Tokens]",
      "Fn::Sub in Fn::FindInMap needs Transform: AWS::LanguageExtensions",
    ],
    ["!FindInMap [Odd, 1.10, true]", "a mapping's values must be strings or lists of strings"],
    ["!FindInMap [Odd, 1.10, On]", "a mapping's values must be strings or lists of strings"],
  ])("reports %s", (expression, message) => {
    const deployment = evaluateText(templateFor(expression, sections));
    expect(summarizeScenarios(deployment)).toEqual([`always: ${invalid}`]);
    expect(deployment.errors).toMatchObject([{ code: "invalid-structure", message }]);
  });

  it.each([
    "!FindInMap [Envs, nowhere, Tokens]",
    "!FindInMap [Envs, !Ref Env, Nothing]",
    "!FindInMap [Nowhere, !Ref Env, Tokens]",
  ])("says that nothing is there for %s", (expression) => {
    const deployment = evaluateText(templateFor(expression, sections));
    expect(summarizeScenarios(deployment)).toEqual([
      `always: ${JSON.stringify({ unknown: `not-available ${expression}` })}`,
    ]);
    expect(deployment.errors).toEqual([]);
  });

  it("does not run macros in mappings", () => {
    const deployment = evaluateText(templateFor("!FindInMap [Odd, 1.10, Text]", sections));
    expect(summarizeScenarios(deployment)[0]).toContain("not-supported Fn::Transform");
    expect(deployment.skipped).toMatchObject([{ kind: "not-supported" }]);
  });
});
