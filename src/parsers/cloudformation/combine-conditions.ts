import type { Condition, Subject } from "../../values/condition.js";
import type { Scalar } from "../../values/value.js";

/** The condition that a parameter has one of these values. */
export function isOneOf(subject: Subject, values: readonly Scalar[]): Condition {
  return { kind: "is-one-of", subject, values };
}

/** Conditions as one; a single one stays itself. */
export function combined(kind: "and" | "or", operands: readonly Condition[]): Condition {
  const [only] = operands;
  return only !== undefined && operands.length === 1 ? only : { kind, operands };
}
