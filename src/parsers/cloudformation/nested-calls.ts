import type { DataNode, MappingNode } from "../yaml/syntax-tree.js";
import { intrinsicCall } from "./intrinsic-call.js";
import { intrinsics } from "./intrinsics/intrinsics.js";

/** The functions whose argument cannot come from another function. */
const functionsOfLists = "And|Cidr|Equals|FindInMap|If|Join|Not|Or|Select|Split|Sub";

const takesList = new RegExp(`^Fn::(?:${functionsOfLists})$`);

/** The marks of such a function with another as its argument, in whichever forms. */
const mayNestCalls = new RegExp(
  `(?:!|Fn::)(?:${functionsOfLists})["']?\\s*:?\\s*(?:\\{\\s*)?["']?(?:![A-Z]|Fn::|Ref["']?\\s*:)`,
);

/**
 * The calls in the properties of resources whose argument is another call where only a list or a text can
 * be: `!Sub {Fn::Sub: x}`, `Fn::Join: !Join [...]`. CloudFormation rejects a template with one, whichever
 * resource it stands in. A quick look at the text tells whether the tree is walked through at all.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function nestedCalls(text: string, resources: MappingNode | undefined): readonly DataNode[] {
  if (resources === undefined || !mayNestCalls.test(text)) return [];
  const found: DataNode[] = [];
  const visit = (node: DataNode): void => {
    if (node.kind === "scalar") return;
    const call = intrinsicCall(node);
    const inner = call === undefined ? undefined : intrinsicCall(call.argument);
    // Tools replace functions of their own before CloudFormation sees them.
    const isKnown = inner !== undefined && intrinsics.has(inner.name);
    if (call !== undefined && isKnown && takesList.test(call.name)) {
      found.push(node);
      return;
    }
    if (node.kind === "sequence") node.items.forEach(visit);
    else {
      for (const { key, value } of node.entries) {
        // What stands in loops has names that only the loop knows, and macros rewrite what they are given.
        if (!/^Fn::(?:ForEach|Transform)/.test(key.text)) visit(value);
      }
    }
  };
  for (const { value } of resources.entries) {
    if (value.kind !== "mapping") continue;
    for (const entry of value.entries) if (entry.key.text === "Properties") visit(entry.value);
  }
  return found;
}
