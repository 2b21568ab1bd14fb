import { type Condition, negate } from "../../values/condition.js";
import type { Evaluated, EvaluatedUnknown } from "../../values/evaluated.js";
import type { UnknownReason } from "../../values/value.js";
import type { Expression } from "../hcl/syntax-tree.js";
import type { Scope } from "./scope.js";
import { variableNames } from "./subexpressions.js";

/** Labels in messages are cut to this length. */
const LONGEST_LABEL = 80;

/** When an unknown boolean is true. What cannot be taken apart is a statement, as it is written. */
export function conditionOf(
  value: EvaluatedUnknown,
  expression: Expression,
  scope: Scope,
): Condition {
  if (value.condition !== undefined) return value.condition;
  const { subject } = value;
  if (subject !== undefined) return { kind: "is-one-of", subject, values: [true] };
  return statement([expression], scope.textOf(expression.range), value.reason, scope);
}

/** A statement as messages put it: a clause and the one that says the opposite. */
export interface Wording {
  readonly label: string;
  readonly denial: string;
}

/**
 * The statement that a text makes, which depends on what the names in the expressions mean here.
 * Without wording the text names a truth.
 */
export function statement(
  expressions: readonly Expression[],
  text: string,
  reason: UnknownReason,
  scope: Scope,
  wording?: Wording,
): Condition {
  const names = new Set(expressions.flatMap((expression) => [...variableNames(expression)]));
  const meanings = [...names].sort().flatMap((name) => scope.binding(name)?.identity ?? []);
  const key = [scope.namespaces.path, text, ...meanings].join("\n");
  return { kind: "statement", key, ...(wording ?? { label: abbreviate(text) }), reason };
}

/** Whether it holds in the scenario of the moment; undefined where that cannot be said. */
export function holds(bool: Evaluated, scope: Scope): boolean | undefined {
  if (bool.state === "known") return bool.value === true;
  if (bool.state !== "unknown" || bool.condition === undefined) return undefined;
  return scope.context.scenarios.decide(bool.condition);
}

/** The condition that a comparison of a condition with a constant comes to. */
export function isTruth(condition: Condition, expected: boolean): Condition {
  return expected ? condition : negate(condition);
}

/** A piece of source text as long as messages bear it. */
export function abbreviate(text: string): string {
  return text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL - 1)}…`;
}
