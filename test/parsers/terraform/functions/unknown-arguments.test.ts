import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { terraformFunctions } from "../../../../src/parsers/terraform/functions/index.js";
import type { FunctionResult } from "../../../../src/parsers/terraform/functions/terraform-function.js";
import { type Evaluated, unknown } from "../../../../src/values/evaluated.js";
import type { Scalar } from "../../../../src/values/value.js";
import { argumentOrigin, callContext } from "./call-context.js";
import type { OracleFile, OracleValue, RecordedCase } from "./oracle-case.js";
import { toEvaluated, toPlain } from "./to-evaluated.js";

/**
 * Whatever is said of a call with something unknown must hold for every value that may turn out to
 * be there: so for each recorded call, with each part of its arguments unknown in turn.
 */
const directory = "fixtures/oracle/terraform-functions";

for (const name of readdirSync(directory).sort()) {
  const { cases } = JSON.parse(readFileSync(`${directory}/${name}`, "utf8")) as OracleFile;
  const decided = cases.filter((one) => one.error !== true && !isOpen(one));
  const names = [...new Set(decided.map((one) => one.function))];
  describe(name.replace(".json", ""), () => {
    test.each(names)("%s", (called) => {
      for (const one of decided) if (one.function === called) checkCall(one);
    });
  });
}

/**
 * Functions that make elements one type. We do not know an unknown's type, and take the others for
 * what they are, though beside a string a number would become one: 1 and "1" are the same here.
 */
const unifying = ["chunklist", "coalesce", "concat", "setproduct", "tolist", "tomap"];

function isOpen(one: RecordedCase): boolean {
  return JSON.stringify(one).includes('"$unknown"');
}

function checkCall(recorded: RecordedCase): void {
  const parameters = recorded.arguments.map((value, index) =>
    toEvaluated(value, argumentOrigin(index)),
  );
  for (const [index, parameter] of parameters.entries()) {
    for (const opened of openings(parameter)) {
      const given = parameters.with(index, opened);
      const result = terraformFunctions.get(recorded.function)?.(given, callContext());
      const said = `${recorded.function}(${JSON.stringify(given.map(toPlain))})`;
      expect(result?.ok, `${said} fails: ${messageOf(result)}`).toBe(true);
      if (result?.ok !== true || recorded.result === undefined) continue;
      const because = `${said} is ${JSON.stringify(toPlain(result.value))}, not ${JSON.stringify(recorded.result)}`;
      const isLoose = unifying.includes(recorded.function);
      const [value, actual] = isLoose
        ? [withTexts(result.value), textsOf(recorded.result)]
        : [result.value, recorded.result];
      expect(allows(value, actual), because).toBe(true);
    }
  }
}

function messageOf(result: FunctionResult | undefined): string {
  return result?.ok === false ? result.message : "";
}

/** The value with each of its parts unknown in turn, once as a whole and once as one of two values. */
function* openings(value: Evaluated): Iterable<Evaluated> {
  const open = unknown({ kind: "variable-without-default", name: "x" }, value.origin);
  yield open;
  if (value.state === "known") yield { ...open, possible: [value.value, another(value.value)] };
  if (value.state === "list" && value.collection !== "set") {
    for (const [index, item] of value.items.entries()) {
      for (const opened of openings(item)) {
        yield { ...value, items: value.items.with(index, opened) };
      }
    }
  }
  if (value.state !== "map") return;
  for (const [key, entry] of value.entries) {
    for (const opened of openings(entry.value)) {
      const changed = { key: entry.key, value: opened };
      yield { ...value, entries: new Map([...value.entries, [key, changed]]) };
    }
  }
}

function another(scalar: Scalar): Scalar {
  if (typeof scalar === "boolean") return !scalar;
  return typeof scalar === "number" ? scalar + 1 : `${scalar}x`;
}

/** The value with texts in place of numbers and booleans. */
function withTexts(value: Evaluated): Evaluated {
  switch (value.state) {
    case "known":
      return { ...value, value: String(value.value) };
    case "list":
      return { ...value, items: value.items.map(withTexts) };
    case "map": {
      const entries = [...value.entries].map(
        ([key, entry]) => [key, { key: entry.key, value: withTexts(entry.value) }] as const,
      );
      return { ...value, entries: new Map(entries) };
    }
    case "unknown":
      return unknown(value.reason, value.origin);
    case "unset":
      return value;
  }
}

function textsOf(value: OracleValue): OracleValue {
  if (value === null) return null;
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.map(textsOf);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, textsOf(part)]));
}

/** Whether a result leaves room for what it turned out to be. */
function allows(result: Evaluated, actual: OracleValue): boolean {
  switch (result.state) {
    case "unknown":
      return result.possible === undefined || result.possible.some((value) => value === actual);
    case "unset":
      return actual === null;
    case "known":
      return result.value === actual;
    case "list":
      return (
        Array.isArray(actual) &&
        result.items.length === actual.length &&
        result.items.every((item, index) => allows(item, actual[index] as OracleValue))
      );
    case "map": {
      if (actual === null || typeof actual !== "object" || Array.isArray(actual)) return false;
      const entries = new Map(Object.entries(actual));
      return (
        result.entries.size === entries.size &&
        [...result.entries].every(([key, entry]) => {
          const value = entries.get(key);
          return value !== undefined && allows(entry.value, value);
        })
      );
    }
  }
}
