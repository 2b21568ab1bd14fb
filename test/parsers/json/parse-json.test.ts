import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/parsers/json/parse-json.js";
import type { DataNode } from "../../../src/parsers/yaml/syntax-tree.js";
import { expectNestedRanges, expectOrderedRanges } from "../yaml/ranges.js";
import { contains } from "../../../src/source/text-range.js";

/** What the tree means as JavaScript data; the last of equal keys wins, as in `JSON.parse`. */
function toData(node: DataNode): unknown {
  switch (node.kind) {
    case "scalar":
      return node.style === "plain" ? JSON.parse(node.text) : node.text;
    case "sequence":
      return node.items.map(toData);
    case "mapping": {
      const data: Record<string, unknown> = {};
      for (const { key, value } of node.entries) {
        const property = { value: toData(value), writable: true, enumerable: true };
        Object.defineProperty(data, key.text, { ...property, configurable: true });
      }
      return data;
    }
  }
}

/** The same, but empty where a value is missing and as text what JSON does not know. */
function toLooseData(node: DataNode): unknown {
  if (node.kind === "sequence") return node.items.map(toLooseData);
  if (node.kind === "mapping") {
    return Object.fromEntries(
      node.entries.map(({ key, value }) => [key.text, toLooseData(value)] as const),
    );
  }
  if (node.style !== "plain") return node.text;
  try {
    return JSON.parse(node.text) as unknown;
  } catch {
    return node.text === "" ? undefined : `?${node.text}`;
  }
}

