import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseYaml } from "../../../src/parsers/yaml/parse-yaml.js";
import { parseTolerantly } from "../../../src/parsers/yaml/tolerant.js";
import { SourceFile } from "../../../src/source/source-file.js";
import { yamlFixtures } from "./fixtures.js";
import { nodeAt, nodesOf, outline } from "./outline.js";

const fixtures = new Map(yamlFixtures("broken").map(({ name, text }) => [name, text]));

/** Errors as `line:column message`, counted from one as editors show them. */
function errorsOf(text: string, load?: () => typeof parseTolerantly): readonly string[] {
  const file = new SourceFile("/template.yaml", text);
  return parseYaml(text, load).errors.map(({ message, range }) => {
    const { line, column } = file.position(range.start);
    return `${line + 1}:${column + 1} ${message}`;
  });
}

function properties(text: string, load?: () => typeof parseTolerantly): string | undefined {
  const [root] = parseYaml(text, load).documents;
  const node = nodeAt(root, "Resources/Instance/Properties");
  return node && outline(node);
}

const TYPE = "InstanceType: t3.micro";
const OPTIONS = "MetadataOptions: map(HttpTokens: required)";

describe("parseYaml on broken text", () => {
  it.each<[name: string, error: string, rest: string]>([
    [
      "half-typed-key",
      "8:9 implicit keys need to be on a single line",
      `map(ImageId: ami-12345678, ${OPTIONS}, ${TYPE})`,
    ],
    [
      "half-typed-tag",
      "5:21 a node can have at most one tag; of two short forms, write out the first, as in `Fn::Base64: !Sub`",
      `map(${TYPE}, ${OPTIONS})`,
    ],
    ["missing-space", "5:7 implicit keys need to be on a single line", `map(${TYPE}, ${OPTIONS})`],
    [
      "open-brace",
      "5:7 flow map in block collection must be sufficiently indented and end with a }",
      `map(${TYPE}, ImageId: ami-12345678)`,
    ],
    [
      "open-bracket",
      "5:7 flow sequence in block collection must be sufficiently indented and end with a ]",
      `map(${TYPE}, ${OPTIONS})`,
    ],
    ["open-quote", '5:7 missing closing "quote', `map(${TYPE}, ${OPTIONS})`],
    [
      "open-quote-before-quotes",
      '5:35 missing closing "quote',
      `map(${TYPE}, KeyName: "key", MetadataOptions: map(HttpTokens: "required"))`,
    ],
    ["tab-indentation", "5:1 tabs are not allowed as indentation", `map(${TYPE}, ${OPTIONS})`],
    [
      "two-colons",
      "5:16 nested mappings are not allowed in compact mappings",
      `map(${TYPE}, ${OPTIONS})`,
    ],
    [
      "wrong-indentation",
      "6:8 nested mappings are not allowed in compact mappings",
      `map(${TYPE}, ${OPTIONS})`,
    ],
  ])("reads all but the broken line of %s", (name, error, rest) => {
    const text = fixtures.get(name) ?? "";
    expect(errorsOf(text, () => parseTolerantly)).toEqual([error]);
    expect(properties(text, () => parseTolerantly)).toBe(rest);
    // Without the tolerant parser the words and the column may differ, but not the line nor the rest.
    expect(errorsOf(text).map((message) => message.split(":")[0])).toEqual([error.split(":")[0]]);
    expect(properties(text)).toBe(rest);
  });

  it("goes on behind several broken lines", () => {
    const text = fixtures.get("several-mistakes") ?? "";
    const lines = errorsOf(text, () => parseTolerantly).map((message) => message.split(":")[0]);
    expect(lines).toEqual(["5", "9"]);
    expect(properties(text, () => parseTolerantly)).toBe(`map(${TYPE})`);
  });

  it("reads a template around the marks of a templating language", () => {
    const text = fixtures.get("templating") ?? "";
    expect(errorsOf(text, () => parseTolerantly)).toEqual([
      "5:17 keys must be scalars, this is a mapping",
      "6:8 plain value cannot start with directive indicator character %",
      "9:8 missed comma between flow collection entries",
    ]);
    expect(properties(text)).toBe(`map(ImageId: {}, ${OPTIONS}, ${TYPE})`);
  });

  it("does not give children of a broken header to the mapping above it", () => {
    const text = [
      "Resources:",
      "  First:",
      "    Type: AWS::EC2::Instance",
      "    Properties: {ImageId: ami-1}",
      "  Second",
      "    Type: AWS::EC2::Instance",
      "    Properties: {ImageId: ami-2}",
      "  Third: {Type: AWS::EC2::VPC}",
    ].join("\n");
    const { documents, errors } = parseYaml(text, () => parseTolerantly);
    expect(errors.map(({ range }) => text.slice(range.start, range.end))).toEqual(["Second"]);
    expect(documents.map(outline)).toEqual([
      "map(Resources: map(First: map(Type: AWS::EC2::Instance, Properties: {ImageId: ami-1}), Third: {Type: AWS::EC2::VPC}))",
    ]);
  });

  it("keeps what stands above and below a key that is being typed", () => {
    const lines = [
      "Resources:",
      "  Instance:",
      "    Type: AWS::EC2::Instance",
      "    Properties:",
      "      ImageId: ami-1",
      "      SecurityGroupIds: [sg-1]",
      "      UserData: |",
      "        #!/bin/sh",
    ];
    const facts = (text: string): ReadonlySet<string> => {
      const [root] = parseYaml(text, () => parseTolerantly).documents;
      const nodes = root === undefined ? [] : [...nodesOf(root)];
      return new Set(
        nodes.flatMap(({ node, path }) => (node.kind === "scalar" ? `${path}=${node.text}` : [])),
      );
    };
    const expected = facts(lines.join("\n"));
    const typed = fc.constantFrom("M", "Meta", '"', "'Met", "Key: 'x", 'Key: !Sub "x', "Key: a: b");
    fc.assert(
      fc.property(typed, fc.integer({ min: 4, max: 6 }), (half, line) => {
        const text = [...lines.slice(0, line), `      ${half}`, ...lines.slice(line)].join("\n");
        const found = facts(text);
        expect([...expected].filter((fact) => !found.has(fact))).toEqual([]);
      }),
    );
  });

  it("gives up on a text with more broken lines than it blanks, with what the tolerant parser read", () => {
    const text = Array.from(
      { length: 20 },
      (_, index) => `key${index}: a: b\nok${index}: 1\n`,
    ).join("");
    const { documents, errors } = parseYaml(text, () => parseTolerantly);
    expect(errors.length).toBeGreaterThan(8);
    expect(nodeAt(documents[0], "key0/ok0")).toBeDefined();

    const withoutTolerant = parseYaml(text);
    expect(withoutTolerant.documents).toEqual([]);
    expect(withoutTolerant.errors).toHaveLength(1);
  });

  it.each([
    ["a line break first", "\n\n  @>-\n{*'\n<"],
    ["nothing but one broken line", "{"],
    ["an open bracket behind 100,000 characters", `a: ${"b ".repeat(50_000)}\nc: [`],
  ])("ends on %s", (_, text) => {
    expect(parseYaml(text, () => parseTolerantly).errors.length).toBeGreaterThan(0);
  });
});
