import { describe, expect, it } from "vitest";
import { resolveMergeKeys } from "../../../src/parsers/yaml/merge-keys.js";
import { parseYaml } from "../../../src/parsers/yaml/parse-yaml.js";
import type { DataNode } from "../../../src/parsers/yaml/syntax-tree.js";
import { outline } from "./outline.js";

function parse(text: string): DataNode {
  const { documents, errors } = parseYaml(text);
  const [root] = documents;
  if (root === undefined || errors.length > 0) throw new Error(JSON.stringify(errors));
  return root;
}

describe("resolveMergeKeys", () => {
  it.each<[text: string, expected: string]>([
    ["{a: &x {b: 1}, c: {<<: *x}}", "{a: {b: 1}, c: {b: 1}}"],
    ["{a: &x {b: 1, c: 2}, d: {<<: *x, b: 3}}", "{a: {b: 1, c: 2}, d: {b: 3, c: 2}}"],
    ["{a: &x {b: 1}, c: [{<<: *x, d: 2}]}", "{a: {b: 1}, c: [{d: 2, b: 1}]}"],
    ["{a: {<<: [{b: 1}, {b: 2, c: 3}]}}", "{a: {b: 1, c: 3}}"],
    ["{a: {<<: {b: 1}, <<: {b: 2, c: 3}}}", "{a: {b: 1, c: 3}}"],
    ["{a: &x {<<: {b: 1}}, c: {<<: *x}}", "{a: {b: 1}, c: {b: 1}}"],
  ])("merges %s", (text, expected) => {
    expect(outline(resolveMergeKeys(parse(text)))).toBe(expected);
  });

  it.each([
    "{a: {'<<': {b: 1}}}",
    "{a: {!!str <<: {b: 1}}}",
    "{a: {<<: 1}}",
    "{a: {<<: [1]}}",
    "{a: {<<: !If [A, {b: 1}, {c: 2}]}}",
    "{a: {<<: !Sub {b: 1}}}",
    "{a: [b, {c: d}]}",
  ])("leaves %s as it is", (text) => {
    const root = parse(text);
    expect(resolveMergeKeys(root)).toBe(root);
  });

  it("keeps one node for all aliases of it", () => {
    const root = resolveMergeKeys(parse("{a: &x {<<: {b: 1}}, c: [*x, *x]}"));
    const [first, second] = root.kind === "mapping" ? root.entries : [];
    expect(second?.value).toMatchObject({ items: [first?.value, first?.value] });
    if (second?.value.kind !== "sequence") throw new Error("c is a list");
    expect(second.value.items[0]).toBe(first?.value);
  });
});
