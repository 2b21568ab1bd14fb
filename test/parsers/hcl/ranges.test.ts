import { describe, expect, test } from "vitest";
import { parseHcl, parseHclExpression } from "../../../src/parsers/hcl/parse-hcl.js";
import { findRangeProblems, nodesWithin, type SyntaxNode } from "./syntax-nodes.js";

/** `kind: text` of every node that has a kind, outer ones first. */
function cutOut(text: string, root: SyntaxNode): readonly string[] {
  expect(findRangeProblems(root)).toEqual([]);
  const cut: string[] = [];
  for (const node of nodesWithin(root)) {
    if (!("kind" in node)) continue;
    cut.push(`${String(node.kind)}: ${text.slice(node.range.start, node.range.end)}`);
  }
  return cut;
}

function cutExpression(text: string): readonly string[] {
  const { expression, errors } = parseHclExpression(text);
  expect(errors).toEqual([]);
  return cutOut(text, expression);
}

describe("expressions are cut out exactly", () => {
  test("operators, without what is around them", () => {
    expect(cutExpression(" a + -b  *  1 ")).toEqual([
      "binary: a + -b  *  1",
      "variable: a",
      "binary: -b  *  1",
      "unary: -b",
      "variable: b",
      "literal: 1",
    ]);
  });

  test("conditionals and parentheses", () => {
    expect(cutExpression("( a ) ? b : null")).toEqual([
      "conditional: ( a ) ? b : null",
      "parentheses: ( a )",
      "variable: a",
      "variable: b",
      "literal: null",
    ]);
  });

  test("traversals", () => {
    expect(cutExpression('a.b[ "c" ].0')).toEqual([
      'index: a.b[ "c" ].0',
      'index: a.b[ "c" ]',
      "attribute: a.b",
      "variable: a",
      'template: "c"',
      "text: c",
      "literal: 0",
    ]);
  });

  test("splats, whose element stands where the star does", () => {
    expect(cutExpression("a[*].b[0]")).toEqual([
      "splat: a[*].b[0]",
      "variable: a",
      "index: [*].b[0]",
      "attribute: [*].b",
      "variable: [*]",
      "literal: 0",
    ]);
    expect(cutExpression("a.*.b[0]")).toEqual([
      "index: a.*.b[0]",
      "splat: a.*.b",
      "variable: a",
      "attribute: .*.b",
      "variable: .*",
      "literal: 0",
    ]);
  });

  test("calls, tuples, objects and `for`", () => {
    expect(cutExpression("n :: f( [a,], {b = c, }, [for d in e : d]... )")).toEqual([
      "call: n :: f( [a,], {b = c, }, [for d in e : d]... )",
      "tuple: [a,]",
      "variable: a",
      "object: {b = c, }",
      "template: b",
      "text: b",
      "variable: c",
      "for: [for d in e : d]",
      "variable: e",
      "variable: d",
    ]);
  });

  test("templates", () => {
    expect(cutExpression('"a\\n${ b ~} c%{ if d }e%{ else }%{ endif }"')).toEqual([
      'template: "a\\n${ b ~} c%{ if d }e%{ else }%{ endif }"',
      "text: a\\n",
      "interpolation: ${ b ~}",
      "variable: b",
      "text:  c",
      "if: %{ if d }e%{ else }%{ endif }",
      "variable: d",
      "text: e",
    ]);
  });

  test("characters of two UTF-16 code units", () => {
    expect(cutExpression('["😀${a}", 𝒳]')).toEqual([
      'tuple: ["😀${a}", 𝒳]',
      'template: "😀${a}"',
      "text: 😀",
      "interpolation: ${a}",
      "variable: a",
      "variable: 𝒳",
    ]);
  });
});

describe("bodies are cut out exactly", () => {
  const text = '\ufeff# x\r\na "b" c {\r\n  d = <<-E\r\n    f ${g}\r\n    E  \r\n}\r\n';
  const { body, errors } = parseHcl(text);
  const [block] = body.blocks;
  const attribute = block?.body.attributes[0];

  function cut(range: { start: number; end: number } | undefined): string | undefined {
    return range && text.slice(range.start, range.end);
  }

  test("heredocs, from `<<` to the end of the closing line", () => {
    expect(errors).toEqual([]);
    expect(cut(attribute?.value.range)).toBe("<<-E\r\n    f ${g}\r\n    E  ");
    expect(cut(attribute?.range)).toBe("d = <<-E\r\n    f ${g}\r\n    E  ");
  });

  test("dedented text starts behind the indentation", () => {
    const parts = attribute?.value.kind === "template" ? attribute.value.parts : [];
    expect(parts.map((part) => cut(part.range))).toEqual(["f ", "${g}", "\r\n"]);
  });

  test("blocks, headers, labels and bodies", () => {
    expect(cut(block?.range)).toBe(text.slice(text.indexOf("a "), text.lastIndexOf("}") + 1));
    expect(cut(block?.header)).toBe('a "b" c');
    expect(block?.labels.map((label) => cut(label.range))).toEqual(['"b"', "c"]);
    expect(cut(block?.body.range)).toBe(text.slice(text.indexOf("{") + 1, text.lastIndexOf("}")));
    expect(body.range).toEqual({ start: 0, end: text.length });
  });
});

test("an offset shifts every range", () => {
  const text = 'a + "b${c[0]}" * f(x)';
  const shifted = [...nodesWithin(parseHclExpression(text, { offset: 1000 }).expression)];
  const plain = [...nodesWithin(parseHclExpression(text).expression)];
  expect(shifted.map(({ range }) => [range.start - 1000, range.end - 1000])).toEqual(
    plain.map(({ range }) => [range.start, range.end]),
  );
  expect(parseHclExpression("a b", { offset: 10 }).errors[0]?.range).toEqual({
    start: 12,
    end: 13,
  });
});
