import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseYaml } from "../../../src/parsers/yaml/parse-yaml.js";
import type { DataNode } from "../../../src/parsers/yaml/syntax-tree.js";
import { parseTolerantly } from "../../../src/parsers/yaml/tolerant.js";
import { contains, type TextRange } from "../../../src/source/text-range.js";
import { nodeAt, outline } from "./outline.js";
import { yamlSoup } from "./yaml-arbitraries.js";

function parse(text: string): { documents: readonly DataNode[]; errors: readonly string[] } {
  const { documents, errors } = parseYaml(text, () => parseTolerantly);
  const cut = ({ start, end }: TextRange): string => text.slice(start, end);
  return {
    documents,
    errors: errors.map(({ code, message, range }) => `${code} at «${cut(range)}»: ${message}`),
  };
}

function outlines(text: string): readonly string[] {
  const { documents, errors } = parse(text);
  expect(errors).toEqual([]);
  return documents.map(outline);
}

describe("parseYaml", () => {
  it.each<[text: string, ...outlines: readonly string[]]>([
    ["a: 1\nb:\n  - x\n  - y: z\n", "map(a: 1, b: seq(x, map(y: z)))"],
    ["a:\n- x\n- y\nb: z", "map(a: seq(x, y), b: z)"],
    ["- - a\n  - b\n- c", "seq(seq(a, b), c)"],
    ["{a: [1, 2,], 'b': {}, \"c\":3}", `{a: [1, 2], 'b': {}, "c": 3}`],
    ["[a: 1, {b}, c]", "[{a: 1}, {b: }, c]"],
    ["a:\nb: ''\nc:", "map(a: , b: '', c: )"],
    ["? a\n: b\n? c", "map(a: b, c: )"],
    ["a: 'it''s'\nb: \"\\x41\\u00e9\\n\"\n", `map(a: 'it's', b: "Aé\\n")`],
    ["a: one\n  two\n\n  three", "map(a: one two\\nthree)"],
    ['a: "one\n  two\\\n  three"', 'map(a: "one twothree")'],
    ["a: |\n  x\n   y\n\nb: |-\n  z\n", "map(a: |x\\n y\\n|, b: |z|)"],
    ["a: |+\n  x\n\nb: |2-\n   y\n", "map(a: |x\\n\\n|, b: | y|)"],
    ["a: >\n  x\n  y\n\n  z\n", "map(a: >x y\\nz\\n>)"],
    ["a: !Ref b\nc: !Sub '${d}'\ne: !GetAtt\n", "map(a: !Ref b, c: !Sub '${d}', e: !GetAtt )"],
    ["!If\n- a\n- !Join [x, [y]]", "!If seq(a, !Join [x, [y]])"],
    ["a: !!str 1\nb: ! 2", "map(a: tag:yaml.org,2002:str 1, b: tag:yaml.org,2002:str 2)"],
    ["%TAG !e! tag:e.com:\n---\na: !e!f%21 b", "map(a: tag:e.com:f! b)"],
    ["a: !<tag:e.com:x> b", "map(a: tag:e.com:x b)"],
    ["a: &x 1\nb: *x\n*x : c", "map(a: 1, b: 1, 1: c)"],
    ["a: &x {b: 1}\nc:\n  <<: *x\n", "map(a: {b: 1}, c: map(<<: {b: 1}))"],
    ["# c\na: b # c\n# c\nc: d#e", "map(a: b, c: d#e)"],
    ["a: b\r\nc:\r\n  - d\r\n  - |\r\n    e\r\n    f\r\n", "map(a: b, c: seq(d, |e\\nf\\n|))"],
    ["a: b\rc: d\r", "map(a: b, c: d)"],
    ["\ufeffa: b", "map(a: b)"],
    ["%YAML 1.1\n---\na: yes\n...\n", "map(a: yes)"],
    ["---\na: 1\n---\n# nothing\n---\nb: 2\n", "map(a: 1)", "map(b: 2)"],
    ["a: [\n  b\n]\n", "map(a: [b])"],
    ["text", "text"],
    [""],
    ["# nothing\n---\n"],
  ])("reads %j", (text, ...expected) => {
    expect(outlines(text)).toEqual(expected);
  });

  it.each<[text: string, path: string, cut: string, start: number]>([
    ["a:  b  # c", "a?", "a", 0],
    ["a:  b  # c", "a", "b", 4],
    ["a: !Ref &x b", "a", "b", 11],
    ["!!str &k a : b", "a?", "a", 9],
    ["a: 'it''s' ", "a", "'it''s'", 3],
    ['a: !Sub "x\n  y" ', "a", '"x\n  y"', 8],
    ["a: x\n  y # c\nb: z", "a", "x\n  y", 3],
    ["a: | # c\n  x\n  y\n\nb: z", "a", "| # c\n  x\n  y", 3],
    ["a: !Sub >-\n  x  \n", "a", ">-\n  x  ", 8],
    ["a: |\nb: z", "a", "|", 3],
    ["a|b: |-\n  x", "a|b", "|-\n  x", 5],
    ["a:   # c\nb: z", "a", "", 2],
    ["a: !Ref  # c\nb: z", "a", "", 7],
    ["a:\n  -\n  - x", "a/0", "", 6],
    ["a:\n  - x\n  -  # c", "a/1", "", 12],
    ["{a: , b, c}", "a", "", 3],
    ["{a: , b , c}", "b", "", 7],
    ["? a\n? b\n: c", "a", "", 3],
    ["a:\n  b: 1\n  c:\n    d\n# c", "a", "b: 1\n  c:\n    d", 5],
    ["a:\n- x\n- y: 1\n  z: 2\nb: 3", "a", "- x\n- y: 1\n  z: 2", 3],
    ["a: !If\n  - x\n  - b:\nc: d", "a", "- x\n  - b:", 9],
    ["a: { b: [ 1, 2 , ] , } # c", "a", "{ b: [ 1, 2 , ] , }", 3],
    ["a: { b: [ 1, 2 , ] , } # c", "a/b", "[ 1, 2 , ]", 8],
    ["a: [x: 1 , y]", "a/0", "x: 1", 4],
    ["a: {\n} # c", "a", "{\n}", 3],
    ["a: [\n  b,\n]", "a", "[\n  b,\n]", 3],
    ["a:\n  &x k: v\n  l: w", "a", "k: v\n  l: w", 8],
    ["a: &x [1]\nb: [ *x ]", "b", "[ *x ]", 13],
    ["ä: 🚀\nb: c", "b", "c", 9],
  ])("gives the range in %j of %s", (text, path, cut, start) => {
    const { documents, errors } = parse(text);
    expect(errors).toEqual([]);
    const range = nodeAt(documents[0], path)?.range;
    expect(range).toEqual({ start, end: start + cut.length });
    expect(text.slice(start, start + cut.length)).toBe(cut);
  });

  it("gives the anchored node itself for an alias", () => {
    const { documents } = parse("a: &x [1]\nb: *x\nc: {d: *x}");
    const anchored = nodeAt(documents[0], "a");
    expect(anchored).toBeDefined();
    expect(nodeAt(documents[0], "b")).toBe(anchored);
    expect(nodeAt(documents[0], "c/d")).toBe(anchored);
  });

  it("takes the last anchor of that name before the alias, inner ones too", () => {
    expect(outlines("a: &x 1\nb: *x\nc: &x [&x 2, *x]\nd: *x")).toEqual([
      "map(a: 1, b: 1, c: [2, 2], d: 2)",
    ]);
  });

  it.each<[text: string, outline: string, ...errors: readonly string[]]>([
    [
      "a: 1\nb: 2\na: 3\n'a': 4",
      "map(a: 1, b: 2, a: 3, 'a': 4)",
      'duplicate-key at «a»: key "a" is already in this mapping',
      `duplicate-key at «'a'»: key "a" is already in this mapping`,
    ],
    ["a: &x {b: 1}\nc:\n  <<: *x\n  <<: *x", "map(a: {b: 1}, c: map(<<: {b: 1}, <<: {b: 1}))"],
    [
      "a: &k b\n*k : 1\nb: 2",
      "map(a: b, b: 1, b: 2)",
      'duplicate-key at «b»: key "b" is already in this mapping',
    ],
    [
      "? [a, b]\n: c\nd: e",
      "map(d: e)",
      "syntax at «[a, b]»: keys must be scalars, this is a sequence",
    ],
    ["a: {{ b }}", "map(a: {})", "syntax at «{ b }»: keys must be scalars, this is a mapping"],
    ["a: *x\nb: 1", "map(a: , b: 1)", "syntax at «*x»: alias *x has no anchor before it"],
    ["a: &x 1\n---\nb: *x", "map(a: 1)", "syntax at «*x»: alias *x has no anchor before it"],
    [
      "a: &x\n  b: *x\n  c: 1",
      "map(a: map(b: , c: 1))",
      "syntax at «*x»: alias *x stands inside its own anchor",
    ],
  ])("reads %j and reports", (text, expected, ...errors) => {
    const { documents, errors: reported } = parse(text);
    expect(documents[0] && outline(documents[0])).toBe(expected);
    expect(reported).toEqual(errors);
  });

  it("stops aliases of aliases before they fill the memory", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 20; level++) {
      const aliases = Array.from({ length: 9 }, () => `*a${level - 1}`).join(", ");
      lines.push(`a${level}: &a${level} [${aliases}]`);
    }
    const { documents, errors } = parse(lines.join("\n"));
    expect(errors[0]).toBe("too-deep at «*a4»: aliases stand for more than 100000 nodes");
    const count = (node: DataNode): number =>
      node.kind === "scalar"
        ? 1
        : node.kind === "sequence"
          ? node.items.reduce((sum, item) => sum + count(item), 1)
          : node.entries.reduce((sum, { value }) => sum + 1 + count(value), 1);
    expect(documents.reduce((sum, node) => sum + count(node), 0)).toBeLessThan(101_000);
  });

  it("stops chains of aliases from getting deeper than the limit", () => {
    const links = Array.from(
      { length: 300 },
      (_, level) => `a${level + 1}: &a${level + 1} {x: *a${level}}`,
    );
    const { documents, errors } = parse(["a0: &a0 {x: 1}", ...links].join("\n"));
    expect(errors[0]).toBe("too-deep at «*a198»: alias *a198 nests too deep");
    const depth = (node: DataNode): number => {
      if (node.kind === "scalar") return 0;
      const children =
        node.kind === "sequence" ? node.items : node.entries.map(({ value }) => value);
      return 1 + Math.max(0, ...children.map(depth));
    };
    expect(Math.max(...documents.map(depth))).toBeLessThanOrEqual(200);
  });

  it.each([
    ["flow", (depth: number) => "[".repeat(depth) + "]".repeat(depth)],
    ["compact", (depth: number) => `${"- ".repeat(depth)}x`],
    [
      "block",
      (depth: number) => Array.from({ length: depth }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
    ],
  ])("allows 200 levels in %s style and reports more", (_, nested) => {
    expect(parse(nested(200)).errors).toEqual([]);
    for (const depth of [201, 1500]) {
      const { errors } = parseYaml(nested(depth), () => parseTolerantly);
      expect(errors.map(({ code }) => code)).toEqual(["too-deep"]);
    }
  });

  it("finds duplicate keys in linear time", () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `key${index}: 1`).join("\n");
    const started = performance.now();
    expect(parse(`${text}\nkey7: 2`).errors).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it("does not load the tolerant parser for what the fast one reads", () => {
    const fail = (): never => {
      throw new Error("loaded");
    };
    expect(parseYaml("a: b", fail).errors).toEqual([]);
    expect(() => parseYaml("a: 'b", fail)).toThrow("loaded");
  });

  it("never throws, with and without a tolerant parser", () => {
    fc.assert(
      fc.property(fc.oneof(yamlSoup, fc.string({ unit: "binary" })), (text) => {
        const whole = { start: 0, end: text.length };
        for (const load of [undefined, () => parseTolerantly]) {
          const { documents, errors } = parseYaml(text, load);
          for (const { range } of [...documents, ...errors]) {
            expect(range.start).toBeLessThanOrEqual(range.end);
            expect(contains(whole, range)).toBe(true);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });
});
