import { expect } from "vitest";
import type { DataNode } from "../../../src/parsers/yaml/syntax-tree.js";
import { contains, type TextRange } from "../../../src/source/text-range.js";

/**
 * Asserts that every node lies within its parent and the root within `outer`.
 * Aliases are nodes that stand elsewhere, so the text must have none.
 */
export function expectNestedRanges(node: DataNode, outer: TextRange): void {
  expect(node.range.start).toBeLessThanOrEqual(node.range.end);
  expect(contains(outer, node.range)).toBe(true);
  for (const child of childrenOf(node)) expectNestedRanges(child, node.range);
}

/** Asserts that no node starts before the one before it ends, as in all text without syntax errors. */
export function expectOrderedRanges(node: DataNode): void {
  let previousEnd = node.range.start;
  for (const child of childrenOf(node)) {
    expect(child.range.start).toBeGreaterThanOrEqual(previousEnd);
    previousEnd = child.range.end;
    expectOrderedRanges(child);
  }
}

function childrenOf(node: DataNode): readonly DataNode[] {
  switch (node.kind) {
    case "scalar":
      return [];
    case "sequence":
      return node.items;
    case "mapping":
      return node.entries.flatMap(({ key, value }) => [key, value]);
  }
}
