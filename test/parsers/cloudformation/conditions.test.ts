import { describe, expect, it } from "vitest";
import { evaluateText, summarizeScenarios, templateFor } from "./evaluate-text.js";
import { toJson } from "./to-json.js";

/** The scenarios of `!If [C, yes, no]`. */
function scenariosOf(condition: string, further = ""): readonly string[] {
  const text = templateFor(
    "!If [C, 1, 0]",
    `
Parameters:
  Env: {Type: String, AllowedValues: [dev, test, prod]}
  Stage: {Type: String, AllowedValues: [prod, beta]}
  Name: {Type: String}
  Alias: {Type: String}
  Count: {Type: Number, Default: 2}
  Hosts: {Type: Number, MinValue: 1, MaxValue: '5'}
  Word: {Type: String, MinLength: 2, MaxLength: 3}
  Flag: {Type: String, Default: true}
  Names: {Type: CommaDelimitedList, Default: "a,b"}
  OpenNames: {Type: CommaDelimitedList}
  Image: {Type: AWS::SSM::Parameter::Value<String>, Default: /ami}
Conditions:
  C: ${condition}
${further}`,
  );
  const scenarios = summarizeScenarios(evaluateText(text));
  expect(summarizeScenarios(evaluateText(toJson(text)))).toEqual(scenarios);
  return scenarios;
}

// Java, which CloudFormation is written in, keeps the point of a whole float; JavaScript would write none in JSON.
it.each<[condition: string, holds: number]>([
  ["!Equals [!Ref Version, 8.0]", 1],
  ["!Equals [!Ref Version, '8.0']", 1],
  ["!Equals [!Ref Version, '8']", 0],
  ["!Equals [8, 8.0]", 0],
])("%s comes to %i", (condition, holds) => {
  const sections = `
Parameters: {Version: {Type: String, Default: 8.0}}
Conditions: {C: ${condition}}
`;
  const text = templateFor("!If [C, 1, 0]", sections);
  expect(summarizeScenarios(evaluateText(text))).toEqual([`always: ${holds}`]);
});

it("leaves open what a parameter's limits admit", () => {
  expect(scenariosOf("!Equals [!Ref Hosts, 5]")).toHaveLength(2);
  expect(scenariosOf("!Equals [!Ref Word, two]")).toHaveLength(2);
});

describe("known conditions", () => {
  it.each<[condition: string, holds: number]>([
    ["!Equals [a, a]", 1],
    ["!Equals [a, A]", 0],
    ["!Equals [2, '2']", 1],
    ["!Equals [!Ref Count, 2]", 1],
    ["!Equals [1.10, '1.1']", 1],
    ["!Equals [0x10, '16']", 1],
    // What a parameter's limits exclude it never is.
    ["!Equals [!Ref Hosts, 0]", 0],
    ["!Equals [7, !Ref Hosts]", 0],
    ["!Equals [!Ref Hosts, '']", 0],
    ["!Equals [!Ref Hosts, many]", 0],
    ["!Equals [!Ref Word, '']", 0],
    ["!Equals [!Ref Word, long]", 0],
    ["!Equals [!Ref Flag, true]", 1],
    ["!Equals [!Ref Flag, 'true']", 1],
    ["!Equals [yes, 'true']", 1],
    ["!Equals [!Ref Env, staging]", 0],
    ["!Equals [!Ref Env, !Ref Env]", 1],
    ["!Equals [!Ref Name, !Sub '${Name}']", 1],
    ["!Equals [!Sub 'a-${Env}', prod]", 0],
    ["!Equals [!Join ['', !Ref Names], ab]", 1],
    ["!Equals [!Ref Names, [a, b]]", 1],
    ["!Equals [!Ref Names, [a, c]]", 0],
    ["!Equals [[], []]", 1],
    ["!Not [!Equals [a, a]]", 0],
    ["!And [!Equals [a, a], !Equals [b, b]]", 1],
    ["!And [!Equals [a, a], !Equals [a, b]]", 0],
    ["!Or [!Equals [a, b], !Equals [b, b]]", 1],
    ["!Or [!Equals [a, b], !Equals [b, a]]", 0],
    ["!And [!Equals [!Ref Name, x], !Equals [a, b]]", 0],
    ["!Or [!Equals [a, a], !Equals [!Ref Name, x]]", 1],
  ])("%s", (condition, holds) => {
    expect(scenariosOf(condition)).toEqual([`always: ${holds}`]);
  });
});

