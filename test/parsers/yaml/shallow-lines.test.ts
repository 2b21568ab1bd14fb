import { describe, expect, it } from "vitest";
import { parseYaml } from "../../../src/parsers/yaml/parse-yaml.js";
import { parseTolerantly } from "../../../src/parsers/yaml/tolerant.js";
import { nodeAt, outline } from "./outline.js";

/** A template that keeps its brackets and quotes on `lines`, at the column of the key before them. */
function template(...lines: readonly string[]): string {
  return ["a:", ...lines.map((line) => `  ${line}`), "  last: 1", ""].join("\n");
}

describe("parseYaml on lines too shallow for YAML 1.2", () => {
  it.each<[text: string, outline: string]>([
    [template("b: [", "x,", "y", "]"), "map(a: map(b: [x, y], last: 1))"],
    [template("b: {", "c: [", "]", "}"), "map(a: map(b: {c: []}, last: 1))"],
    [template("b: 'x", "y", "", "z'"), "map(a: map(b: 'x y\\nz', last: 1))"],
    [template('b: "x\\', 'y\\x41"'), 'map(a: map(b: "xyA", last: 1))'],
    [
      template("b: [ # why", "x, # ] why", "# why", "", "y", "]"),
      "map(a: map(b: [x, y], last: 1))",
    ],
    [template("b: ['x # no comment", "y']"), "map(a: map(b: ['x # no comment y'], last: 1))"],
    [
      template("b: [x, # why", "y", "]").replaceAll("\n", "\r\n"),
      "map(a: map(b: [x, y], last: 1))",
    ],
    [template("b: [x", "y]").replaceAll("\n", "\r\n"), "map(a: map(b: [x y], last: 1))"],
  ])("reads %j as CloudFormation does", (text, expected) => {
    const { documents, errors } = parseYaml(text);
    expect(errors).toEqual([]);
    expect(documents.map(outline)).toEqual([expected]);
  });

  it("keeps ranges in the text as it is", () => {
    const text = template("b: ['x", "y', # why", "z", "]");
    const { documents } = parseYaml(text);
    const cut = (path: string): string => {
      const range = nodeAt(documents[0], path)?.range;
      return text.slice(range?.start, range?.end);
    };
    expect(cut("a/b")).toBe("['x\n  y', # why\n  z\n  ]");
    expect(cut("a/b/0")).toBe("'x\n  y'");
    expect(cut("a/last")).toBe("1");
  });

  it("joins any number of lines, up to the limit for reading again", () => {
    const lines = (count: number): string =>
      template("b: [", ...Array.from({ length: count }, () => "x,"), "]");
    expect(parseYaml(lines(1000)).errors).toEqual([]);
    expect(parseYaml(lines(3500)).errors).not.toEqual([]);
  });

  it.each([
    ["an open bracket", template("b: [x")],
    ["an open quote", template("b: 'x")],
    ["a comment that may be the end of a quoted scalar", template("b: ['x # ', 'y", "z']")],
  ])("leaves %s to the other ways of reading", (_, text) => {
    expect(parseYaml(text).errors).not.toEqual([]);
    const { documents } = parseYaml(text, () => parseTolerantly);
    expect(nodeAt(documents[0], "a/last")).toBeDefined();
  });
});
