import type { Scalar, UnknownReason } from "./value.js";

/**
 * Something whoever deploys decides: a parameter or variable without a value, a pseudo parameter.
 * `key` is its identity within one deployment, `label` is how a message names it.
 */
export interface Subject {
  readonly key: string;
  readonly label: string;
  /** Of a subject that is a truth and whose label is a clause: the clause that says the opposite. */
  readonly denial?: string;
  /** All values it can have, where that is a finite set. */
  readonly domain?: readonly Scalar[];
}

/** A statement whose truth the templates leave open. */
export type Condition =
  | { readonly kind: "is-one-of"; readonly subject: Subject; readonly values: readonly Scalar[] }
  /** One that cannot be taken apart, such as an attribute of a data source. */
  | {
      readonly kind: "statement";
      readonly key: string;
      /** The name of a truth, which a message says is true or false; with `denial`, a clause. */
      readonly label: string;
      /** The clause that says the opposite: `a < b`, where the label is `a >= b`. */
      readonly denial?: string;
      readonly reason: UnknownReason;
    }
  | { readonly kind: "not"; readonly operand: Condition }
  | { readonly kind: "and" | "or"; readonly operands: readonly Condition[] }
  /** A condition that the template gives a name; messages use the name. */
  | { readonly kind: "named"; readonly label: string; readonly condition: Condition };

/** The negation, without piling up `not`. */
export function negate(condition: Condition): Condition {
  return condition.kind === "not" ? condition.operand : { kind: "not", operand: condition };
}
