import type { DataNode } from "../yaml/syntax-tree.js";
import { intrinsicCall, listItems, plainText } from "./intrinsic-call.js";

/**
 * A node on one line, in short form: `!Equals [!Ref Env, prod]`. Says the same for YAML and JSON
 * and for both spellings of a function, so it serves as the expression's name in messages and as
 * its identity.
 */
export function expressionText(node: DataNode): string {
  const call = intrinsicCall(node);
  if (call !== undefined) {
    const { name, argument } = call;
    return `!${name.replace(/^Fn::/, "")} ${argumentText(name, argument)}`;
  }
  switch (node.kind) {
    case "scalar":
      return scalarText(node.text);
    case "sequence":
      return `[${node.items.map(expressionText).join(", ")}]`;
    case "mapping": {
      const entries = node.entries.map(
        ({ key, value }) => `${scalarText(key.text)}: ${expressionText(value)}`,
      );
      return `{${entries.join(", ")}}`;
    }
  }
}

/** Shortens a text for use within a sentence. */
export function abbreviate(text: string, length = 80): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function argumentText(name: string, argument: DataNode): string {
  const parts = name === "Fn::GetAtt" ? listItems(argument)?.map(plainText) : undefined;
  return parts === undefined || parts.includes(undefined)
    ? expressionText(argument)
    : parts.join(".");
}

function scalarText(text: string): string {
  return /^(?!!)[^\s,"'[\]{}]+$/.test(text) ? text : JSON.stringify(text);
}
