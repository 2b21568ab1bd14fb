import type { Unknown, Value } from "./value.js";

/**
 * An answer that may be "cannot tell". A string on purpose: using it as a condition is a lint
 * error, so that "unknown" never passes for true.
 */
export type Ternary = "yes" | "no" | "unknown";

/** Kleene's negation. */
export function not(operand: Ternary): Ternary {
  if (operand === "unknown") return "unknown";
  return operand === "yes" ? "no" : "yes";
}

/** Kleene's conjunction: one "no" decides. */
export function and(...operands: readonly Ternary[]): Ternary {
  if (operands.includes("no")) return "no";
  return operands.includes("unknown") ? "unknown" : "yes";
}

/** Kleene's disjunction: one "yes" decides. */
export function or(...operands: readonly Ternary[]): Ternary {
  if (operands.includes("yes")) return "yes";
  return operands.includes("unknown") ? "unknown" : "no";
}

/** A boolean as an answer that is certain. */
export function fromBoolean(value: boolean): Ternary {
  return value ? "yes" : "no";
}

/** Whether `holds` is true of the value. Unset counts as no; of an unknown all possible values are asked. */
export function satisfies<T>(value: Value<T>, holds: (value: T) => boolean): Ternary {
  if (value.state === "known") return fromBoolean(holds(value.value));
  if (value.state === "unset") return "no";
  const { possible } = value;
  if (possible === undefined || possible.length === 0) return "unknown";
  if (possible.every(holds)) return "yes";
  return possible.some(holds) ? "unknown" : "no";
}

/** Whether the value is `expected`. Unset is not; an unknown that excludes it is not. */
export function equals<T>(value: Value<T>, expected: T): Ternary {
  return satisfies(value, (candidate) => candidate === expected);
}

/** The first of the values that is unknown, or undefined. */
export function firstUnknown<T>(...values: readonly Value<T>[]): Unknown<T> | undefined {
  return values.find((value) => value.state === "unknown");
}
