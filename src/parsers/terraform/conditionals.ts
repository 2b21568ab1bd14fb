import {
  type Evaluated,
  type EvaluatedEntry,
  type EvaluatedKnown,
  type EvaluatedList,
  type EvaluatedMap,
  oneOf,
} from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { type UnknownReason, unset } from "../../values/value.js";
import type { ConditionalExpression, Expression } from "../hcl/syntax-tree.js";
import { holds } from "./conditions.js";
import { convertToString } from "./conversion.js";
import { createSet } from "./functions/create-set.js";
import { failure, success } from "./functions/function-result.js";
import type { FunctionResult } from "./functions/terraform-function.js";
import { lazyEntry } from "../../values/lazy-entry.js";
import { evaluateBool } from "./operands.js";
import { plainText } from "./read-declarations.js";
import type { Scope } from "./scope.js";

/**
 * Follows the one branch that counts in the scenario of the moment. Where that cannot be said both
 * count, and the value is what they have in common.
 * https://developer.hashicorp.com/terraform/language/expressions/conditionals
 */
export function evaluateConditional(
  expression: ConditionalExpression,
  scope: Scope,
): FunctionResult {
  const condition = evaluateBool(expression.condition, scope);
  if (!condition.ok) return condition;
  const isTrue = holds(condition.value, scope);
  const { then, otherwise, range } = expression;
  if (isTrue !== undefined) {
    return isTrue ? evaluateBranch(then, otherwise, scope) : evaluateBranch(otherwise, then, scope);
  }
  const branches = [evaluateBranch(then, otherwise, scope), evaluateBranch(otherwise, then, scope)];
  const values = branches.flatMap((branch) => (branch.ok ? [branch.value] : []));
  const reason: UnknownReason =
    condition.value.state === "unknown" ? condition.value.reason : { kind: "invalid" };
  if (values.length === 0) return failure("both branches are wrong");
  if (values.length < branches.length) {
    return success({ state: "unknown", reason, origin: scope.written(range) });
  }
  return success(mergeBranches(values, reason, scope.written(range)));
}

/**
 * Both branches have one type: where the other one is a string, so is this one's scalar; where it is a
 * list or set, so is this one's tuple. The other one is evaluated only where it can make a difference.
 */
function evaluateBranch(chosen: Expression, other: Expression, scope: Scope): FunctionResult {
  const result = scope.evaluate(chosen);
  if (!result.ok) return result;
  const { value } = result;
  const shape = shapeOf(value);
  const otherShape = shapeWritten(other);
  if (shape !== undefined && otherShape !== undefined && shape !== otherShape) {
    return failure(
      `the branches of a conditional must have one type, not ${shape} and ${otherShape}`,
    );
  }
  if (value.state === "list" && value.collection === "tuple") {
    return success(convertTuple(value, other, scope));
  }
  if (value.state === "map" && value.collection === "object" && !isNull(other)) {
    return success(convertObject(value, other));
  }
  if (value.state === "known" && typeof value.value !== "string") {
    return convertScalar(value, other, scope);
  }
  return value.state === "unknown" && isStringTemplate(other) ? convertToString(value) : result;
}

type Shape = "a list" | "a map" | "one value";

function shapeOf({ state }: Evaluated): Shape | undefined {
  switch (state) {
    case "list":
      return "a list";
    case "map":
      return "a map";
    case "known":
      return "one value";
    default:
      return undefined;
  }
}

/** What the expression comes to by how it is written; undefined where that must be evaluated. */
function shapeWritten(expression: Expression): Shape | undefined {
  switch (expression.kind) {
    case "tuple":
      return "a list";
    case "object":
      return "a map";
    case "literal":
      return expression.value === null ? undefined : "one value";
    default:
      return isStringTemplate(expression) ? "one value" : undefined;
  }
}

