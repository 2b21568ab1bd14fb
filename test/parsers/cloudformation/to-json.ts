import { typedScalar } from "../../../src/parsers/yaml/scalar.js";
import type { DataNode } from "../../../src/parsers/yaml/syntax-tree.js";
import { parse } from "./evaluate-text.js";

/** The same template as JSON, where short forms are written out. */
export function toJson(yaml: string): string {
  return JSON.stringify(toPlain(parse(yaml)), undefined, 2);
}

function toPlain(node: DataNode): unknown {
  if (node.tag?.startsWith("!") === true) {
    const name = node.tag.slice(1);
    const isPlainName = name === "Ref" || name === "Condition";
    return { [isPlainName ? name : `Fn::${name}`]: untagged(node) };
  }
  return untagged(node);
}

function untagged(node: DataNode): unknown {
  switch (node.kind) {
    case "scalar":
      return typedScalar(node);
    case "sequence":
      return node.items.map(toPlain);
    case "mapping":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, toPlain(value)]));
  }
}
