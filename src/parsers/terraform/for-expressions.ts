import {
  type Evaluated,
  type EvaluatedEntry,
  type EvaluatedUnknown,
  unknown,
} from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import type { Expression, ForExpression } from "../hcl/syntax-tree.js";
import { holds } from "./conditions.js";
import { convertToString } from "./conversion.js";
import { elementsOf } from "./elements.js";
import { failure, success } from "./functions/function-result.js";
import { takenFrom } from "./functions/made-value.js";
import type { FunctionResult } from "./functions/terraform-function.js";
import { expressionEntry } from "./lazy-entry.js";
import { loopBindings } from "./loop-bindings.js";
import { evaluateBool } from "./operands.js";
import type { Scope } from "./scope.js";

/**
 * `[for …]` and `{for …}`. What an object's values are is only found out when they are read.
 * https://developer.hashicorp.com/terraform/language/expressions/for
 */
export function evaluateFor(expression: ForExpression, scope: Scope): FunctionResult {
  const collection = scope.evaluate(expression.collection);
  if (!collection.ok) return collection;
  const elements = elementsOf(collection.value);
  const origin = scope.written(expression.range);
  if (elements.kind === "none") return failure(elements.message);
  if (elements.kind === "unknown") return success(overOpen(expression, elements.value, scope));

  const scopes: Scope[] = [];
  for (const element of elements.elements) {
    const { keyVariable, valueVariable, range, condition } = expression;
    const bindings = loopBindings(keyVariable, valueVariable, element, range, scope);
    const inner = scope.bind(...bindings);
    const isIncluded = condition === undefined ? "yes" : evaluateFilter(condition, inner);
    if (typeof isIncluded === "object") {
      if (!isIncluded.ok || isIncluded.value.state !== "unknown") return isIncluded;
      return success(unknownFrom(isIncluded.value, origin));
    }
    if (isIncluded === "yes") scopes.push(inner);
  }
  const { key } = expression;
  return key === undefined
    ? makeTuple(expression, scopes, origin)
    : makeObject(expression, key, scopes, origin);
}

/**
 * Going over something open gives something open, of which it is known what each element is like.
 */
function overOpen(
  expression: ForExpression,
  collection: EvaluatedUnknown,
  scope: Scope,
): EvaluatedUnknown {
  const { keyVariable, valueVariable, range, value, grouping } = expression;
  const origin = scope.written(range);
  const whole = unknownFrom(collection, origin);
  if (grouping) return whole;
  const element = (): Evaluated => {
    const place = `[${scope.file.path}:${range.start}]`;
    const read = () => scope.context.openValues.elementOf(collection, place, valueVariable.name);
    const { reason } = collection;
    const key = { state: "unknown", reason, origin, isNeverNull: true } as const;
    const any = { key, identity: "*", value: read };
    const inner = scope.bind(...loopBindings(keyVariable, valueVariable, any, range, scope));
    const result = inner.evaluate(value);
    return result.ok ? result.value : unknown({ kind: "invalid" }, origin);
  };
  return { ...whole, contents: { entries: new Map(), element } };
}

/** Whether the element counts; otherwise what is wrong with the condition, or its unknown value. */
function evaluateFilter(condition: Expression, scope: Scope): "yes" | "no" | FunctionResult {
  const result = evaluateBool(condition, scope);
  if (!result.ok) return result;
  const isTrue = holds(result.value, scope);
  if (isTrue === undefined) return result;
  return isTrue ? "yes" : "no";
}

function makeTuple(
  { value }: ForExpression,
  scopes: readonly Scope[],
  origin: Origin,
): FunctionResult {
  const items: Evaluated[] = [];
  for (const scope of scopes) {
    const result = scope.evaluate(value);
    if (!result.ok) return result;
    items.push(result.value);
  }
  return success({ state: "list", collection: "tuple", items, origin });
}

function makeObject(
  expression: ForExpression,
  key: Expression,
  scopes: readonly Scope[],
  origin: Origin,
): FunctionResult {
  const byKey = new Map<string, { readonly key: Evaluated; readonly scopes: readonly Scope[] }>();
  for (const scope of scopes) {
    const result = scope.evaluate(key);
    if (!result.ok) return result;
    const name = convertToString(result.value);
    if (!name.ok) return name;
    if (name.value.state === "unknown") return success(unknownFrom(name.value, origin));
    if (name.value.state !== "known") return failure("a key must not be null");
    const text = String(name.value.value);
    const before = byKey.get(text);
    if (before !== undefined && !expression.grouping)
      return failure(`two items have key "${text}"`);
    byKey.set(text, { key: name.value, scopes: [...(before?.scopes ?? []), scope] });
  }
  const entries = new Map<string, EvaluatedEntry>();
  for (const [text, { key: name, scopes: own }] of byKey) {
    const entry = expression.grouping
      ? groupEntry(expression, name, own, origin)
      : valueEntry(expression.value, text, name, own);
    if ("ok" in entry) return entry;
    entries.set(text, entry);
  }
  return success({ state: "map", collection: "object", entries, origin });
}

function groupEntry(
  expression: ForExpression,
  key: Evaluated,
  scopes: readonly Scope[],
  origin: Origin,
): EvaluatedEntry | FunctionResult {
  const group = makeTuple(expression, scopes, origin);
  return group.ok ? { key: key.origin.location, value: group.value } : group;
}

function valueEntry(
  value: Expression,
  text: string,
  key: Evaluated,
  [scope]: readonly Scope[],
): EvaluatedEntry | FunctionResult {
  if (scope === undefined) return failure("there is no such item");
  const within = scope.within(text);
  const place = key.origin.location;
  if (!scope.isGuarded) return expressionEntry(place, text, value, within);
  const result = within.evaluate(value);
  return result.ok ? { key: place, value: result.value } : result;
}

function unknownFrom(part: EvaluatedUnknown, origin: Origin): EvaluatedUnknown {
  const { reason } = part;
  return { state: "unknown", reason, origin: takenFrom(origin, part), isNeverNull: true };
}