/** A number or boolean beside a string becomes one; the two do not go together with each other. */
function convertScalar(scalar: EvaluatedKnown, other: Expression, scope: Scope): FunctionResult {
  if (isStringTemplate(other)) return convertToString(scalar);
  const result = scope.evaluate(other);
  // What is unknown may have been converted from what its type says it is.
  if (!result.ok || result.value.state !== "known") return success(scalar);
  const kind = typeof result.value.value;
  if (kind === "string") return convertToString(scalar);
  if (kind === typeof scalar.value) return success(scalar);
  return failure("the branches of a conditional must have one type, not a number and a boolean");
}

/** Tuples of one length stay tuples; `for_each = … ? toset(["a"]) : []` is a set either way. */
function convertTuple(tuple: EvaluatedList, other: Expression, scope: Scope): Evaluated {
  if (other.kind === "tuple") {
    return other.items.length === tuple.items.length ? tuple : { ...tuple, collection: "list" };
  }
  const result = scope.evaluate(other);
  if (!result.ok) return tuple;
  switch (collectionOf(result.value, scope)) {
    case "set":
      return createSet(tuple.items, tuple.origin);
    case "list":
      return { ...tuple, collection: "list" };
    default:
      return tuple;
  }
}

/** Objects with the same attributes stay objects; with others, both are maps. */
function convertObject(object: EvaluatedMap, other: Expression): EvaluatedMap {
  const { entries, state, origin } = object;
  if (other.kind !== "object") return { state, entries, origin };
  const names = other.items.map(({ key }) => plainText(key));
  if (names.includes(undefined)) return { state, entries, origin };
  const haveSameNames =
    names.length === entries.size && names.every((name) => name !== undefined && entries.has(name));
  return haveSameNames ? object : { ...object, collection: "map" };
}

function isNull(expression: Expression): boolean {
  return expression.kind === "literal" && expression.value === null;
}

function collectionOf(value: Evaluated, scope: Scope): string | undefined {
  if (value.state === "list") return value.collection;
  return value.state === "unknown" ? scope.context.openValues.typeOf(value)?.kind : undefined;
}

/** Whether it comes to a string whatever stands in it; a sole interpolation can be anything. */
function isStringTemplate(expression: Expression): boolean {
  if (expression.kind !== "template") return false;
  const [only] = expression.parts;
  return expression.parts.length !== 1 || only?.kind !== "interpolation";
}

/** One value for several that count: maps entry by entry, lists of one length item by item. */
function mergeBranches(
  values: readonly Evaluated[],
  reason: UnknownReason,
  origin: Origin,
): Evaluated {
  const [first] = values;
  if (first !== undefined && values.every(({ state }) => state === "unset")) return first;
  const maps = values.filter((value) => value.state === "map");
  if (maps.length === values.length) return mergeMaps(maps, reason, origin);
  const lists = values.filter((value) => value.state === "list");
  const [list] = lists;
  const haveOneShape = lists.every(
    ({ items, collection }) =>
      items.length === list?.items.length && collection === list.collection,
  );
  if (list !== undefined && lists.length === values.length && haveOneShape) {
    const items = list.items.map((_, index) =>
      mergeBranches(
        lists.flatMap((one) => one.items[index] ?? []),
        reason,
        origin,
      ),
    );
    return { ...list, items, origin };
  }
  return oneOf(values, reason, origin);
}

function mergeMaps(
  maps: readonly Extract<Evaluated, { readonly state: "map" }>[],
  reason: UnknownReason,
  origin: Origin,
): Evaluated {
  const entries = new Map<string, EvaluatedEntry>();
  for (const { entries: own } of maps) {
    for (const [name, { key }] of own) {
      if (entries.has(name)) continue;
      const place: Origin = { location: key, step: origin.step };
      const read = (): Evaluated =>
        mergeBranches(
          maps.map((map) => map.entries.get(name)?.value ?? unset(place)),
          reason,
          place,
        );
      entries.set(name, lazyEntry(key, read));
    }
  }
  return { state: "map", entries, origin };
}
