import { lazyEntry } from "../../values/lazy-entry.js";
import { type Evaluated, type EvaluatedEntry, unknown } from "../../values/evaluated.js";
import type { DataNode, MappingNode, SequenceNode } from "../yaml/syntax-tree.js";
import { alternativesOf, mergeAlternatives } from "./alternatives.js";
import { type IntrinsicCall, intrinsicCall, isForEachKey } from "./intrinsic-call.js";
import { intrinsics } from "./intrinsics/intrinsics.js";
import { scalarValue } from "./scalar-text.js";
import type { TemplateContext } from "./template-context.js";

/**
 * The value of anything that may stand in a resource's properties. Entries of mappings are
 * evaluated when they are read, items of lists at once: which there are depends on conditions.
 */
export function evaluateNode(node: DataNode, context: TemplateContext): Evaluated {
  const call = intrinsicCall(node);
  if (call !== undefined) {
    const evaluate = intrinsics.get(call.name);
    return evaluate === undefined ? unknownFunction(call, context) : evaluate(call, context);
  }
  switch (node.kind) {
    case "scalar":
      return scalarValue(node, context.diagnostics.written(node));
    case "sequence":
      return evaluateSequence(node, context);
    case "mapping":
      return evaluateMapping(node, context);
  }
}

/** A macro or tool may know the function, but none has one that differs from CloudFormation's by case alone. */
function unknownFunction({ name, node }: IntrinsicCall, context: TemplateContext): Evaluated {
  const meant = bareNames.get(bareNameOf(name));
  if (meant === undefined) return context.diagnostics.notSupported(node, name);
  const [written, right] =
    node.tag === undefined ? [name, meant] : [node.tag, `!${meant.replace("Fn::", "")}`];
  return context.diagnostics.invalid(node, `there is no function ${written}; write ${right}`);
}

/** `sub` of `Fn::Sub`, `Fn::sub` and `Fn::Fn::Sub`, the latter from the tag `!Fn::Sub`. */
function bareNameOf(name: string): string {
  return name.toLowerCase().replace(/^(?:fn::)+/, "");
}

const bareNames: ReadonlyMap<string, string> = new Map(
  [...intrinsics.keys()].map((name) => [bareNameOf(name), name]),
);

/** Items that come to nothing vanish; one that only may do so leaves the positions of all others open. */
function evaluateSequence(node: SequenceNode, context: TemplateContext): Evaluated {
  const origin = context.diagnostics.written(node);
  const items: Evaluated[] = [];
  for (const item of node.items) {
    const alternatives = alternativesOf(item, context);
    const { values, reason } = alternatives;
    const absent = values.filter(({ state }) => state === "unset").length;
    if (absent === values.length) continue;
    if (absent > 0) return unknown(reason ?? { kind: "invalid" }, origin);
    items.push(mergeAlternatives(alternatives, context.diagnostics.written(item)));
  }
  return { state: "list", items, collection: "list", origin };
}

function evaluateMapping(node: MappingNode, context: TemplateContext): Evaluated {
  const { diagnostics, scenarios } = context;
  const entries = new Map<string, EvaluatedEntry>();
  for (const { key, value: valueNode } of node.entries) {
    const name = key.text;
    if (name.startsWith("Fn::")) return functionAmongKeys(node, name, context);
    if (entries.has(name)) continue;
    const evaluate = scenarios.memoize(
      () => context.evaluate(valueNode),
      () => diagnostics.cyclic(key, `${name} depends on itself`),
    );
    entries.set(name, lazyEntry(diagnostics.locate(key), evaluate));
  }
  return { state: "map", entries, origin: diagnostics.written(node) };
}

/** Two functions add keys beside others, so that not even the names are known; the rest stand alone. */
function functionAmongKeys(node: MappingNode, name: string, context: TemplateContext): Evaluated {
  if (name === "Fn::Transform" || isForEachKey(name)) {
    return context.diagnostics.notSupported(node, name);
  }
  return context.diagnostics.invalid(node, `${name} must be the only key of its mapping`);
}
