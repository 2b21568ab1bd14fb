import { describe, expect, test } from "vitest";
import { parseHcl } from "../../../src/parsers/hcl/parse-hcl.js";
import type { Body } from "../../../src/parsers/hcl/syntax-tree.js";
import { sketchExpression } from "./sketch-tree.js";

function sketchBody(body: Body): string {
  const items = [
    ...body.attributes.map(({ name, value }) => `${name.name}=${sketchExpression(value)}`),
    ...body.blocks.map((block) => {
      const labels = block.labels.map((label) => ` ${JSON.stringify(label.value)}`).join("");
      return `${block.type.name}${labels}{${sketchBody(block.body)}}`;
    }),
  ];
  return items.join(" ");
}

function sketch(text: string): string {
  const { body, errors } = parseHcl(text);
  expect(errors).toEqual([]);
  return sketchBody(body);
}

describe("attributes", () => {
  test.each([
    ["", ""],
    ["a = 1", "a=1"],
    ["a=1\nb=2\n", "a=1 b=2"],
    ["a=1\r\nb=2\r\n", "a=1 b=2"],
    ["\n\n  a = 1\n\n", "a=1"],
    ["\ta\t=\t1\t\n", "a=1"],
    ["\ufeffa = 1\n", "a=1"],
    ["for = 1\ntrue = null\n", "for=1 true=null"],
    ["a-b = c-d\n", "a-b=c-d"],
    ["größe = 1\n", "größe=1"],
    ["a = (\n1\n+ 2\n)\n", "a=((+ 1 2))"],
    ["a = f(\n1,\n2\n)\nb = [\n3\n]\n", "a=(call f 1 2) b=[3]"],
    ["a = b ? {\nc = 1\n} : {\n}\n", 'a=(? b {"c"=1} {})'],
    ["a = <<E\nx\nE\nb = 1\n", 'a="x⏎" b=1'],
    ["a = [<<E\nx\nE\n, 1]\n", 'a=["x⏎" 1]'],
  ])("%j", (text, expected) => {
    expect(sketch(text)).toBe(expected);
  });
});

describe("blocks", () => {
  test.each([
    ["a {}", "a{}"],
    ["a {\n}\n", "a{}"],
    ['a "b" "c" {\n  d = 1\n}\n', 'a "b" "c"{d=1}'],
    ["a b c {\n}\n", 'a "b" "c"{}'],
    ['a"b"c{}\n', 'a "b" "c"{}'],
    ['a "" {}\n', 'a ""{}'],
    ['a "b\\n\\"\\u00e9" {}\n', 'a "b\\n\\"é"{}'],
    ['a "$${b}" {}\n', 'a "${b}"{}'],
    ["a { b = 1 }\n", "a{b=1}"],
    ["a { b = [\n1\n] }\n", "a{b=[1]}"],
    ["a { # x\n}\n", "a{}"],
    ["a {\n  b {\n    c = 1\n  }\n  d = 2\n}\n", "a{d=2 b{c=1}}"],
    ["a {}\na {}\n", "a{} a{}"],
  ])("%j", (text, expected) => {
    expect(sketch(text)).toBe(expected);
  });
});

describe("comments", () => {
  test("all three kinds are collected, without line endings", () => {
    const text = "# a\na = 1 // b\r\n/* c\n */ b = [ # d\n1]#";
    const { comments, errors } = parseHcl(text);
    expect(errors).toEqual([]);
    const cut = comments.map(({ range }) => text.slice(range.start, range.end));
    expect(cut).toEqual(["# a", "// b", "/* c\n */", "# d", "#"]);
  });

  test("none is found inside strings, but some is inside interpolations", () => {
    const text = 'a = "# a ${ /* b */ c} // d"\ne = <<E\n# f\nE\n';
    const { comments } = parseHcl(text);
    expect(comments.map(({ range }) => text.slice(range.start, range.end))).toEqual(["/* b */"]);
  });

  test("none is counted twice where reading went back", () => {
    const text = "a = [1, # x\n# y\nb = 2\n";
    const { comments } = parseHcl(text);
    expect(comments.map(({ range }) => text.slice(range.start, range.end))).toEqual(["# x", "# y"]);
  });
});

describe("duplicate attributes", () => {
  test("are reported at the later name, and all are kept", () => {
    const text = "a = 1\nb = 2\na = 3\n";
    const { body, errors } = parseHcl(text);
    expect(errors).toEqual([
      {
        code: "duplicate-key",
        message: "attribute `a` is already set on line 1",
        range: { start: 12, end: 13 },
      },
    ]);
    expect(body.attributes.map(({ name }) => name.name)).toEqual(["a", "b", "a"]);
  });

  test("are none in different bodies", () => {
    expect(parseHcl("a = 1\nb {\n  a = 1\n}\nb {\n  a = 1\n}\n").errors).toEqual([]);
  });
});
