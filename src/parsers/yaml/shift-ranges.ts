import type { DataNode, MappingEntry } from "./syntax-tree.js";

/** The tree with all ranges moved by that many UTF-16 code units; what was one node stays one. */
export function shiftRanges(root: DataNode, distance: number): DataNode {
  const shifted = new Map<DataNode, DataNode>();
  const shift = (node: DataNode): DataNode => {
    const before = shifted.get(node);
    if (before !== undefined) return before;
    const moved = shiftOne(node, distance, shift);
    shifted.set(node, moved);
    return moved;
  };
  return shift(root);
}

function shiftOne(node: DataNode, distance: number, shift: (node: DataNode) => DataNode): DataNode {
  switch (node.kind) {
    case "scalar":
      return movedBy(node, distance);
    case "sequence":
      return { ...movedBy(node, distance), items: node.items.map(shift) };
    case "mapping": {
      const entries = node.entries.map(({ key, value }): MappingEntry => ({
        key: movedBy(key, distance),
        value: shift(value),
      }));
      return { ...movedBy(node, distance), entries };
    }
  }
}

function movedBy<Node extends DataNode>(node: Node, distance: number): Node {
  const { start, end } = node.range;
  return { ...node, range: { start: start + distance, end: end + distance } };
}
