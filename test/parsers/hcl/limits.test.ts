import { describe, expect, test } from "vitest";
import {
  parseHcl,
  parseHclExpression,
  parseHclTemplate,
} from "../../../src/parsers/hcl/parse-hcl.js";
import { MAXIMUM_CHAIN, MAXIMUM_DEPTH } from "../../../src/parsers/hcl/token-reader.js";

function fill(piece: string, size = 100_000): string {
  return piece.repeat(Math.ceil(size / piece.length));
}

/** Quadratic behaviour would run into the test's time limit. */
function expectToFinish(read: () => unknown): void {
  expect(read).not.toThrow();
}

describe("a megabyte of what nests does not overflow the stack", () => {
  test.each(["[", "-", '"${', "{", "a.", "f(", "a + ", "a ? b : "])("%j", (piece) => {
    const text = fill(piece, 1_000_000);
    expectToFinish(() => parseHcl(`a = ${text}`));
  });

  test.each(["[", "-", "a."])("%j in an expression", (piece) => {
    const text = fill(piece, 1_000_000);
    expectToFinish(() => parseHclExpression(text));
  });

  test.each(["${", "%{ if a }", "${[", "%{ else }"])("%j in a template", (piece) => {
    const text = fill(piece, 1_000_000);
    expectToFinish(() => parseHclTemplate(text));
  });
});

describe("whatever comes in great number is read in linear time", () => {
  test.each([
    ["(", "a = "],
    ["{a=", "a = "],
    ["{\n", "a = "],
    ["!", "a = "],
    ["a[", "a = "],
    ["a?", "a = "],
    ["a && b || ", "a = "],
    ["[*]", "a = a"],
    [".*.a", "a = a"],
    ["[0]", "a = a"],
    ["[for x in ", "a = "],
    ["{for x in y : ", "a = "],
    ["a {\n", ""],
    ["a {\n b = {\n", ""],
    [".0", "a = a"],
    ["::a", "a = a"],
    [".1", "a = 1"],
    ["%{ if a }", 'a = "'],
    ["%{ else }", 'a = "'],
    ["${a ~}  ", 'a = "'],
    ["$", 'a = "'],
    ["\\", 'a = "'],
    ["\\u", 'a = "'],
    ["${", "a = <<E\n"],
    [" \n", "a = <<-E\n"],
    ["}\n\n", "  a = <<E\n"],
    ['a "b" ', "  a = <<E\n"],
    ["a {\n  }\n", ""],
    ["}\n", ""],
    ['"\n', ""],
    ['a = "\n', ""],
    ['"a\n', "a = [\n"],
    ["a = <<E\n", ""],
    ["a = [\n", ""],
    ["a = f(\n", ""],
    ["a = {\n b = 1\n", ""],
    ["/*\n", ""],
    [",", "a = ["],
    ["a ", "a = ["],
    ["a=1 ", "a = {"],
    ["\n", "a = [1"],
    ["a b ", ""],
    ["@", ""],
  ])("%j", (piece, start) => {
    const text = start + fill(piece);
    expectToFinish(() => parseHcl(text));
  });

  test("heredocs with ever other markers", () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `  a = <<E${index}\n  x\n`);
    expectToFinish(() => parseHcl(lines.join("")));
  });
});

describe("depth", () => {
  function nest(depth: number): string {
    return `a = ${"[".repeat(depth)}${"]".repeat(depth)}\n`;
  }

  test("is limited", () => {
    expect(parseHcl(nest(MAXIMUM_DEPTH - 1)).errors).toEqual([]);
    expect(parseHcl(nest(MAXIMUM_DEPTH + 1)).errors).toEqual([
      {
        code: "too-deep",
        message: "nested more than 250 levels deep; nothing is read from here on",
        range: { start: 4 + MAXIMUM_DEPTH, end: 5 + MAXIMUM_DEPTH },
      },
    ]);
  });

  test("costs nothing that comes before", () => {
    const { body } = parseHcl(`b = 1\n${nest(MAXIMUM_DEPTH + 1)}`);
    expect(body.attributes.map(({ name }) => name.name)).toEqual(["b", "a"]);
  });

  test.each([
    "(",
    "-",
    "!",
    "{a = ",
    "f(",
    "a[",
    "a ? ",
    "[for x in ",
    "1 || 1 && 1 == 1 < 1 + 1 * (",
    '"${',
    '"%{ if ',
    "a {\n",
  ])("gives one error however it is nested: %j", (piece) => {
    const text = piece === "a {\n" ? fill(piece) : `a = ${fill(piece)}`;
    expect(parseHcl(text).errors).toMatchObject([{ code: "too-deep" }]);
  });

  test("is counted in templates as a whole", () => {
    const directives = "%{ if a }".repeat(300) + "%{ endif }".repeat(300);
    expect(parseHclTemplate(directives).errors).toMatchObject([{ code: "too-deep" }]);
  });
});

describe("chains", () => {
  test.each([
    ["operators", `a${" + a".repeat(5000)}`, "more than 1000 operators in a row"],
    ["traversal steps", `a${".a".repeat(5000)}`, "more than 1000 steps in one traversal"],
    ["splat steps", `a[*]${".a".repeat(5000)}`, "more than 1000 steps in one traversal"],
  ])("of too many %s cost only their attribute", (_name, text, message) => {
    const { body, errors } = parseHcl(`b = ${text}\nc = 1\n`);
    expect(errors).toMatchObject([{ code: "too-deep", message }]);
    expect(body.attributes).toMatchObject([
      { value: { range: { start: 4, end: 4 + text.length } } },
      { name: { name: "c" }, value: { value: 1 } },
    ]);
  });

  test("may be long", () => {
    expect(parseHcl(`a = a${" + a".repeat(MAXIMUM_CHAIN)}\n`).errors).toEqual([]);
    expect(parseHcl(`a = a${".a".repeat(MAXIMUM_CHAIN)}\n`).errors).toEqual([]);
  });
});
