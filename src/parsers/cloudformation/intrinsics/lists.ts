import { type Evaluated, oneOf, unknown } from "../../../values/evaluated.js";
import { known } from "../../../values/value.js";
import { subdivide } from "../cidr.js";
import { type IntrinsicCall, listItems } from "../intrinsic-call.js";
import { isScalarValue, takenFrom } from "../scalar-text.js";
import type { TemplateContext } from "../template-context.js";
import { withoutLanguageExtensions } from "./language-extensions.js";

/**
 * One item of a list. An unknown index can be any.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-select.html
 */
export function evaluateSelect(call: IntrinsicCall, context: TemplateContext): Evaluated {
  const { diagnostics } = context;
  const [indexNode, listNode, ...others] = listItems(call.argument) ?? [];
  if (indexNode === undefined || listNode === undefined || others.length > 0) {
    return diagnostics.invalid(call.node, "Fn::Select takes a list of an index and a list");
  }
  const index = context.evaluate(indexNode);
  if (!isScalarValue(index)) return diagnostics.invalid(indexNode, "an index must be a number");
  const list = context.evaluate(listNode);
  const origin = diagnostics.written(call.node);
  if (list.state === "unknown") return unknown(list.reason, takenFrom(origin, list));
  if (list.state !== "list") {
    return diagnostics.invalid(listNode, "Fn::Select selects from a list");
  }
  if (index.state === "unknown") {
    return oneOf(list.items, index.reason, takenFrom(origin, index));
  }
  const text = String(index.value);
  const item = /^\d+$/.test(text) ? list.items[Number(text)] : undefined;
  if (item !== undefined) return item;
  // Another value than a parameter's default, which may be empty for want of one, has more items.
  if (
    list.origin.from !== undefined ||
    list.items.some(({ origin: { from } }) => from !== undefined)
  ) {
    return unknown({ kind: "invalid" }, origin);
  }
  return diagnostics.invalid(
    indexNode,
    `${text} is no index of a list of ${list.items.length} items`,
  );
}

/**
 * How many items a list has.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-length.html
 */
export function evaluateLength(call: IntrinsicCall, context: TemplateContext): Evaluated {
  const { diagnostics } = context;
  const rejected = withoutLanguageExtensions(call, context);
  if (rejected !== undefined) return rejected;
  const list = context.evaluate(call.argument);
  const origin = diagnostics.written(call.node);
  if (list.state === "list") return known(list.items.length, origin);
  if (list.state === "unknown") return unknown(list.reason, takenFrom(origin, list));
  return diagnostics.invalid(call.node, "Fn::Length takes a list");
}

/**
 * A list of address blocks. Of IPv6 only what is unknown anyway, the block that AWS assigns to a VPC.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
export function evaluateCidr(call: IntrinsicCall, context: TemplateContext): Evaluated {
  const { diagnostics } = context;
  const nodes = listItems(call.argument) ?? [];
  if (nodes.length < 2 || nodes.length > 3) {
    const message = "Fn::Cidr takes a list of an address block, a count and a number of bits";
    return diagnostics.invalid(call.node, message);
  }
  const origin = diagnostics.written(call.node);
  const texts: string[] = [];
  for (const node of nodes) {
    const value = context.evaluate(node);
    if (!isScalarValue(value)) return diagnostics.invalid(node, "Fn::Cidr takes strings");
    if (value.state === "unknown") return unknown(value.reason, takenFrom(origin, value));
    texts.push(String(value.value));
  }
  const [block = "", count = "", bits] = texts;
  if (bits === undefined || block.includes(":")) {
    return diagnostics.notSupported(call.node, "Fn::Cidr for IPv6, or without a number of bits");
  }
  const blocks = subdivide(block, Number(count), Number(bits));
  if (blocks === undefined) {
    return diagnostics.invalid(call.node, `${block} has no ${count} blocks of ${bits} bits`);
  }
  const items = blocks.map((text) => known(text, origin));
  return { state: "list", items, collection: "list", origin };
}
