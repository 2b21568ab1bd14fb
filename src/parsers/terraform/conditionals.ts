import {
  type Evaluated,
  type EvaluatedEntry,
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
  const mismatch = mismatchOf(expression);
  if (mismatch !== undefined) return failure(mismatch);
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
 * Both branches have one type: where the other one is written as a string, so is this one's scalar;
 * where it is a list or set, so is this one's tuple.
 */
function evaluateBranch(chosen: Expression, other: Expression, scope: Scope): FunctionResult {
  const result = scope.evaluate(chosen);
  if (!result.ok) return result;
  const { value } = result;
  if (value.state === "list" && value.collection === "tuple") {
    return success(convertTuple(value, other, scope));
  }
  if (value.state === "map" && value.collection === "object" && !isNull(other)) {
    return success(convertObject(value, other));
  }
  if (!isStringTemplate(other)) return result;
  return value.state === "known" || value.state === "unknown" ? convertToString(value) : result;
}

type Written = "a list" | "a map" | "a string" | "a number" | "a boolean";

/** What the expression comes to by how it is written; undefined where that must be evaluated. */
function kindWritten(expression: Expression): Written | undefined {
  switch (expression.kind) {
    case "tuple":
      return "a list";
    case "object":
      return "a map";
    case "literal":
      if (expression.value === null) return undefined;
      return typeof expression.value === "number" ? "a number" : "a boolean";
    default:
      return isStringTemplate(expression) ? "a string" : undefined;
  }
}

/**
 * Why branches that are written out have no type in common. Of what is evaluated nothing is said: what is
 * unknown in one deployment and known in another would make a difference that is none.
 */
function mismatchOf({ then, otherwise }: ConditionalExpression): string | undefined {
  const kinds = [kindWritten(then), kindWritten(otherwise)] as const;
  const [first, second] = kinds;
  if (first === undefined || second === undefined || first === second) return undefined;
  const areScalars = kinds.every((kind) => kind !== "a list" && kind !== "a map");
  return areScalars && kinds.includes("a string")
    ? undefined
    : `the branches of a conditional must have one type, not ${first} and ${second}`;
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
