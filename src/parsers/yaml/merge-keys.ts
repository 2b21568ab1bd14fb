import type { DataNode, MappingEntry, MappingNode } from "./syntax-tree.js";

/**
 * The tree with what its merge keys (`<<: *anchor`) stand for in their place; the same tree where
 * there are none. A mapping's own entries come before merged ones, and earlier sources before later.
 *
 * CloudFormation itself rejects merge keys; `aws cloudformation package` resolves them before it
 * uploads a template.
 * https://yaml.org/type/merge.html
 * https://github.com/aws/aws-cli/pull/3827
 */
export function resolveMergeKeys(root: DataNode): DataNode {
  return new MergeKeys().resolve(root);
}

class MergeKeys {
  /** Aliases stand for the same node, which stays one. */
  readonly #resolved = new Map<DataNode, DataNode>();

  resolve(node: DataNode): DataNode {
    if (node.kind === "scalar") return node;
    const before = this.#resolved.get(node);
    if (before !== undefined) return before;
    const resolved =
      node.kind === "mapping" ? this.#resolveMapping(node) : this.#resolveItems(node);
    this.#resolved.set(node, resolved);
    return resolved;
  }

  #resolveItems(node: Extract<DataNode, { readonly kind: "sequence" }>): DataNode {
    const items = node.items.map((item) => this.resolve(item));
    const isSame = items.every((item, index) => item === node.items[index]);
    return isSame ? node : { ...node, items };
  }

  #resolveMapping(node: MappingNode): MappingNode {
    const own: MappingEntry[] = [];
    const sources: MappingNode[] = [];
    let isSame = true;
    for (const entry of node.entries) {
      const value = this.resolve(entry.value);
      const merged = isMergeKey(entry) ? sourcesOf(value) : undefined;
      isSame &&= merged === undefined && value === entry.value;
      if (merged === undefined) own.push(value === entry.value ? entry : { ...entry, value });
      else sources.push(...merged);
    }
    return isSame ? node : { ...node, entries: withMerged(own, sources) };
  }
}

function isMergeKey({ key }: MappingEntry): boolean {
  return key.text === "<<" && key.style === "plain" && key.tag === undefined;
}

/** The mappings that a merge key names; undefined for anything else, which stays as it is written. */
function sourcesOf(value: DataNode): readonly MappingNode[] | undefined {
  const values = value.kind === "sequence" && value.tag === undefined ? value.items : [value];
  const sources = values.filter((node) => node.kind === "mapping");
  const isAllPlain = sources.every(({ tag }) => tag === undefined);
  return isAllPlain && sources.length === values.length ? sources : undefined;
}

function withMerged(
  own: readonly MappingEntry[],
  sources: readonly MappingNode[],
): readonly MappingEntry[] {
  const names = new Set(own.map(({ key }) => key.text));
  const entries = [...own];
  for (const entry of sources.flatMap((source) => source.entries)) {
    if (names.has(entry.key.text)) continue;
    names.add(entry.key.text);
    entries.push(entry);
  }
  return entries;
}
