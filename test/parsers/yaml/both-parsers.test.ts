import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { parseFast } from "../../../src/parsers/yaml/fast.js";
import { parseYaml } from "../../../src/parsers/yaml/parse-yaml.js";
import type { ParsedYaml } from "../../../src/parsers/yaml/parsed-yaml.js";
import type { DataNode } from "../../../src/parsers/yaml/syntax-tree.js";
import { parseTolerantly } from "../../../src/parsers/yaml/tolerant.js";
import { yamlFixtures } from "./fixtures.js";
import { nodesOf } from "./outline.js";
import { expectNestedRanges, expectOrderedRanges } from "./ranges.js";
import { damaged, wellFormedYaml, yamlSoup } from "./yaml-arbitraries.js";

const fixtures = yamlFixtures("well-formed");
const fixtureText = fc.constantFrom(...fixtures.map(({ text }) => text));

/** A closing bracket no deeper than its key, which js-yaml refuses although templates have it. */
const REFUSED_BY_FAST = ["comments-everywhere", "shallow-brackets"];

/**
 * Byte order marks inside the text, document marks that are indented, and blank
 * lines behind an escaped line break, which js-yaml drops against the standard.
 */
const KNOWN_DIFFERENCES = /(?!^)\ufeff|(?:^|[\r\n])[ \t]+(?:---|\.\.\.)|\\(?:\r\n?|\n)[ \t]*[\r\n]/;

/** Undefined for what the tolerant parser does not take for well formed. */
function parseStrictly(text: string): ParsedYaml | undefined {
  const parsed = parseTolerantly(text);
  if (parsed === undefined || parsed.syntaxError !== undefined) return undefined;
  return { documents: parsed.documents, errors: parsed.errors };
}

/** All scalars as text, aliases as copies; what `yaml` makes of a text in its simplest schema. */
function toText(node: DataNode): unknown {
  switch (node.kind) {
    case "scalar":
      return node.text;
    case "sequence":
      return node.items.map(toText);
    case "mapping":
      return new Map<string, unknown>(
        node.entries.map(({ key, value }) => [key.text, toText(value)]),
      );
  }
}

function textAccordingToYaml(text: string): readonly unknown[] {
  const documents = parseAllDocuments(text, {
    schema: "failsafe",
    uniqueKeys: false,
    logLevel: "silent",
  });
  const contents = documents.map((document) => document.toJS({ mapAsMap: true }) as unknown);
  return contents.map(withoutNull).filter((content) => content !== "");
}

function withoutNull(data: unknown): unknown {
  if (data === null) return "";
  if (Array.isArray(data)) return data.map((item: unknown) => withoutNull(item));
  if (data instanceof Map) {
    return new Map([...data].map(([key, value]) => [withoutNull(key), withoutNull(value)]));
  }
  return data;
}

/** What a node's source must look like, whatever its text. */
function expectedSource({ kind, ...node }: DataNode): RegExp {
  if (kind === "sequence") return node.style === "flow" ? /^\[.*\]$/s : /^-\s/;
  if (kind === "mapping") return node.style === "flow" ? /^\{.*\}$|^[^{].*$/s : /./s;
  switch (node.style) {
    case "single-quoted":
      return /^'.*'$/s;
    case "double-quoted":
      return /^".*"$/s;
    case "literal":
      return /^\|.*$/s;
    case "folded":
      return /^>.*$/s;
    default:
      return /^$|^[^\s#,[\]{}&*!|>'"%@`](?:.*\S)?$/s;
  }
}

describe.each(fixtures)("both YAML parsers on $name", ({ name, text }) => {
  it("build the same tree", () => {
    const fast = parseFast(text);
    const expected = parseStrictly(text);
    expect(expected).toBeDefined();
    expect(fast.isRead).toBe(!REFUSED_BY_FAST.includes(name));
    if (fast.isRead) expect(fast.parsed).toEqual(expected);
    expect(parseYaml(text, () => parseTolerantly).documents).toEqual(expected?.documents);
  });

  it("agree with yaml on the text of every scalar", () => {
    const { documents } = parseYaml(text, () => parseTolerantly);
    expect(documents.map(toText)).toEqual(textAccordingToYaml(text));
  });

  it("give ranges that cut out the right source", () => {
    for (const root of parseYaml(text, () => parseTolerantly).documents) {
      for (const { node } of nodesOf(root)) {
        const source = text.slice(node.range.start, node.range.end);
        expect(source).toMatch(expectedSource(node));
        if (node.kind === "scalar" && node.style === "plain") {
          expect(source.replaceAll(/\s+/g, " ")).toBe(node.text.replaceAll("\n", " "));
        }
      }
    }
  });
});

describe("both YAML parsers", () => {
  it("build the same sound tree of well-formed text in any style", () => {
    fc.assert(
      fc.property(wellFormedYaml, (text) => {
        const fast = parseFast(text);
        expect(fast).toEqual({ isRead: true, parsed: parseStrictly(text) });
        if (!fast.isRead) return;
        for (const root of fast.parsed.documents) {
          expectNestedRanges(root, { start: 0, end: text.length });
          expectOrderedRanges(root);
        }
        expect(fast.parsed.documents.map(toText)).toEqual(textAccordingToYaml(text));
      }),
      { numRuns: 500 },
    );
  });

  it("build the same tree of damaged text if both take it for well formed", () => {
    fc.assert(
      fc.property(damaged(fc.oneof(wellFormedYaml, fixtureText)), (text) => {
        const fast = parseFast(text);
        const expected = parseStrictly(text);
        fc.pre(!KNOWN_DIFFERENCES.test(text));
        if (fast.isRead && expected !== undefined && fast.parsed.errors.length === 0) {
          expect(fast.parsed).toEqual(expected);
        }
      }),
      // Two foreign parsers: a seed, so that the next disagreement does not fail a stranger's change.
      { numRuns: 1500, seed: 1 },
    );
  });

  it("give ranges that nest, of broken text too", () => {
    fc.assert(
      fc.property(fc.oneof(yamlSoup, damaged(wellFormedYaml)), (text) => {
        fc.pre(!text.includes("*"));
        const whole = { start: 0, end: text.length };
        for (const root of parseTolerantly(text)?.documents ?? []) expectNestedRanges(root, whole);
        for (const root of parseYaml(text, () => parseTolerantly).documents) {
          expectNestedRanges(root, whole);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
