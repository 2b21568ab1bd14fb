import type { DataNode } from "../yaml/syntax-tree.js";

/** A call of an intrinsic function, whichever way it is spelled. */
export interface IntrinsicCall {
  /** The full name: `Ref`, `Condition`, `Fn::Sub`. */
  readonly name: string;
  /** The call as a whole, which is where its value stands. */
  readonly node: DataNode;
  /** What the function is applied to, without the tag of the short form. */
  readonly argument: DataNode;
}

/**
 * The call that a node is, or undefined for plain data: a tag (`!Sub text`), or a mapping with
 * nothing but the function's name as key (`Fn::Sub: text`).
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function intrinsicCall(node: DataNode): IntrinsicCall | undefined {
  const shortForm = shortFormName(node.tag);
  if (shortForm !== undefined) return { name: shortForm, node, argument: withoutTag(node) };
  if (node.kind !== "mapping" || node.entries.length !== 1) return undefined;
  const [entry] = node.entries;
  if (entry === undefined) return undefined;
  const name = entry.key.text;
  // Rain replaces its own functions before CloudFormation sees the template.
  const isFunction = name === "Ref" || /^(?:Fn|Rain)::/.test(name);
  return isFunction ? { name, node, argument: entry.value } : undefined;
}

/** Whether a key asks for copies of what it holds: `Fn::ForEach::Topics`. */
export function isForEachKey(key: string): boolean {
  return key.startsWith("Fn::ForEach::");
}

/** The items of an argument that is written as a list; undefined for anything else. */
export function listItems(argument: DataNode): readonly DataNode[] | undefined {
  const isList = argument.kind === "sequence" && shortFormName(argument.tag) === undefined;
  return isList ? argument.items : undefined;
}

/** The text of an argument that is written as a plain word; undefined for anything else. */
export function plainText(argument: DataNode): string | undefined {
  const isText = argument.kind === "scalar" && shortFormName(argument.tag) === undefined;
  return isText ? argument.text : undefined;
}

/** `!Ref` and `!Condition` stand for themselves, every other `!Name` for `Fn::Name`. */
function shortFormName(tag: string | undefined): string | undefined {
  if (tag === undefined || tag.length < 2 || !tag.startsWith("!")) return undefined;
  const name = tag.slice(1);
  return name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
}

function withoutTag(node: DataNode): DataNode {
  const { range } = node;
  switch (node.kind) {
    case "scalar":
      return { kind: "scalar", text: node.text, style: node.style, range };
    case "sequence":
      return { kind: "sequence", items: node.items, style: node.style, range };
    case "mapping":
      return { kind: "mapping", entries: node.entries, style: node.style, range };
  }
}
