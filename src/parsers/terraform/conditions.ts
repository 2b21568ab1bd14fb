import type { TextRange } from "../../source/text-range.js";
import { type Condition, negate } from "../../values/condition.js";
import type { EvaluatedUnknown } from "../../values/evaluated.js";
import type { Scalar } from "../../values/value.js";
import type { ExpressionContext } from "./expression-context.js";

/**
 * The condition that an unknown boolean stands for: what it says itself, a variable that is true, or
 * a statement named by its source text.
 */
export function conditionOf(
  value: EvaluatedUnknown,
  range: TextRange,
  context: ExpressionContext,
): Condition {
  if (value.condition !== undefined) return value.condition;
  if (value.subject !== undefined) {
    return { kind: "is-one-of", subject: value.subject, values: truthOf(value.subject.domain) };
  }
  const label = context.sourceText(range).replace(/\s+/g, " ").trim();
  const key = `${context.moduleAddress} ${label}`;
  return { kind: "statement", key, label, reason: value.reason };
}

/** A variable that is no bool is true as the string "true". */
function truthOf(domain: readonly Scalar[] | undefined): readonly Scalar[] {
  return domain?.includes("true") === true ? ["true"] : [true];
}

/** An unknown boolean that holds under the condition. */
export function unknownBoolean(
  condition: Condition,
  { reason, origin }: Pick<EvaluatedUnknown, "reason" | "origin">,
): EvaluatedUnknown {
  return { state: "unknown", reason, origin, condition };
}

/** The unknown boolean that holds where this one does not. */
export function negated(
  value: EvaluatedUnknown,
  range: TextRange,
  context: ExpressionContext,
): EvaluatedUnknown {
  return unknownBoolean(negate(conditionOf(value, range, context)), value);
}
