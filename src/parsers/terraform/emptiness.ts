import type { Condition } from "../../values/condition.js";
import type { EvaluatedUnknown } from "../../values/evaluated.js";
import type { BinaryOperator, Expression } from "../hcl/syntax-tree.js";
import { abbreviate, isTruth, statement } from "./conditions.js";
import type { Scope } from "./scope.js";

/**
 * That an open collection has any element. It is one statement by whatever way the collection is
 * reached, so that what is there for `length(var.subnets) > 0` is never there while `var.subnets` is
 * empty. `expression` is where it was found.
 */
export function isNotEmpty(
  { subject, reason }: EvaluatedUnknown,
  expression: Expression,
  scope: Scope,
): Condition {
  const text = abbreviate(subject?.label ?? scope.textOf(expression.range));
  const wording = { label: `${text} is not empty`, denial: `${text} is empty` };
  if (subject === undefined) return statement([expression], wording.label, reason, scope, wording);
  return { kind: "statement", key: `${subject.key} is not empty`, ...wording, reason };
}

/** An open collection, and the expression it was found by. */
export interface MeasuredCollection {
  readonly collection: EvaluatedUnknown;
  readonly expression: Expression;
}

/** The open collection whose length an expression is, as `length(var.subnets)`; a text is none. */
export function measuredCollection(
  expression: Expression,
  scope: Scope,
): MeasuredCollection | undefined {
  if (expression.kind !== "call" || expression.name.name !== "length") return undefined;
  const [argument, ...others] = expression.arguments;
  if (argument === undefined || others.length > 0) return undefined;
  const result = scope.evaluate(argument);
  if (!result.ok || result.value.state !== "unknown") return undefined;
  const { value: collection } = result;
  const isText = scope.context.openValues.typeOf(collection)?.kind === "string";
  return isText ? undefined : { collection, expression: argument };
}

/** Comparisons with a number that a length meets just where it is not 0, and where it is. */
const meansNotEmpty: ReadonlySet<string> = new Set(["> 0", ">= 1", "!= 0"]);
const meansEmpty: ReadonlySet<string> = new Set(["< 1", "<= 0", "== 0"]);

const mirrored: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = {
  "<": ">",
  ">": "<",
  "<=": ">=",
  ">=": "<=",
};

/**
 * The condition of a comparison that asks of an open collection whether it is empty; undefined for any
 * other comparison. `side` is where the length stands, `number` what is known of the other one.
 */
export function comparedLength(
  operator: BinaryOperator,
  side: "left" | "right",
  length: Expression,
  number: unknown,
  scope: Scope,
): Condition | undefined {
  const comparison = `${side === "left" ? operator : (mirrored[operator] ?? operator)} ${String(number)}`;
  const isEmpty = meansEmpty.has(comparison);
  if (!isEmpty && !meansNotEmpty.has(comparison)) return undefined;
  const measured = measuredCollection(length, scope);
  if (measured === undefined) return undefined;
  return isTruth(isNotEmpty(measured.collection, measured.expression, scope), !isEmpty);
}
