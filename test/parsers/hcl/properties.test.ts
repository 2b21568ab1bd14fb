import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  parseHcl,
  parseHclExpression,
  parseHclTemplate,
} from "../../../src/parsers/hcl/parse-hcl.js";
import { fixtureNames, readFixture } from "./fixture-files.js";
import { findRangeProblems, findRangeProblemsIn } from "./syntax-nodes.js";

/** What holds for the result of reading any text. */
function checkReading(text: string): void {
  const { body, comments, errors } = parseHcl(text);
  expect(body.range).toEqual({ start: 0, end: text.length });
  expect(findRangeProblems(body)).toEqual([]);
  expect(findRangeProblemsIn(text, comments)).toEqual([]);
  for (const { message, range } of errors) {
    expect(message).toMatch(/^[^A-Z].*[^.\s]$/s);
    expect(range.start).toBeGreaterThanOrEqual(0);
    expect(range.end).toBeGreaterThanOrEqual(range.start);
    expect(range.end).toBeLessThanOrEqual(text.length);
  }
}

const snippets = [
  ..."{ } [ ] ( ) \" ' ` ~ \\ $ % & | ^ ; : , . = < > + - * / ! ? # @".split(" "),
  " ",
  "\n",
  "\r",
  "\t",
  "${",
  "%{ if a }",
  "%{ else }",
  "%{ endif }",
  "%{ for a in b }",
  "~}",
  "$${",
  "...",
  "=>",
  "::",
  "<<E\n",
  "<<-E\n",
  "\nE\n",
  "/*",
  "*/",
  "[*]",
  ".*",
  "for a in b :",
  "for",
  "if",
  "null",
  "a",
  "b.c",
  "1.5",
  ".0",
  '"x"',
  "f(",
  "\u00e9",
  "\u00a0",
  "\ufeff",
  "😀",
  "\ud800",
  "a {\n",
  "  b = 1\n",
];

const anyFixture = fc.constantFrom(...fixtureNames.map(readFixture));

describe("reading never fails, and ranges are sound", () => {
  test("for any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 50 }), checkReading), {
      numRuns: 1000,
    });
  });

  test("for any row of what HCL consists of", () => {
    const rows = fc.array(fc.constantFrom(...snippets), { maxLength: 25 });
    fc.assert(
      fc.property(
        rows.map((row) => row.join("")),
        checkReading,
      ),
      { numRuns: 5000 },
    );
  });

  test("for files that are cut off", () => {
    const cut = fc.tuple(anyFixture, fc.nat()).map(([text, at]) => text.slice(0, at % text.length));
    fc.assert(fc.property(cut, checkReading), { numRuns: 500 });
  });

  test("for files that are broken in a few places", () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      removed: fc.nat(4),
      inserted: fc.oneof(fc.constant(""), fc.constantFrom(...snippets)),
    });
    const broken = fc
      .tuple(anyFixture, fc.array(change, { minLength: 1, maxLength: 4 }))
      .map(([original, changes]) => {
        let text = original;
        for (const { at, removed, inserted } of changes) {
          const start = Math.floor(at * text.length);
          text = text.slice(0, start) + inserted + text.slice(start + removed);
        }
        return text;
      });
    fc.assert(fc.property(broken, checkReading), { numRuns: 1500 });
  });

  test("for expressions and templates", () => {
    const rows = fc.array(fc.constantFrom(...snippets), { maxLength: 15 });
    fc.assert(
      fc.property(
        rows.map((row) => row.join("")),
        (text) => {
          expect(findRangeProblemsIn(text, [parseHclExpression(text).expression])).toEqual([]);
          expect(findRangeProblemsIn(text, parseHclTemplate(text).parts)).toEqual([]);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

test("line endings and a byte order mark change nothing but ranges", () => {
  const names = (text: string): unknown => {
    const { body } = parseHcl(text);
    return [...body.attributes, ...body.blocks].map(
      (item) => ("type" in item ? item.type : item.name).name,
    );
  };
  fc.assert(
    fc.property(anyFixture, (text) => {
      const unix = text.replaceAll("\r\n", "\n");
      expect(names(unix.replaceAll("\n", "\r\n"))).toEqual(names(unix));
      expect(parseHcl(unix.replaceAll("\n", "\r\n")).errors).toEqual([]);
      expect(parseHcl(`\ufeff${unix.replace("\ufeff", "")}`).errors).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
