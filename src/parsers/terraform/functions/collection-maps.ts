import {
  type Evaluated,
  type EvaluatedEntry,
  type EvaluatedMap,
  oneOf,
} from "../../../values/evaluated.js";
import { convertToString, firstUnknownIn } from "../conversion.js";
import { binary, unary, wrongCount } from "./arity.js";
import { failure, success } from "./function-result.js";
import { sortedEntries } from "./json-text.js";
import { madeString, takenFrom, unknownResult } from "./made-value.js";
import { tryPossibleValues } from "./possible-values.js";
import { listResult, readIndexed, readListOf, readMap } from "./read-parameter.js";
import type {
  FunctionCallContext,
  FunctionResult,
  TerraformFunction,
} from "./terraform-function.js";

/**
 * The keys in order. Of a map Terraform makes a list, of an object a tuple; what may be either counts
 * as an object.
 * https://developer.hashicorp.com/terraform/language/functions/keys
 */
export const keys = unary((parameter, call) => {
  const map = readMap(parameter, call);
  if (!map.ok) return map.result;
  const items = sortedEntries(map.value.entries).map(([key, entry]) =>
    madeString(key, { ...call.origin, from: { location: entry.key, step: "written", name: key } }),
  );
  return listResult(items, kindOfParts(map.value), call);
});

function kindOfParts({ collection }: EvaluatedMap): "list" | "tuple" {
  return collection === "map" ? "list" : "tuple";
}

/** https://developer.hashicorp.com/terraform/language/functions/values: in the order of the keys. */
export const values = unary((parameter, call) => {
  const map = readMap(parameter, call);
  if (!map.ok) return map.result;
  const items = sortedEntries(map.value.entries).map(([, entry]) => entry.value);
  return listResult(items, kindOfParts(map.value), call);
});

/**
 * Of an unknown key it is still known which values can be meant.
 * https://developer.hashicorp.com/terraform/language/functions/lookup
 */
export const lookup: TerraformFunction = (parameters, call) => {
  const [mapParameter, keyParameter, otherwise, ...others] = parameters;
  if (mapParameter === undefined || keyParameter === undefined || others.length > 0) {
    return wrongCount(parameters, "2 or 3");
  }
  const map = readMap(mapParameter, call);
  if (!map.ok) return map.result;
  const { entries } = map.value;
  const key = convertToString(keyParameter);
  if (!key.ok) return key;

  if (key.value.state === "unknown" && key.value.possible === undefined) {
    // Without a default the lookup may also fail, which `try` may be waiting for.
    if (otherwise === undefined) return unknownResult(key.value, call);
    const candidates = [...entries.values()].map((entry) => entry.value);
    const origin = takenFrom(call.origin, key.value);
    return success(oneOf([...candidates, otherwise], key.value.reason, origin));
  }
  return tryPossibleValues([key.value], call, ([name]) => {
    if (name?.state !== "known") return failure("the key must not be null");
    const value = entries.get(String(name.value))?.value ?? otherwise;
    return value === undefined
      ? failure(`lookup failed to find key "${String(name.value)}"`)
      : success(value);
  });
};

/** https://developer.hashicorp.com/terraform/language/functions/merge: later arguments win; null is empty. */
export const merge: TerraformFunction = (parameters, call) => {
  const entries = new Map<string, EvaluatedEntry>();
  const collections = new Set<EvaluatedMap["collection"]>();
  for (const parameter of parameters) {
    if (parameter.state === "unset") continue;
    const map = readMap(parameter, call);
    if (!map.ok) return map.result;
    collections.add(map.value.collection);
    for (const [key, entry] of map.value.entries) entries.set(key, entry);
  }
  const [collection, ...others] = collections;
  const known = collection === undefined || others.length > 0 ? {} : { collection };
  return success({ state: "map", ...known, entries, origin: call.origin });
};

/** https://developer.hashicorp.com/terraform/language/functions/transpose */
export const transpose = unary((parameter, call) => {
  const map = readMap(parameter, call);
  if (!map.ok) return map.result;
  const transposed = new Map<string, { readonly key: Evaluated; readonly names: string[] }>();
  for (const [name, entry] of sortedEntries(map.value.entries)) {
    const list = readListOf(entry.value, convertToString, call);
    if (!list.ok) return list.result;
    for (const item of list.value.items) {
      if (item.state === "unknown") return unknownResult(item, call);
      if (item.state !== "known") return failure("input must be a map of lists of strings");
      const key = String(item.value);
      const names = transposed.get(key)?.names ?? [];
      transposed.set(key, { key: item, names: [...names, name] });
    }
  }
  const entries = new Map<string, EvaluatedEntry>();
  for (const [key, { key: item, names }] of sortedEntries(transposed)) {
    const items = names.map((name) => madeString(name, call.origin));
    const value: Evaluated = { state: "list", collection: "list", items, origin: call.origin };
    entries.set(key, { key: item.origin.location, value });
  }
  return success({ state: "map", entries, origin: call.origin });
});

/** https://developer.hashicorp.com/terraform/language/functions/zipmap */
export const zipmap = binary((keysParameter, valuesParameter, call) => {
  const names = readListOf(keysParameter, convertToString, call);
  if (!names.ok) return names.result;
  const list = readIndexed(valuesParameter, call);
  if (!list.ok) return list.result;
  const { items } = list.value;
  const part = firstUnknownIn(names.value);
  if (part !== undefined) return unknownResult(part, call);
  if (names.value.items.length !== items.length) {
    return failure("number of keys does not match number of values");
  }
  return zip(names.value.items, items, call);
});

function zip(
  names: readonly Evaluated[],
  items: readonly Evaluated[],
  call: FunctionCallContext,
): FunctionResult {
  const entries = new Map<string, EvaluatedEntry>();
  for (const [index, name] of names.entries()) {
    const value = items[index];
    if (name.state !== "known" || value === undefined) return failure("a key must not be null");
    entries.set(String(name.value), { key: name.origin.location, value });
  }
  return success({ state: "map", entries: new Map(sortedEntries(entries)), origin: call.origin });
}
