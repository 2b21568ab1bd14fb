import { expect, test } from "vitest";
import {
  describeWhen,
  joinClauses,
  whenAnyOf,
  widestWhens,
} from "../../src/engine/describe-when.js";
import type { Condition, Subject } from "../../src/values/condition.js";
import { Scenarios } from "../../src/values/scenarios.js";

const region: Subject = { key: "region", label: "AWS::Region" };
const environment: Subject = { key: "env", label: "parameter Env", domain: ["dev", "prod"] };

function isOneOf(subject: Subject, ...values: readonly string[]): Condition {
  return { kind: "is-one-of", subject, values };
}

/** When `run` gives true, over all scenarios. */
function when(run: (decide: (condition: Condition) => boolean | undefined) => boolean) {
  const scenarios = new Scenarios();
  const outcomes = scenarios.explore(() => run((condition) => scenarios.decide(condition)));
  return describeWhen(outcomes, ({ result }) => result);
}

test("says nothing of what holds always", () => {
  expect(when((decide) => decide(isOneOf(environment, "dev")) !== undefined)).toBeUndefined();
});

test("leaves out what makes no difference", () => {
  const text = when((decide) => {
    decide(isOneOf(environment, "dev"));
    return decide(isOneOf(region, "eu-west-1")) === true;
  });
  expect(text).toBe("AWS::Region is eu-west-1");
});

test("prefers the names that the template gives", () => {
  const condition = isOneOf(environment, "prod");
  const isProduction: Condition = { kind: "named", label: "condition IsProd", condition };
  expect(when((decide) => decide(isProduction) === false)).toBe("condition IsProd is false");
});

test("names a value once, not all that it is not", () => {
  const text = when((decide) => {
    for (const name of ["a", "b", "c"]) {
      if (decide(isOneOf(region, name)) === true) return false;
    }
    return decide(isOneOf(region, "d")) === true;
  });
  expect(text).toBe("AWS::Region is d");
});

test("lists every way there is", () => {
  const text = when((decide) => {
    const isDev = decide(isOneOf(environment, "dev")) === true;
    return isDev ? decide(isOneOf(region, "a")) === true : decide(isOneOf(region, "b")) === true;
  });
  expect(text).toBe(
    "parameter Env is dev and AWS::Region is a, or when parameter Env is not dev and AWS::Region is b",
  );
});

test("leaves nothing out where not every scenario was run", () => {
  const statements = Array.from({ length: 30 }, (_, index): Condition => {
    const reason = { kind: "decided-at-deployment", expression: "x" } as const;
    return { kind: "statement", key: String(index), label: `s${index}`, reason };
  });
  const text = when((decide) => statements.map(decide).every((holds) => holds === true));
  const first = statements.slice(0, 5).map((_, index) => `s${index} is true`);
  expect(text).toBe(`${first.join(" and ")} and 25 other conditions hold`);
});

test.each([
  [["A is true", undefined], [undefined]],
  [["B is false and A is true", "A is true"], ["A is true"]],
  // The same in another order is said once, not lost.
  [["A is true and B is true", "B is true and A is true"], ["A is true and B is true"]],
  [["A is true and B is true", "C is true, or when A is true"], ["C is true, or when A is true"]],
  [
    ["A is true", "A is false"],
    ["A is true", "A is false"],
  ],
])("of %j the widest are %j", (whens, widest) => {
  expect(widestWhens(whens)).toEqual(widest);
});

test("says when any of several holds", () => {
  expect(whenAnyOf(["A is true", "B is true"])).toBe("A is true, or when B is true");
  expect(whenAnyOf(["A is true", undefined])).toBeUndefined();
});

test("says all that a value is not, where that matters", () => {
  const text = when(
    (decide) =>
      decide(isOneOf(region, "us-east-1")) === false &&
      decide(isOneOf(region, "us-west-1")) === false,
  );
  expect(text).toBe("AWS::Region is not us-east-1 and AWS::Region is not us-west-1");
});

test("says what is left rather than what is not", () => {
  const stage: Subject = { key: "stage", label: "var.stage", domain: ["test", "dev", "prod"] };
  // The resource is not there in the test stage, and right in production.
  const text = when(
    (decide) =>
      decide(isOneOf(stage, "test")) === false && decide(isOneOf(stage, "prod")) === false,
  );
  expect(text).toBe("var.stage is dev");
  expect(when((decide) => decide(isOneOf(stage, "test")) === false)).toBe("var.stage is not test");
  expect(when((decide) => decide(isOneOf(stage, "test", "prod")) === false)).toBe(
    "var.stage is neither test nor prod",
  );
});

test.each([
  [["x is a", "x is b or c", "x is c"], "x is a or b or c"],
  [["x is a", "y is a"], "x is a, or when y is a"],
  [['x is "a b"', "x is c"], 'x is "a b" or c'],
  // What is told of more than values stands alone.
  [["x is a and y is b", "x is c"], "x is a and y is b, or when x is c"],
  [["x is not a", "x is a"], "x is not a, or when x is a"],
  [["x is neither a nor b", "x is b"], "x is neither a nor b, or when x is b"],
  [["x is true", "y is false"], "x is true, or when y is false"],
  [['x is "a or b"', "x is c"], 'x is "a or b", or when x is c'],
])("%j is said as %j", (clauses, text) => {
  expect(joinClauses(clauses)).toBe(text);
});

test("says of very many conditions how many there are", () => {
  const flags = "abcdefgh".split("").map((name): Subject => ({
    key: name,
    label: `var.${name}`,
    domain: [true, false],
  }));
  const text = when((decide) =>
    flags.every((flag) => decide({ kind: "is-one-of", subject: flag, values: [true] }) === true),
  );
  expect(text).toBe(
    "var.a is true and var.b is true and var.c is true and var.d is true and var.e is true and 3 other conditions hold",
  );
});

test("lists the values of one thing, however many they are", () => {
  const names = "abcdefghij".split("");
  const text = when((decide) => names.some((name) => decide(isOneOf(region, name)) === true));
  expect(text).toBe(`AWS::Region is ${names.join(" or ")}`);
});