describe("open conditions", () => {
  it.each<[condition: string, scenarios: readonly string[]]>([
    [
      "!Equals [!Ref Env, prod]",
      [
        "parameter Env is prod, condition C is true: 1",
        "parameter Env is not prod, condition C is false: 0",
      ],
    ],
    [
      "!Equals [x, !Ref Name]",
      [
        "parameter Name is x, condition C is true: 1",
        "parameter Name is not x, condition C is false: 0",
      ],
    ],
    [
      "!Not [!Equals [!Ref Env, prod]]",
      [
        "parameter Env is prod, condition C is false: 0",
        "parameter Env is not prod, condition C is true: 1",
      ],
    ],
    [
      "!Or [!Equals [!Ref Env, dev], !Equals [!Ref Env, test], !Equals [!Ref Env, prod]]",
      [
        "parameter Env is dev, condition C is true: 1",
        "parameter Env is not dev, parameter Env is test, condition C is true: 1",
        "parameter Env is not dev, parameter Env is prod, condition C is true: 1",
      ],
    ],
    [
      "!And [!Equals [!Ref Env, dev], !Equals [!Ref Env, test]]",
      [
        "parameter Env is dev, condition C is false: 0",
        "parameter Env is not dev, condition C is false: 0",
      ],
    ],
    [
      "!And [!Equals [a, a], !Equals [!Ref Env, prod]]",
      [
        "parameter Env is prod, condition C is true: 1",
        "parameter Env is not prod, condition C is false: 0",
      ],
    ],
    [
      "!Equals [!Ref Env, !Ref Stage]",
      [
        "parameter Env is prod, parameter Stage is prod, condition C is true: 1",
        "parameter Env is prod, parameter Stage is not prod, condition C is false: 0",
        "parameter Env is not prod, condition C is false: 0",
      ],
    ],
    [
      "!Equals [!Ref Stage, !Ref Name]",
      [
        "parameter Stage is prod, parameter Name is prod, condition C is true: 1",
        "parameter Stage is prod, parameter Name is not prod, condition C is false: 0",
        "parameter Stage is not prod, parameter Name is beta, condition C is true: 1",
        "parameter Stage is not prod, parameter Name is not beta, condition C is false: 0",
      ],
    ],
    [
      "!Equals [!Ref Alias, !Ref Name]",
      [
        "!Equals [!Ref Alias, !Ref Name] is true, condition C is true: 1",
        "!Equals [!Ref Alias, !Ref Name] is false, condition C is false: 0",
      ],
    ],
    [
      "!Equals [!Join ['', !Ref OpenNames], '']",
      [
        '!Equals [!Join ["", !Ref OpenNames], ""] is true, condition C is true: 1',
        '!Equals [!Join ["", !Ref OpenNames], ""] is false, condition C is false: 0',
      ],
    ],
    [
      "!Equals [!Ref AWS::Region, us-east-1]",
      [
        "AWS::Region is us-east-1, condition C is true: 1",
        "AWS::Region is not us-east-1, condition C is false: 0",
      ],
    ],
    [
      "!Equals [!Ref Image, ami-1]",
      [
        "parameter Image is ami-1, condition C is true: 1",
        "parameter Image is not ami-1, condition C is false: 0",
      ],
    ],
    [
      "!Equals [!Select [0, !Split [e, !Ref Env]], d]",
      [
        "parameter Env is dev: 1",
        "parameter Env is not dev, parameter Env is test: 0",
        "parameter Env is not dev, parameter Env is prod: 0",
      ],
    ],
  ])("%s", (condition, scenarios) => {
    expect(scenariosOf(condition)).toEqual(scenarios);
  });

  it("refers to other conditions in both spellings", () => {
    const other = "  D: !Equals [!Ref Env, prod]";
    const expected = [
      "parameter Env is prod, condition D is true, condition C is false: 0",
      "parameter Env is not prod, condition D is false, condition C is true: 1",
    ];
    expect(scenariosOf("!Not [!Condition D]", other)).toEqual(expected);
    expect(scenariosOf("{Fn::Not: [{Condition: D}]}", other)).toEqual(expected);
  });

  it("treats the two ways to write one comparison as the same", () => {
    const other = "  D: {Fn::Equals: [!Ref Name, {Ref: Alias}]}";
    const condition = "!And [!Condition D, !Not [!Equals [!Ref Alias, !Ref Name]]]";
    expect(scenariosOf(condition, other).map((line) => line.at(-1))).toEqual(["0", "0"]);
  });
});

