import type { DataNode, ScalarNode } from "../parsers/yaml/syntax-tree.js";

/**
 * What a tree stands for: mappings as objects, sequences as lists, plain scalars by YAML 1.2's core
 * schema, so that `off` is a text. Numbers that are not written as in JSON stay texts, for account
 * IDs may start with zeros.
 * https://yaml.org/spec/1.2.2/#103-core-schema
 */
export function plainValue(node: DataNode): unknown {
  switch (node.kind) {
    case "scalar":
      return scalarValue(node);
    case "sequence":
      return node.items.map(plainValue);
    case "mapping":
      return Object.fromEntries(
        node.entries.map(({ key, value }) => [key.text, plainValue(value)] as const),
      );
  }
}

function scalarValue({ text, style, tag }: ScalarNode): unknown {
  if (style !== "plain" || tag !== undefined) return text;
  if (/^(?:~|null|)$/i.test(text)) return null;
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : text;
}

/**
 * The node that a JSON Pointer leads to, and the key it stands under, if any. What the pointer names
 * beyond the tree is left off.
 * https://www.rfc-editor.org/rfc/rfc6901
 */
export function nodeAt(
  root: DataNode,
  pointer: string,
): { readonly node: DataNode; readonly key?: ScalarNode } {
  let found: { node: DataNode; key?: ScalarNode } = { node: root };
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const { node } = found;
    if (node.kind === "mapping") {
      // Of equal keys the last one counts, as in the object.
      const entry = node.entries.findLast(({ key }) => key.text === name);
      if (entry === undefined) return found;
      found = { node: entry.value, key: entry.key };
    } else if (node.kind === "sequence") {
      const item = node.items[Number(name)];
      if (item === undefined) return found;
      found = { node: item };
    }
  }
  return found;
}

/** The JSON Pointer of what stands under a name, or at an index, of what `pointer` leads to. */
export function below(pointer: string, name: string | number): string {
  return `${pointer}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
