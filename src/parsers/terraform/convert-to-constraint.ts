import type { Location, TextRange } from "../../source/text-range.js";
import {
  type Evaluated,
  type EvaluatedEntry,
  type EvaluatedList,
  type EvaluatedMap,
  unknown,
} from "../../values/evaluated.js";
import { unset } from "../../values/value.js";
import { convertToKind } from "./conversion.js";
import { createSet } from "./functions/create-set.js";
import { failure, success } from "./functions/function-result.js";
import type { FunctionResult } from "./functions/terraform-function.js";
import { unifyValues } from "./functions/unify.js";
import type { ValueType } from "./functions/value-type.js";
import { lazyEntry } from "../../values/lazy-entry.js";
import type { Scope } from "./scope.js";
import {
  type AttributeConstraint,
  constraintOf,
  type ObjectConstraint,
  type TypeConstraint,
} from "./type-constraint.js";

/**
 * The value as a variable of that type has it. Entries of maps and objects are converted when they
 * are read. `scope` is that of the type, in which the defaults of optional attributes stand.
 * https://developer.hashicorp.com/terraform/language/expressions/type-constraints#conversion-of-complex-types
 */
export function convertToConstraint(
  value: Evaluated,
  type: TypeConstraint,
  scope: Scope,
): FunctionResult {
  switch (type.kind) {
    case "any":
      return success(value);
    case "string":
    case "number":
    case "bool":
      return convertToKind(value, type.kind);
    case "list":
    case "set":
    case "tuple":
    case "map":
    case "object":
      if (value.state === "unset" || value.state === "unknown") return success(value);
      return convertCollection(value, type, scope);
  }
}

/** The value converted to a type that it has been found to have; `range` is where that was found. */
export function convertToType(
  value: Evaluated,
  type: ValueType,
  range: TextRange,
  scope: Scope,
): FunctionResult {
  return convertToConstraint(value, constraintOf(type, range), scope);
}

type CollectionConstraint = Exclude<
  TypeConstraint,
  { readonly kind: "any" | "string" | "number" | "bool" }
>;

function convertCollection(
  value: Evaluated,
  type: CollectionConstraint,
  scope: Scope,
): FunctionResult {
  switch (type.kind) {
    case "map":
      if (value.state !== "map") return failure("a map is required");
      return success(convertEntries(value, type.element, scope));
    case "object":
      if (value.state !== "map") return failure("an object is required");
      return convertObject(value, type, scope);
    case "list":
    case "set":
    case "tuple":
      if (value.state !== "list") return failure(`a ${type.kind} is required`);
      return type.kind === "tuple"
        ? convertTuple(value, type.elements, scope)
        : convertItems(value, type.kind, type.element, scope);
  }
}

function convertItems(
  list: EvaluatedList,
  kind: "list" | "set",
  element: TypeConstraint,
  scope: Scope,
): FunctionResult {
  const converted: Evaluated[] = [];
  for (const item of list.items) {
    const result = convertToConstraint(item, element, scope);
    if (!result.ok) return result;
    converted.push(result.value);
  }
  const items = leavesOpen(element) ? unifyElements(converted) : converted;
  if (kind === "set") return success(createSet(items, list.origin));
  return success({ ...list, collection: "list", items });
}

/** `list(any)`, and `list(map(any))` with all that is in the maps, has one type for all elements. */
function unifyElements(items: readonly Evaluated[]): readonly Evaluated[] {
  const unified = unifyValues(items);
  return unified.ok ? unified.values : items;
}

/** Whether it leaves a type to be found by the values. */
function leavesOpen(type: TypeConstraint): boolean {
  switch (type.kind) {
    case "any":
      return true;
    case "list":
    case "set":
    case "map":
      return leavesOpen(type.element);
    default:
      return false;
  }
}

function convertTuple(
  list: EvaluatedList,
  elements: readonly TypeConstraint[],
  scope: Scope,
): FunctionResult {
  if (list.items.length !== elements.length) {
    return failure(`a tuple of ${elements.length} elements is required`);
  }
  const items: Evaluated[] = [];
  for (const [index, item] of list.items.entries()) {
    const result = convertToConstraint(item, elements[index] ?? { kind: "any" }, scope);
    if (!result.ok) return result;
    items.push(result.value);
  }
  return success({ ...list, collection: "tuple", items });
}

function convertEntries(map: EvaluatedMap, element: TypeConstraint, scope: Scope): EvaluatedMap {
  const entries = new Map<string, EvaluatedEntry>();
  for (const [name, entry] of map.entries) {
    const read = () => convertEntry(entry.value, element, entry.key, scope.within(name));
    entries.set(name, lazyEntry(entry.key, read));
  }
  const converted: EvaluatedMap = { ...map, collection: "map", entries };
  return leavesOpen(element) ? unifyEntries(converted, scope) : converted;
}

/** `map(any)` has one type for all values too, which is found out when one of them is read. */
function unifyEntries(map: EvaluatedMap, { context: { scenarios } }: Scope): EvaluatedMap {
  const unify = () => unifyElements([...map.entries.values()].map(({ value }) => value));
  const unified = scenarios.memoize(unify, () => []);
  const entries = new Map<string, EvaluatedEntry>();
  for (const [index, [name, entry]] of [...map.entries].entries()) {
    const read = (): Evaluated => {
      const { value: own } = entry;
      // What is a string stays one, whatever the others are.
      if (own.state === "known" && typeof own.value === "string") return own;
      return unified()[index] ?? own;
    };
    entries.set(name, lazyEntry(entry.key, read));
  }
  return { ...map, collection: "map", entries };
}

/** What the object type does not name is left out. */
function convertObject(
  map: EvaluatedMap,
  { attributes }: ObjectConstraint,
  scope: Scope,
): FunctionResult {
  const entries = new Map<string, EvaluatedEntry>();
  for (const [name, attribute] of attributes) {
    const entry = map.entries.get(name);
    if (entry === undefined && !attribute.isOptional) {
      return failure(`attribute "${name}" is required`);
    }
    const place = entry?.key ?? scope.file.location(attribute.place);
    const read = () => readAttribute(entry, attribute, place, scope.within(name));
    entries.set(name, lazyEntry(place, read));
  }
  return success({ ...map, collection: "object", entries });
}

/** Null takes the default too. */
function readAttribute(
  entry: EvaluatedEntry | undefined,
  attribute: AttributeConstraint,
  place: Location,
  scope: Scope,
): Evaluated {
  const value = entry?.value;
  if (value !== undefined && value.state !== "unset") {
    return convertEntry(value, attribute.type, place, scope);
  }
  if (attribute.default === undefined) return value ?? unset(scope.written(attribute.place));
  const { default: otherwise, type } = attribute;
  return convertEntry(scope.valueOf(otherwise), type, place, scope);
}

function convertEntry(
  value: Evaluated,
  type: TypeConstraint,
  place: Location,
  scope: Scope,
): Evaluated {
  const result = convertToConstraint(value, type, scope);
  if (result.ok) return result.value;
  scope.context.diagnostics.rejected(place, result.message);
  return unknown({ kind: "invalid" }, value.origin);
}
