import fc from "fast-check";
import { parseToObject } from "hcl2-parser";
import { describe, expect, test } from "vitest";
import { parseHcl } from "../../../src/parsers/hcl/parse-hcl.js";
import { arbitraryExpression } from "./arbitrary-tree.js";
import { fixtureNames, readFixture } from "./fixture-files.js";
import { printBody } from "./print-tree.js";
import { type Json, toHcl2Json } from "./to-hcl2-json.js";

/** Its own declaration says nothing about types. Gives null for texts with errors. */
const parseToJson = parseToObject as (text: string) => readonly [Json | null];

/**
 * What HashiCorp's parser makes of a text; undefined if it rejects it. Where only the conversion to
 * JSON fails, which it does for some keys, gives the string "no answer".
 */
function parseWithOracle(text: string): Json | undefined {
  try {
    return parseToJson(text)[0] ?? undefined;
  } catch {
    return "no answer";
  }
}

function parseOurs(text: string): Json | undefined {
  const { body, errors } = parseHcl(text);
  return errors.length === 0 ? toHcl2Json(text, body) : undefined;
}

/** Without what HashiCorp's parser of 2021 did not know. */
const names = fixtureNames.filter((name) => name !== "namespaced-functions.tf");

describe("hcl2-parser reads the same", () => {
  test.each(names)("in %s", (name) => {
    const text = readFixture(name);
    expect(parseOurs(text)).toEqual(parseWithOracle(text));
  });

  // Of bodies the convention keeps too little: blocks and attributes of one name become one.
  test("in generated expressions", () => {
    fc.assert(
      fc.property(arbitraryExpression, fc.nat(), (value, seed) => {
        const text = printBody({ attributes: [{ name: { name: "a" }, value }], blocks: [] }, seed);
        // It does not know the first, fails on or swallows the second, and computes the third.
        fc.pre(!/::|null/.test(text) && !JSON.stringify(value).includes('"unary"'));
        const expected = parseWithOracle(text);
        expect(expected).toBeDefined();
        if (expected !== "no answer") expect(parseOurs(text)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

describe("hcl2-parser rejects the same", () => {
  const lines = names
    .flatMap((name) => readFixture(name).split(/\r?\n/))
    .filter((line) => line !== "");

  test("among lines out of their context and with a character missing", () => {
    const line = fc.tuple(fc.constantFrom(...lines), fc.option(fc.nat(), { nil: undefined }));
    fc.assert(
      fc.property(line, ([original, missing]) => {
        // Whole characters: half of a pair cannot be written in UTF-8, which Go's parser reads.
        const characters = Array.from(original);
        const at = missing === undefined ? characters.length : missing % characters.length;
        const text = `${characters.toSpliced(at, 1).join("")}\n`;
        const isRejected = parseWithOracle(text) === undefined;
        expect({ text, isRejected: parseOurs(text) === undefined }).toEqual({ text, isRejected });
      }),
      { numRuns: 400 },
    );
  });
});
