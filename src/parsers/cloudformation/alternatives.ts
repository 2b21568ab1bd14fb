import { type Evaluated, type EvaluatedEntry, oneOf } from "../../values/evaluated.js";
import { lazyEntry } from "../../values/lazy-entry.js";
import type { Origin } from "../../values/origin.js";
import { type UnknownReason, unset } from "../../values/value.js";
import type { DataNode } from "../yaml/syntax-tree.js";
import { conditionNamed, evaluateCondition, holds } from "./conditions.js";
import { type IntrinsicCall, intrinsicCall, listItems, plainText } from "./intrinsic-call.js";
import type { TemplateContext } from "./template-context.js";

/** What a node can come to: one value, or several where a condition cannot be decided. */
export interface Alternatives {
  readonly values: readonly Evaluated[];
  /** Why there are several. */
  readonly reason?: UnknownReason;
}

/** The node's value, or those of both branches of each `Fn::If` that cannot be decided. */
export function alternativesOf(node: DataNode, context: TemplateContext): Alternatives {
  const call = intrinsicCall(node);
  if (call?.name === "Fn::If") return branchesOf(call, context);
  return { values: [context.evaluate(node)] };
}

/**
 * Follows `Fn::If` to one of its two values; to both outside of scenarios.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html#intrinsic-function-reference-conditions-if
 */
export function branchesOf(call: IntrinsicCall, context: TemplateContext): Alternatives {
  const [test, then, otherwise, ...others] = listItems(call.argument) ?? [];
  if (test === undefined || then === undefined || otherwise === undefined || others.length > 0) {
    const message = "Fn::If takes a list of a condition's name and two values";
    return { values: [context.diagnostics.invalid(call.node, message)] };
  }
  // The documentation asks for a name, but AWS's own templates also write a condition out here.
  const name = plainText(test);
  const condition =
    name === undefined ? evaluateCondition(test, context) : conditionNamed(name, test, context);
  const isTrue = holds(condition, context.scenarios);
  if (isTrue !== undefined) return alternativesOf(isTrue ? then : otherwise, context);

  const reason: UnknownReason =
    condition.state === "unknown" ? condition.reason : { kind: "invalid" };
  const values = [then, otherwise].flatMap((branch) => alternativesOf(branch, context).values);
  return { values, reason };
}

/** One value for all alternatives; maps are merged entry by entry, when the entry is read. */
export function mergeAlternatives({ values, reason }: Alternatives, origin: Origin): Evaluated {
  const [first] = values;
  const isCertain = values.length === 1 || values.every(({ state }) => state === "unset");
  if (first !== undefined && isCertain) return first;
  return merge(values, reason ?? { kind: "invalid" }, origin);
}

function merge(values: readonly Evaluated[], reason: UnknownReason, origin: Origin): Evaluated {
  const maps = values.filter((value) => value.state === "map");
  if (maps.length < values.length) return oneOf(values, reason, origin);

  const entries = new Map<string, EvaluatedEntry>();
  for (const { entries: own } of maps) {
    for (const [name, { key }] of own) {
      if (entries.has(name)) continue;
      const read = () => {
        const values = maps.map(
          (map) => map.entries.get(name)?.value ?? unset({ location: key, step: "written" }),
        );
        return mergeAlternatives({ values, reason }, { location: key, step: "written" });
      };
      entries.set(name, lazyEntry(key, read));
    }
  }
  return { state: "map", entries, origin };
}
