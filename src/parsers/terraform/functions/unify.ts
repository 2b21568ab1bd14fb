import type { Evaluated, EvaluatedEntry, EvaluatedMap } from "../../../values/evaluated.js";
import { convertToKind } from "../conversion.js";
import { createSet } from "./create-set.js";
import { failure, success } from "./function-result.js";
import type { FunctionResult } from "./terraform-function.js";
import {
  type MappingType,
  type SequenceType,
  typeOf,
  unifyTypes,
  type ValueType,
} from "./value-type.js";

/** Several converted values, or why they do not convert. */
export type ValuesResult =
  | { readonly ok: true; readonly values: readonly Evaluated[] }
  | { readonly ok: false; readonly message: string };

/**
 * The values converted to the one type that Terraform finds for all of them, as for the elements of
 * a list. A value that has the type already is given back as it is; each keeps its origin.
 */
export function unifyValues(values: readonly Evaluated[]): ValuesResult {
  const type = unifyTypes(values.map(typeOf)) ?? typeBesideUnknown(values);
  if (type === undefined) return failure("all elements must have the same type");
  return convertAll(values, type);
}

/** A number and a boolean go together only where something unknown turns out to be a string. */
function typeBesideUnknown(values: readonly Evaluated[]): ValueType | undefined {
  const areScalars = values.every(({ state }) => state !== "list" && state !== "map");
  const hasUnknown = values.some(({ state }) => state === "unknown");
  return areScalars && hasUnknown ? { kind: "string" } : undefined;
}

function convertAll(values: readonly Evaluated[], type: ValueType): ValuesResult {
  const converted: Evaluated[] = [];
  for (const value of values) {
    const result = convertToType(value, type);
    if (!result.ok) return result;
    converted.push(result.value);
  }
  return { ok: true, values: converted };
}

/** The value converted to a type that {@link unifyTypes} has found for it. */
function convertToType(value: Evaluated, type: ValueType): FunctionResult {
  switch (type.kind) {
    case "any":
    case "unknown":
      return success(value);
    case "string":
    case "number":
    case "bool":
      return convertToKind(value, type.kind);
    case "list":
    case "set":
    case "tuple":
      return convertSequence(value, type);
    case "map":
    case "object":
      return convertMapping(value, type);
  }
}

function convertSequence(value: Evaluated, type: SequenceType): FunctionResult {
  if (value.state === "unset" || value.state === "unknown") return success(value);
  if (value.state !== "list") return failure(`a ${type.kind} is required`);
  const items: Evaluated[] = [];
  for (const [index, item] of value.items.entries()) {
    const itemType = type.kind === "tuple" ? type.elements[index] : type.element;
    if (itemType === undefined) return failure("too many elements for the tuple");
    const result = convertToType(item, itemType);
    if (!result.ok) return result;
    items.push(result.value);
  }
  if (type.kind === value.collection && hasOnly(value.items, items)) return success(value);
  if (type.kind === "set") return success(createSet(items, value.origin));
  return success({ ...value, items, collection: type.kind });
}

function convertMapping(value: Evaluated, type: MappingType): FunctionResult {
  if (value.state === "unset" || value.state === "unknown") return success(value);
  if (value.state !== "map") return failure(`a ${type.kind} is required`);
  return mapEntries(value, (entry, key) => {
    const entryType = type.kind === "object" ? type.attributes.get(key) : type.element;
    return entryType === undefined
      ? failure(`unexpected attribute "${key}"`)
      : convertToType(entry.value, entryType);
  });
}

/** The map with each entry's value changed; itself where no value changes. */
export function mapEntries(
  map: EvaluatedMap,
  change: (entry: EvaluatedEntry, key: string) => FunctionResult,
): FunctionResult {
  const entries = new Map<string, EvaluatedEntry>();
  let isChanged = false;
  for (const [key, entry] of map.entries) {
    const result = change(entry, key);
    if (!result.ok) return result;
    const isSame = result.value === entry.value;
    entries.set(key, isSame ? entry : { key: entry.key, value: result.value });
    isChanged ||= !isSame;
  }
  return success(isChanged ? { ...map, entries } : map);
}

function hasOnly(items: readonly Evaluated[], others: readonly Evaluated[]): boolean {
  return items.every((item, index) => item === others[index]);
}
