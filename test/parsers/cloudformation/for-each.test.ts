import { describe, expect, it } from "vitest";
import { expandForEach } from "../../../src/parsers/cloudformation/for-each.js";
import { parseYaml } from "../../../src/parsers/yaml/parse-yaml.js";
import type { DataNode, MappingNode } from "../../../src/parsers/yaml/syntax-tree.js";
import { type Evaluated, unknown } from "../../../src/values/evaluated.js";
import { known } from "../../../src/values/value.js";
import { outline } from "../yaml/outline.js";
import { evaluateText, summarize } from "./evaluate-text.js";

const origin = { location: { path: "/t", range: { start: 0, end: 0 } }, step: "written" } as const;

/** Lists of plain words are known, everything else is not; `wrong` is no collection at all. */
function evaluate(node: DataNode): Evaluated {
  if (node.kind === "scalar" && node.text === "wrong") return known("wrong", origin);
  if (node.kind !== "sequence") {
    return unknown({ kind: "decided-at-deployment", expression: "x" }, origin);
  }
  const items = node.items.map((item) =>
    item.kind === "scalar" && item.tag === undefined
      ? known(item.text, origin)
      : unknown({ kind: "decided-at-deployment", expression: "x" }, origin),
  );
  return { state: "list", items, collection: "list", origin };
}

function parseSection(text: string): MappingNode {
  const { documents, errors } = parseYaml(text);
  const [root] = documents;
  if (root?.kind !== "mapping" || errors.length > 0) throw new Error(JSON.stringify(errors));
  return root;
}

function expand(text: string): string {
  return outline(expandForEach(parseSection(text), evaluate));
}

describe("expandForEach", () => {
  it.each<[text: string, expanded: string]>([
    ["{Fn::ForEach::L: [N, [a, b], {'x${N}': 1}], c: 2}", `{"xa": 1, "xb": 1, c: 2}`],
    ["{Fn::ForEach::L: [N, [a], {'${N}': {y: !Ref N, z: {Ref: N}}}]}", `{"a": {y: "a", z: "a"}}`],
    ["{Fn::ForEach::L: [N, [a], {'${N}': !Sub '${N}-${M}'}]}", `{"a": !Sub "a-\${M}"}`],
    ["{Fn::ForEach::L: [N, [a], {'${N}': [!Ref M, '${!N}', N]}]}", "{\"a\": [!Ref M, '${!N}', N]}"],
    ["{Fn::ForEach::L: [N, [a.1/b], {'x&{N}': '${N}'}]}", `{"xa1b": "a.1/b"}`],
    ["{Fn::ForEach::L: [N, [$&], {'${N}': 1}]}", `{"$&": 1}`],
    ["{Fn::ForEach::L: [N, [], {'${N}': 1}], c: 2}", "{c: 2}"],
    [
      "{Fn::ForEach::L: [N, [a, b], {Fn::ForEach::M: [O, [!Ref N, c], {'${N}${O}': 1}]}]}",
      `{"aa": 1, "ac": 1, "bb": 1, "bc": 1}`,
    ],
    ["{x: [{Fn::ForEach::L: [N, [a], {'${N}': 1}]}]}", `{x: [{"a": 1}]}`],
  ])("%s", (text, expanded) => {
    // A reference to an outer loop's item is a word of the inner collection by then.
    expect(expand(text)).toBe(expanded);
  });

  it("makes one copy of a collection that is not known, but not among properties", () => {
    const loop = "Fn::ForEach::L: [N, !Ref Names, {'x${N}': !Ref N}]";
    expect(expand(`{${loop}}`)).toBe("{'x${N}': !Ref N}");
    expect(expand("{Fn::ForEach::L: [N, [a, !Ref B], {'x${N}': 1}]}")).toBe("{'x${N}': 1}");
    const root = parseSection(`{a: {${loop}}}`);
    expect(expandForEach(root, evaluate)).toBe(root);
  });

  it.each([
    "{Fn::ForEach::L: [N, [a]]}",
    "{Fn::ForEach::L: [N, [a], {}, x]}",
    "{Fn::ForEach::L: [N, wrong, {'${N}': 1}]}",
    "{Fn::ForEach::L: [N, [a], [b]]}",
    "{Fn::ForEach::L: [N, [a], !Ref {'${N}': 1}]}",
    "{Fn::ForEach::L: [[N], [a], {'${N}': 1}]}",
    "{Fn::ForEach::L: a}",
    "{ForEach: [N, [a], {'${N}': 1}], b: [c]}",
  ])("leaves %s as it is", (text) => {
    const root = parseSection(text);
    expect(expandForEach(root, evaluate)).toBe(root);
  });

  it("gives up where loops in loops make too many copies", () => {
    const items = Array.from({ length: 40 }, (_, index) => `i${String(index)}`).join(", ");
    const inner = `Fn::ForEach::M: [O, [${items}], {'\${N}\${O}': 1}]`;
    const expanded = expand(`{Fn::ForEach::L: [N, [${items}], {${inner}}]}`);
    expect(expanded).toContain(`"i0i0": 1`);
    expect(expanded).toContain("Fn::ForEach::M: [O, [");
  });

  it("gives up where the copies are longer than any template", () => {
    const long = `{Fn::ForEach::L: [N, [a, b, c], {'\${N}': "${"x".repeat(900_000)}"}]}`;
    expect(expand(long)).toContain("Fn::ForEach::L");
  });
});

describe("a template with loops", () => {
  const text = `
Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList, Default: "web, api"}}
Mappings: {Options: {web: {Tokens: required}, api: {Tokens: optional}}}
Conditions:
  Fn::ForEach::Conditions: [Name, !Ref Names, {"Is\${Name}": !Equals [!Ref Name, web]}]
Resources:
  Fn::ForEach::Instances:
    - Name
    - !Ref Names
    - "\${Name}Instance":
        Type: AWS::EC2::Instance
        Condition: Is\${Name}
        Properties: {A: !FindInMap [Options, !Ref Name, Tokens], B: !Ref "\${Name}Instance"}
`;

  it("has the resources that they make", () => {
    const { resources, skipped, errors } = evaluateText(text);
    expect([...errors, ...skipped]).toEqual([]);
    expect(
      resources.map((resource) => [
        resource.address,
        resource.exists(),
        summarize(resource.properties()),
      ]),
    ).toMatchObject([
      ["webInstance", "yes", { A: "required" }],
      ["apiInstance", "no", { A: "optional" }],
    ]);
  });

  it("needs the transform for that", () => {
    const { resources, skipped } = evaluateText(text.replace("LanguageExtensions", "Other"));
    expect(resources).toEqual([]);
    expect(skipped).toHaveLength(1);
  });
});
