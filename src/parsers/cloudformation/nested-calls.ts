import type { DataNode } from "../yaml/syntax-tree.js";
import { intrinsicCall } from "./intrinsic-call.js";
import { intrinsics } from "./intrinsics/intrinsics.js";

/** The functions whose argument cannot come from another function. */
const functionsOfLists = "And|Cidr|Equals|FindInMap|If|Join|Not|Or|Select|Split|Sub";

const takesList = new RegExp(`^Fn::(?:${functionsOfLists})$`);

const mark = new RegExp(
  `(?:!|Fn::)(?:${functionsOfLists})["']?\\s*:?\\s*(?:\\{\\s*)?["']?(?:![A-Z]|Fn::|Ref["']?\\s*:)`,
);

/** Whether a template may have calls in each other's places, by a quick look at its text. */
export function mayNestCalls(text: string): boolean {
  return mark.test(text);
}

/**
 * The calls below a node whose argument is another call where only a list or a text can be:
 * `!Sub {Fn::Sub: x}`, `Fn::Join: !Join [...]`. CloudFormation rejects a template with one, wherever it
 * stands.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function nestedCalls(root: DataNode): readonly DataNode[] {
  const found: DataNode[] = [];
  // Aliases stand for the same node, which need not be looked at twice.
  const seen = new Set<DataNode>();
  const visit = (node: DataNode): void => {
    if (node.kind === "scalar" || seen.has(node)) return;
    seen.add(node);
    if (isNestedCall(node)) found.push(node);
    else if (node.kind === "sequence") node.items.forEach(visit);
    else {
      for (const { key, value } of node.entries) {
        // What stands in loops has names that only the loop knows, and macros rewrite what they are given.
        if (!/^Fn::(?:ForEach|Transform)/.test(key.text)) visit(value);
      }
    }
  };
  visit(root);
  return found;
}

function isNestedCall(node: DataNode): boolean {
  const call = intrinsicCall(node);
  if (call === undefined || !takesList.test(call.name)) return false;
  const inner = intrinsicCall(call.argument);
  // Tools replace functions of their own before CloudFormation sees them.
  return inner !== undefined && intrinsics.has(inner.name);
}
