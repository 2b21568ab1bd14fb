import { describe, expect, it } from "vitest";
import type { EvaluatedDeployment } from "../../../src/parsers/resource.js";
import { entryValue } from "../../../src/values/evaluated.js";
import {
  evaluateText,
  readValue,
  summarize,
  summarizeScenarios,
  templateFor,
} from "./evaluate-text.js";

const parameters = `
Parameters:
  Env: {Type: String, AllowedValues: [dev, test, prod]}
  Name: {Type: String}`;

const conditions = `
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsDev: !Equals [!Ref Env, dev]
  IsNamed: !Not [!Equals [!Ref Name, ""]]`;

function scenariosOf(expression: string, sections = parameters + conditions): readonly string[] {
  return summarizeScenarios(evaluateText(templateFor(expression, sections)));
}

/** Only what the scenarios come to. */
function outcomesOf(expression: string, sections?: string): readonly string[] {
  return scenariosOf(expression, sections).map((line) => line.slice(line.indexOf(": ") + 2));
}

describe("scenarios", () => {
  it("never mix two options behind one condition", () => {
    expect(outcomesOf("{A: !If [IsProd, 1, 2], B: !If [IsProd, 1, 2]}")).toEqual([
      '{"A":1,"B":1}',
      '{"A":2,"B":2}',
    ]);
  });

  it("decide a condition once, however deep it is asked again", () => {
    expect(outcomesOf("!If [IsProd, !If [IsProd, 1, 2], !If [IsProd, 3, 4]]")).toEqual(["1", "4"]);
  });

  it("keep conditions over the same parameter consistent", () => {
    expect(outcomesOf("{P: !If [IsProd, 1, 0], D: !If [IsDev, 1, 0]}")).toEqual([
      '{"P":1,"D":0}',
      '{"P":0,"D":1}',
      '{"P":0,"D":0}',
    ]);
  });

  it("know a parameter's value once conditions leave no other", () => {
    const expression = "!If [IsProd, !Ref Env, !If [IsDev, !Ref Env, !Ref Env]]";
    expect(outcomesOf(expression)).toEqual(['"prod"', '"dev"', '"test"']);
  });

  it("narrow a parameter's possible values", () => {
    const possible = JSON.stringify({
      unknown: "parameter-without-default Env",
      possible: ["dev", "test"],
      subject: "parameter Env",
    });
    expect(outcomesOf("!If [IsProd, !Ref Env, !Ref Env]")).toEqual(['"prod"', possible]);
    expect(outcomesOf("!If [IsNamed, x, !Ref Name]")).toEqual(['""', '"x"']);
  });

  it("leave out branches that the values of the parameter exclude", () => {
    const neither = "{Fn::If: [IsProd, 1, !If [IsDev, 2, !If [IsTest, 3, 4]]]}";
    const withTest = `${parameters}${conditions}\n  IsTest: !Equals [!Ref Env, test]`;
    expect(outcomesOf(neither, withTest)).toEqual(["1", "2", "3"]);
  });

  it("remember decisions for lists, whose items may vanish", () => {
    expect(outcomesOf("[a, !If [IsProd, b, !Ref AWS::NoValue], c]")).toEqual([
      '["a","b","c"]',
      '["a","c"]',
    ]);
  });

  it("are not told apart by what nobody reads", () => {
    const deployment = evaluateText(
      templateFor(
        "{A: !If [IsProd, 1, 2], B: [!If [IsNamed, 1, 2]], C: 3}",
        parameters + conditions,
      ),
    );
    const read = (name: string): unknown => {
      const value = readValue(deployment);
      const entry = value.state === "map" ? entryValue(value, name) : undefined;
      return entry === undefined ? undefined : summarize(entry);
    };
    expect(summarizeScenarios(deployment, () => read("C"))).toEqual(["always: 3"]);
    expect(deployment.scenarios.explore(() => read("A"))).toHaveLength(2);
    expect(deployment.scenarios.explore(() => read("B"))).toHaveLength(2);
    expect(deployment.scenarios.explore(() => [read("A"), read("B")])).toHaveLength(4);
  });

  it("combine a resource's condition with those within", () => {
    const text = `${parameters}${conditions}
Resources:
  Web:
    Type: AWS::EC2::Instance
    Condition: IsProd
    Properties:
      Value: !If [IsProd, a, !If [IsDev, b, c]]`;
    const deployment = evaluateText(text);
    const [web] = deployment.resources;
    const lines = summarizeScenarios(deployment, () => {
      const exists = web?.exists();
      return exists === "no" ? exists : [exists, summarize(readValue(deployment))];
    });
    expect(lines).toEqual([
      'parameter Env is prod, condition IsProd is true: ["yes","a"]',
      'parameter Env is not prod, condition IsProd is false: "no"',
    ]);
  });
});

describe("without scenarios", () => {
  const read = (expression: string, further = ""): unknown => {
    const deployment = evaluateText(templateFor(expression, parameters + conditions + further));
    return summarize(readValue(deployment));
  };
  const reason = "parameter-without-default Env";

  it("both branches count", () => {
    expect(read("!If [IsProd, a, b]")).toEqual({ unknown: reason, possible: ["a", "b"] });
    expect(read("!If [IsProd, a, a]")).toBe("a");
    expect(read("!If [IsProd, !Ref AWS::NoValue, !Ref AWS::NoValue]")).toEqual({ unset: true });
    expect(read("!If [IsProd, a, !Ref AWS::NoValue]")).toEqual({ unknown: reason });
    expect(read("!If [IsProd, a, !If [IsNamed, b, c]]")).toEqual({
      unknown: reason,
      possible: ["a", "b", "c"],
    });
  });

  it("maps are merged entry by entry", () => {
    expect(read("!If [IsProd, {A: 1, B: 1, C: {D: 1}}, {A: 1, B: 2, C: {D: 1}, E: 1}]")).toEqual({
      A: 1,
      B: { unknown: reason, possible: [1, 2] },
      C: { D: 1 },
      E: { unknown: reason },
    });
  });

  it("a list whose items may vanish is unknown, as any position may shift", () => {
    expect(read("[!If [IsProd, a, b], c]")).toEqual([
      { unknown: reason, possible: ["a", "b"] },
      "c",
    ]);
    expect(read("[!If [IsProd, a, !Ref AWS::NoValue], c]")).toEqual({ unknown: reason });
    expect(read("!Select [0, [!If [IsProd, a, !Ref AWS::NoValue], c]]")).toEqual({
      unknown: reason,
    });
  });
});

describe("many conditions", () => {
  const names = Array.from({ length: 30 }, (_, index) => `C${index}`);
  const sections = `
Parameters: {${names.map((name) => `${name}: {Type: String}`).join(", ")}}
Conditions: {${names.map((name) => `${name}: !Equals [!Ref ${name}, x]`).join(", ")}}`;
  const entries = names.map((name) => `${name}: !If [${name}, a, b]`);

  it("degrade to unknown, never to a guess", () => {
    const text = templateFor(`{${entries.join(", ")}, Same: !If [C0, x, x]}`, sections);
    const deployment: EvaluatedDeployment = evaluateText(text);
    const outcomes = deployment.scenarios.explore(() => summarize(readValue(deployment)));
    const merged = outcomes.at(-1);
    expect(merged?.isMerged).toBe(true);
    expect(merged?.result).toMatchObject({
      C7: { unknown: "parameter-without-default C7", possible: ["a", "b"] },
      Same: "x",
    });
  });
});
