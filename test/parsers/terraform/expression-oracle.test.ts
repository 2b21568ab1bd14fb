import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { evaluateIn } from "./evaluate-texts.js";
import type { ExpressionFile, RecordedExpression } from "./expression-case.js";

const directory = "fixtures/oracle/terraform-expressions";

for (const name of readdirSync(directory).sort()) {
  const module = `${directory}/${name}`;
  const texts = readModule(module);
  const { program, command, cases } = JSON.parse(
    readFileSync(`${module}/expressions.json`, "utf8"),
  ) as ExpressionFile;
  describe(`${name} as ${program} has them`, () => {
    for (const one of cases) {
      // What no longer differs must lose its note, so that the docs stay true.
      const check = one.difference === undefined ? test : test.fails;
      check(one.expression, () => {
        expectAnswer(one, command, evaluateIn(texts, one.expression));
      });
    }
  });
}

function expectAnswer(
  { result, error, known }: RecordedExpression,
  command: ExpressionFile["command"],
  { value, rejections }: ReturnType<typeof evaluateIn>,
): void {
  if (error === true) {
    expect(rejections).not.toEqual([]);
    return;
  }
  const comparable = command === "plan" ? withoutCollections(value) : value;
  expect(comparable).toEqual(known === undefined ? result : known);
  expect(rejections).toEqual([]);
}

function readModule(module: string): Readonly<Record<string, string>> {
  const paths = readdirSync(module, { recursive: true, encoding: "utf8" }).filter((path) =>
    /\.(?:tf|tfvars|tftpl)$/.test(path),
  );
  const texts = paths.map((path) => [path, readFileSync(`${module}/${path}`, "utf8")]);
  return Object.fromEntries(texts) as Readonly<Record<string, string>>;
}

/** Lists and sets as plain arrays. */
function withoutCollections(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCollections);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [[name, only] = ["", undefined]] = entries;
  if (name === "$tolist" || name === "$toset") return withoutCollections(only);
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutCollections(part)]));
}
