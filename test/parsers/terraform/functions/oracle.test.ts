import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { firstUnknownIn } from "../../../../src/parsers/terraform/conversion.js";
import { terraformFunctions } from "../../../../src/parsers/terraform/functions/index.js";
import type { FunctionResult } from "../../../../src/parsers/terraform/functions/terraform-function.js";
import type { Evaluated } from "../../../../src/values/evaluated.js";
import { argumentOrigin, callContext } from "./call-context.js";
import { limits } from "./limits.js";
import type { OracleFile, RecordedCase } from "./oracle-case.js";
import { toEvaluated, toPlain } from "./to-evaluated.js";

const directory = "fixtures/oracle/terraform-functions";

for (const name of readdirSync(directory).sort()) {
  const { program, cases } = readFile(name);
  describe(`${name.replace(".json", "")} as ${program} has it`, () => {
    test.each(
      cases.map((recorded) => [describeCall(recorded).replaceAll("%", "%%"), recorded] as const),
    )("%s", (_, recorded) => {
      const parameters = recorded.arguments.map((value, index) =>
        toEvaluated(value, argumentOrigin(index)),
      );
      const call = describeCall(recorded);
      const result = terraformFunctions.get(recorded.function)?.(parameters, callContext());
      const limit = limits.find((candidate) => candidate.call.test(call));
      if (limit !== undefined) {
        expect(isOpen(result), `${call} is known, though ${limit.because}`).toBe(true);
        return;
      }
      if (recorded.error === true) {
        expect(result?.ok).toBe(false);
        return;
      }
      if (result?.ok !== true) throw new Error(result?.message ?? "no such function");
      expect(toPlain(result.value)).toEqual(recorded.result);
      if (recorded.type !== undefined) {
        expect(recorded.type).toMatch(typePattern(recorded.function, result.value));
      }
    });
  });
}

test("every limit is met by some case", () => {
  const calls = readdirSync(directory).flatMap((name) => readCases(name).map(describeCall));
  for (const { call, because } of limits) {
    expect(
      calls.some((text) => call.test(text)),
      because,
    ).toBe(true);
  }
});

function isOpen(result: FunctionResult | undefined): boolean {
  return result?.ok === true && firstUnknownIn(result.value) !== undefined;
}

function readCases(name: string): readonly RecordedCase[] {
  return readFile(name).cases;
}

function readFile(name: string): OracleFile {
  return JSON.parse(readFileSync(`${directory}/${name}`, "utf8")) as OracleFile;
}

function describeCall({ function: name, arguments: values }: RecordedCase): string {
  return `${name}(${values.map((value) => JSON.stringify(value)).join(", ")})`;
}

/** What Terraform's type of that value starts with. Maps and objects are one thing here. */
function typePattern(name: string, value: Evaluated): RegExp {
  switch (value.state) {
    case "known":
      return new RegExp(`^${typeof value.value === "boolean" ? "bool" : typeof value.value}$`);
    case "map":
      return /^(?:map|object)\(/;
    case "list":
      return name === "keys" || name === "values"
        ? /^(?:list|tuple)\(/
        : new RegExp(`^${value.collection}\\(`);
    case "unset":
    case "unknown":
      return /^/;
  }
}