describe("conditions that cannot be evaluated", () => {
  const undecided = 'always: {"unknown":"invalid","possible":[1,0]}';

  it.each<[condition: string, message: string]>([
    ["text", "a condition must be Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition"],
    ["!Sub x", "a condition must be Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition"],
    ["!Equals [a]", "Fn::Equals takes a list of two values"],
    ["!Equals [a, b, c]", "Fn::Equals takes a list of two values"],
    ["!Equals {a: b}", "Fn::Equals takes a list of two values"],
    ["!Equals [{a: b}, a]", "Fn::Equals compares strings or lists"],
    ["!Equals [[[a]], a]", "Fn::Equals compares lists of strings"],
    ["!Not [!Equals [a, a], !Equals [a, a]]", "Fn::Not takes a list of one condition"],
    ["!Not []", "Fn::Not takes a list of one condition"],
    ["!And [!Equals [a, a]]", "Fn::And takes a list of 2 to 10 conditions"],
    ["!Or text", "Fn::Or takes a list of 2 to 10 conditions"],
    ["!Condition None", "there is no condition None"],
    ["!Condition [C]", "Condition takes the name of a condition"],
  ])("%s", (condition, message) => {
    const text = templateFor("!If [C, 1, 0]", `Conditions:\n  C: ${condition}`);
    const deployment = evaluateText(text);
    expect(summarizeScenarios(deployment)).toEqual([undecided]);
    expect(summarizeScenarios(deployment)).toEqual([undecided]);
    expect(deployment.errors).toMatchObject([{ code: "invalid-structure", message }]);
  });

  it("knows what one decisive part makes certain", () => {
    expect(scenariosOf("!And [!Condition None, !Equals [a, b]]")).toEqual(["always: 0"]);
    expect(scenariosOf("!Or [!Equals [a, a], !Condition None]")).toEqual(["always: 1"]);
  });

  it("lists cycles and leaves both branches open", () => {
    const sections = "Conditions: {C: !Not [!Condition D], D: !Not [!Condition C]}";
    const deployment = evaluateText(templateFor("!If [C, 1, 0]", sections));
    expect(summarizeScenarios(deployment)).toEqual([undecided]);
    expect(deployment.errors).toEqual([]);
    expect(deployment.skipped).toMatchObject([
      { kind: "cyclic-reference", message: "condition C depends on itself" },
    ]);
  });

  it("does not guess what a comparison with nothing comes to", () => {
    const sections = "Conditions: {C: !Equals [!Ref AWS::NoValue, a]}";
    const deployment = evaluateText(templateFor("!If [C, 1, 0]", sections));
    expect(summarizeScenarios(deployment)[0]).toContain("not-supported");
    expect(deployment.skipped).toHaveLength(1);
  });

  it("reports a condition that is missing, once", () => {
    const deployment = evaluateText(templateFor("[!If [C, 1, 0], !If [D, a, b]]"));
    summarizeScenarios(deployment);
    summarizeScenarios(deployment);
    expect(deployment.errors.map(({ message }) => message)).toEqual([
      "there is no condition C",
      "there is no condition D",
    ]);
  });
});
