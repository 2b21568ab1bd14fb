import type { DataNode, ScalarNode } from "../../../src/parsers/yaml/syntax-tree.js";

/**
 * A tree in one line, for tables of tests. Flow collections stand in their
 * brackets, block ones in `seq(…)` and `map(…)`; tags stand before their node,
 * and scalars in marks that tell their style: `a`, `'a'`, `"a"`, `|a|` and `>a>`.
 */
export function outline(node: DataNode): string {
  const tag = node.tag === undefined ? "" : `${node.tag} `;
  return tag + outlineWithoutTag(node);
}

function outlineWithoutTag(node: DataNode): string {
  switch (node.kind) {
    case "scalar":
      return outlineScalar(node);
    case "sequence": {
      const items = node.items.map(outline).join(", ");
      return node.style === "flow" ? `[${items}]` : `seq(${items})`;
    }
    case "mapping": {
      const entries = node.entries
        .map(({ key, value }) => `${outline(key)}: ${outline(value)}`)
        .join(", ");
      return node.style === "flow" ? `{${entries}}` : `map(${entries})`;
    }
  }
}

function outlineScalar({ text, style }: ScalarNode): string {
  const marks = {
    plain: "",
    "single-quoted": "'",
    "double-quoted": '"',
    literal: "|",
    folded: ">",
  };
  const mark = marks[style];
  return mark + text.replaceAll("\n", "\\n") + mark;
}

/** Every node of a tree below and including `node`, each once, with the keys on the way to it. */
export function* nodesOf(node: DataNode, path = ""): Generator<{ node: DataNode; path: string }> {
  yield { node, path };
  if (node.kind === "sequence") {
    for (const [index, item] of node.items.entries()) yield* nodesOf(item, `${path}/${index}`);
  } else if (node.kind === "mapping") {
    for (const { key, value } of node.entries) {
      yield { node: key, path: `${path}/${key.text}?` };
      yield* nodesOf(value, `${path}/${key.text}`);
    }
  }
}

/** The node at a path such as `Resources/Instance`; a `?` behind it asks for the key instead of the value. */
export function nodeAt(root: DataNode | undefined, path: string): DataNode | undefined {
  if (root === undefined) return undefined;
  for (const found of nodesOf(root)) if (found.path === `/${path}`) return found.node;
  return undefined;
}
