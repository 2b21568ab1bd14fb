import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  functionFamilies,
  terraformFunctions,
} from "../../../../src/parsers/terraform/functions/index.js";
import { openTofuFunctions } from "../../../../src/parsers/terraform/functions/opentofu.js";
import type { OracleFile } from "./oracle-case.js";

/** The names that each program has, by program. */
const recorded = JSON.parse(
  readFileSync("fixtures/oracle/function-names.json", "utf8"),
) as Readonly<Record<"terraform" | "tofu", readonly string[]>>;

/** Those that want their arguments unevaluated; they are in `calls.ts`. */
const unevaluated = ["can", "try"];

describe.each(Object.entries(recorded))("%s", (_, names) => {
  test.each(names.filter((name) => !unevaluated.includes(name)))("has %s, and so do we", (name) => {
    expect(terraformFunctions.has(name)).toBe(true);
  });
});

test("there is no function that no program has", () => {
  const all = new Set([...recorded.terraform, ...recorded.tofu]);
  const ours = [...terraformFunctions.keys()].filter((name) => !name.startsWith("provider::"));
  expect(ours.filter((name) => !all.has(name))).toEqual([]);
});

test("OpenTofu's own functions are those that Terraform has not", () => {
  const own = recorded.tofu.filter((name) => !recorded.terraform.includes(name));
  expect(Object.keys(openTofuFunctions).sort()).toEqual(own.sort());
});

test("every function whose result can be known has recorded cases", () => {
  const directory = "fixtures/oracle/terraform-functions";
  const called = new Set(
    readdirSync(directory).flatMap((name) => {
      const file = JSON.parse(readFileSync(`${directory}/${name}`, "utf8")) as OracleFile;
      return file.cases.map((one) => one.function);
    }),
  );
  const computed = [...terraformFunctions]
    .filter(([, run]) => run.unknownBecause === undefined)
    .map(([name]) => name);
  expect(computed.filter((name) => !called.has(name))).toEqual([]);
});

test("no name is in two families", () => {
  const names = Object.values(functionFamilies).flatMap((family) => Object.keys(family));
  expect(names).toHaveLength(new Set(names).size);
});
