import type { TextRange } from "../../../src/source/text-range.js";

/** Anything in a tree that has a range. */
export interface SyntaxNode {
  readonly range: TextRange;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "range" in value;
}

/** What stands directly within a node, in the order of its fields. */
function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  return Object.values(node).flat().filter(isNode);
}

/** The node and everything within it, outer nodes first. */
export function* nodesWithin(node: SyntaxNode): Generator<SyntaxNode> {
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next;
    pending.push(...childrenOf(next).toReversed());
  }
}

/**
 * Says what is wrong with the ranges within a node: not nested, overlapping, or lists out of order.
 * Empty if nothing is.
 */
export function findRangeProblems(root: SyntaxNode): string[] {
  const problems: string[] = [];
  for (const node of nodesWithin(root)) {
    const { start, end } = node.range;
    if (!(start <= end)) problems.push(`${describe(node)} ends before it starts`);
    for (const list of Object.values(node)) {
      if (Array.isArray(list)) checkOrder(list.filter(isNode), problems);
    }
    const children = [...childrenOf(node)].sort((a, b) => a.range.start - b.range.start);
    checkOrder(children, problems);
    for (const child of children) {
      if (child.range.start < start || child.range.end > end) {
        problems.push(`${describe(child)} is not within ${describe(node)}`);
      }
    }
  }
  return problems;
}

/** The same for nodes that must follow each other within a text. */
export function findRangeProblemsIn(text: string, nodes: readonly SyntaxNode[]): string[] {
  const root = { range: { start: 0, end: text.length }, nodes };
  return findRangeProblems(root);
}

function checkOrder(nodes: readonly SyntaxNode[], problems: string[]): void {
  for (const [index, node] of nodes.entries()) {
    const previous = nodes[index - 1];
    if (previous !== undefined && previous.range.end > node.range.start) {
      problems.push(`${describe(node)} starts before the end of ${describe(previous)}`);
    }
  }
}

function describe(node: SyntaxNode): string {
  const kind = "kind" in node ? String(node.kind) : "node";
  return `${kind} ${node.range.start}-${node.range.end}`;
}

/** A copy of a tree without ranges, for comparing what two texts mean. */
export function withoutRanges(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutRanges);
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).filter(([name]) => name !== "range" && name !== "header");
  return Object.fromEntries(entries.map(([name, value]) => [name, withoutRanges(value)]));
}