function parseByEngine(text: string): { data: unknown } | undefined {
  try {
    return { data: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function syntaxErrors(text: string): readonly string[] {
  return parseJson(text)
    .errors.filter(({ code }) => code === "syntax")
    .map(({ message, range }) => `${range.start}-${range.end} ${message}`);
}

const jsonText = fc
  .tuple(
    fc.jsonValue({ maxDepth: 6, noUnicodeString: false }),
    fc.constantFrom(undefined, 1, "\t", "  "),
  )
  .map(([data, indent]) => JSON.stringify(data, undefined, indent));

/** Texts near JSON: most are broken in one place. */
const brokenJson = fc
  .tuple(
    jsonText,
    fc.nat(),
    fc.nat(4),
    fc.constantFrom(
      "",
      ",",
      "}",
      "]",
      '"',
      "{",
      "[",
      ":",
      "\\",
      "\n",
      "//x\n",
      "/*",
      "'",
      "e",
      "0",
    ),
  )
  .map(([text, at, removed, inserted]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + inserted + text.slice(start + removed);
  });

const marksSoup = fc
  .array(
    fc.constantFrom(
      ...["{", "}", "[", "]", ",", ":", '"', "'", "\\", "/", "*", "\n", "\r", "\t", " ", "#"],
      "true",
      "-1.5e3",
      "01",
      '"a"',
      "\u00a0",
      "\ufeff",
      "//",
      "!Ref",
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

describe("parseJson on JSON", () => {
  it.each([
    "{}",
    "[]",
    " [ ] ",
    '""',
    "0",
    "-0.5E+10",
    "true",
    "null",
    '{"a":{"b":[1,2,{"c":null}]}}',
    '"\\u00e9\\ud83d\\ude00\\"\\\\\\/\\b\\f\\n\\r\\t"',
    '{"__proto__": 1}',
    "[1,\r\n\t2]",
    '"\u2028 \u007f"',
  ])("reads %s as JSON.parse does", (text) => {
    const { root, errors } = parseJson(text);
    expect(errors).toEqual([]);
    expect(root && toData(root)).toEqual(JSON.parse(text));
  });

  it("gives styles, source text and ranges", () => {
    const { root } = parseJson('{ "Hops": [1.50, "\\u0061"] }');
    expect(root).toEqual({
      kind: "mapping",
      style: "flow",
      range: { start: 0, end: 28 },
      entries: [
        {
          key: {
            kind: "scalar",
            text: "Hops",
            style: "double-quoted",
            range: { start: 2, end: 8 },
          },
          value: {
            kind: "sequence",
            style: "flow",
            range: { start: 10, end: 26 },
            items: [
              { kind: "scalar", text: "1.50", style: "plain", range: { start: 11, end: 15 } },
              { kind: "scalar", text: "a", style: "double-quoted", range: { start: 17, end: 25 } },
            ],
          },
        },
      ],
    });
  });

  it("skips a byte order mark", () => {
    const { root, errors } = parseJson('\ufeff{"a":1}');
    expect(errors).toEqual([]);
    expect(root?.range).toEqual({ start: 1, end: 8 });
  });

  it("accepts what JSON.parse accepts, with equal data", () => {
    fc.assert(
      fc.property(fc.oneof(jsonText, brokenJson, marksSoup, fc.string()), (text) => {
        const expected = parseByEngine(text);
        const { root, errors } = parseJson(text);
        const isAccepted = errors.every(({ code }) => code !== "syntax");
        // The byte order mark is the one thing that we allow and JSON.parse does not.
        if (!text.startsWith("\ufeff")) expect(isAccepted).toBe(expected !== undefined);
        if (expected !== undefined) expect(root && toData(root)).toEqual(expected.data);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("parseJson on broken JSON", () => {
  it.each<[text: string, errors: readonly string[], data: unknown]>([
    ["", ["0-0 expected a value"], undefined],
    ['{"a": 1 "b": 2}', ["7-7 expected a comma"], { a: 1, b: 2 }],
    ['{"a": 1,}', ["7-8 a comma is not allowed after the last item"], { a: 1 }],
    ["[1, 2,\n]", ["5-6 a comma is not allowed after the last item"], [1, 2]],
    ["[1,, 2]", ['3-4 unexpected ","'], [1, 2]],
    ['{"a": "open\n "b": 2}', ["6-11 the string is not closed on this line"], { a: "open", b: 2 }],
    ['{"a": "open,\n"b": 2}', ["6-11 the string is not closed on this line"], { a: "open", b: 2 }],
    ['{"a": {"b": [1', ['14-14 expected "]"'], { a: { b: [1] } }],
    ['{"a": [1, {"b": 2], "c": 3}', ['17-17 expected "}"'], { a: [1, { b: 2 }], c: 3 }],
    ['{"a": [1}', ['8-8 expected "]"'], { a: [1] }],
    ["[1}]", ['2-3 unexpected "}"'], [1]],
    ['{"a": 1}, "b": 2}', ['7-8 unexpected "}", more of the object follows'], { a: 1, b: 2 }],
    ['{"a": 1}}', ['7-8 unexpected "}", more of the object follows'], { a: 1 }],
    ['{"a": 1} x', ["9-10 unexpected text after the end of the value"], { a: 1 }],
    ['{"a"\n "b": 2}', ["4-4 expected a colon after the key"], { a: undefined, b: 2 }],
    ['{"a":\n "b": 2}', ["5-5 expected a value"], { a: undefined, b: 2 }],
    ['{"a": , "b": 2}', ["5-5 expected a value"], { a: undefined, b: 2 }],
    ['{"a\n "b": 2}', ["1-3 the string is not closed on this line"], { a: undefined, b: 2 }],
    ['{"a" 1}', ["4-4 expected a colon after the key"], { a: 1 }],
    ["{a: 1}", ["1-2 expected a key in double quotes"], { a: 1 }],
    [
      "{'a': 'b'}",
      ["1-2 strings must stand in double quotes", "6-7 strings must stand in double quotes"],
      { a: "b" },
    ],
    [
      '{ // why\n "a": /* so */ 1}',
      ["2-8 comments are not allowed in JSON", "15-23 comments are not allowed in JSON"],
      { a: 1 },
    ],
    [
      "[01, +1, .5, True]",
      [
        "1-3 expected a string in double quotes, a number, true, false or null",
        "5-7 expected a string in double quotes, a number, true, false or null",
        "9-11 expected a string in double quotes, a number, true, false or null",
        "13-17 expected a string in double quotes, a number, true, false or null",
      ],
      ["?01", "?+1", "?.5", "?True"],
    ],
    [
      '["a\\x\\u12"]',
      ["3-5 this escape is not allowed in JSON", "5-7 this escape is not allowed in JSON"],
      ["a\\x\\u12"],
    ],
    ['["a\tb"]', ["3-4 control characters in strings must be escaped"], ["a\tb"]],
    ["[1,\u00a02]", ["3-4 this kind of space is not allowed in JSON"], [1, 2]],
    ['{"a": 1, {"b": 2}, "c": 3}', ["9-9 expected a key in double quotes"], { a: 1, c: 3 }],
  ])("reads %j", (text, errors, data) => {
    const { root } = parseJson(text);
    expect(syntaxErrors(text)).toEqual(errors);
    expect(root && toLooseData(root)).toEqual(data);
  });

  it("keeps equal keys and reports the later ones", () => {
    const { root, errors } = parseJson('{"a": 1, "b": {"a": 2}, "\\u0061": 3}');
    expect(errors).toEqual([
      {
        code: "duplicate-key",
        message: 'key "a" is already in this object',
        range: { start: 24, end: 32 },
      },
    ]);
    expect(root?.kind === "mapping" && root.entries.length).toBe(3);
  });

  it("allows 200 levels, reports deeper ones and goes on behind them", () => {
    const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
    expect(parseJson(nested(200)).errors).toEqual([]);

    const { root, errors } = parseJson(`[${nested(5000)}, "]", 1]`);
    expect(errors).toEqual([
      {
        code: "too-deep",
        message: "collections may be nested 200 deep",
        range: { start: 200, end: 201 },
      },
    ]);
    expect(root?.kind === "sequence" && root.items.length).toBe(3);
  });

  it("survives a hundred thousand open brackets", () => {
    const { errors } = parseJson('{"a":['.repeat(100_000));
    expect(errors.map(({ code }) => code)).toEqual(["too-deep", "syntax"]);
  });

  it("never throws, and gives ranges that nest", () => {
    fc.assert(
      fc.property(fc.oneof(brokenJson, marksSoup, fc.string({ unit: "binary" })), (text) => {
        const { root, errors } = parseJson(text);
        const whole = { start: 0, end: text.length };
        for (const { range } of errors) expect(contains(whole, range)).toBe(true);
        if (root === undefined) return;
        expectNestedRanges(root, whole);
        expectOrderedRanges(root);
      }),
      { numRuns: 3000 },
    );
  });
});
