import { expect } from "vitest";
import type { DataNode } from "../../../src/parsers/yaml/syntax-tree.js";
import { contains, type TextRange } from "../../../src/source/text-range.js";

/**
 * Asserts that ranges nest and follow one another in source order. Aliases are
 * the one exception, being nodes that stand elsewhere, so the text must have none.
 */
export function expectSoundRanges(node: DataNode, outer: TextRange): void {
  expect(node.range.start).toBeLessThanOrEqual(node.range.end);
  expect(contains(outer, node.range)).toBe(true);
  if (node.kind === "scalar") return;
  const children =
    node.kind === "sequence"
      ? node.items
      : node.entries.flatMap(({ key, value }): readonly DataNode[] => [key, value]);
  let previousEnd = node.range.start;
  for (const child of children) {
    expect(child.range.start).toBeGreaterThanOrEqual(previousEnd);
    previousEnd = child.range.end;
    expectSoundRanges(child, node.range);
  }
}
