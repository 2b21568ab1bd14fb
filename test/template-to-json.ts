import { resolveMergeKeys } from "../src/parsers/yaml/merge-keys.js";
import { parseYaml } from "../src/parsers/yaml/parse-yaml.js";
import { typedScalar } from "../src/parsers/yaml/scalar.js";
import type { DataNode } from "../src/parsers/yaml/syntax-tree.js";

/** The same template in JSON: long forms instead of tags. Places differ, findings must not. */
export function templateToJson(yaml: string): string {
  const [root] = parseYaml(yaml).documents;
  if (root === undefined) throw new Error("the fixture holds no template");
  return JSON.stringify(toData(resolveMergeKeys(root)), undefined, 2);
}

function toData(node: DataNode): unknown {
  const { tag } = node;
  const value = untagged(node);
  if (tag === undefined || !tag.startsWith("!")) return value;
  const name = tag.slice(1);
  return { [name === "Ref" || name === "Condition" ? name : `Fn::${name}`]: value };
}

function untagged(node: DataNode): unknown {
  switch (node.kind) {
    case "scalar":
      return node.tag === undefined ? typedScalar(node) : node.text;
    case "sequence":
      return node.items.map(toData);
    case "mapping":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, toData(value)]));
  }
}
