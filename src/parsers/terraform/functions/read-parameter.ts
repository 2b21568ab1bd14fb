import type { Evaluated, EvaluatedList, EvaluatedMap } from "../../../values/evaluated.js";
import { convertToNumber, firstUnknownIn } from "../conversion.js";
import { createSet } from "./create-set.js";
import { failure, success } from "./function-result.js";
import { unknownResult } from "./made-value.js";
import type { FunctionCallContext, FunctionResult } from "./terraform-function.js";
import { unifyValues } from "./unify.js";

/** An argument as a function wants it, or the result that the call has instead. */
export type Reading<Wanted> =
  | { readonly ok: true; readonly value: Wanted }
  | { readonly ok: false; readonly result: FunctionResult };

function instead(result: FunctionResult): Reading<never> {
  return { ok: false, result };
}

/** A list, set or tuple as it is; its items may be unknown. */
export function readSequence(
  parameter: Evaluated,
  call: FunctionCallContext,
): Reading<EvaluatedList> {
  if (parameter.state === "list") return { ok: true, value: parameter };
  if (parameter.state === "unknown") return instead(unknownResult(parameter, call));
  return instead(failure("a list, set or tuple is required"));
}

/** As {@link readSequence}, but not of a set: its elements have no places. */
export function readIndexed(
  parameter: Evaluated,
  call: FunctionCallContext,
): Reading<EvaluatedList> {
  const read = readSequence(parameter, call);
  if (read.ok && read.value.collection === "set") {
    return instead(failure("a set's elements have no indices"));
  }
  return read;
}

/** A list: of a set in its order, of a tuple with all items converted to one type. */
export function readList(parameter: Evaluated, call: FunctionCallContext): Reading<EvaluatedList> {
  const read = readSequence(parameter, call);
  if (!read.ok || read.value.collection === "list") return read;
  if (read.value.collection === "set")
    return { ok: true, value: { ...read.value, collection: "list" } };
  const unified = unifyValues(read.value.items);
  if (!unified.ok) return instead(unified);
  return { ok: true, value: { ...read.value, items: unified.values, collection: "list" } };
}

/** A list none of whose parts is unknown: for functions whose result would differ as a whole. */
export function readKnownList(
  parameter: Evaluated,
  call: FunctionCallContext,
): Reading<EvaluatedList> {
  const read = readList(parameter, call);
  const part = read.ok ? firstUnknownIn(read.value) : undefined;
  return part === undefined ? read : instead(unknownResult(part, call));
}

/** A list whose items are all converted. */
export function readListOf(
  parameter: Evaluated,
  convert: (value: Evaluated) => FunctionResult,
  call: FunctionCallContext,
): Reading<EvaluatedList> {
  const read = readSequence(parameter, call);
  if (!read.ok) return read;
  const items: Evaluated[] = [];
  for (const item of read.value.items) {
    const converted = convert(item);
    if (!converted.ok) return instead(converted);
    items.push(converted.value);
  }
  return { ok: true, value: { ...read.value, items, collection: "list" } };
}

/** A map or object; its entries may be unknown. */
export function readMap(parameter: Evaluated, call: FunctionCallContext): Reading<EvaluatedMap> {
  if (parameter.state === "map") return { ok: true, value: parameter };
  if (parameter.state === "unknown") return instead(unknownResult(parameter, call));
  return instead(failure("a map or object is required"));
}

/** A whole number. */
export function readWholeNumber(parameter: Evaluated, call: FunctionCallContext): Reading<number> {
  const converted = convertToNumber(parameter);
  if (!converted.ok) return instead(converted);
  const { value } = converted;
  if (value.state === "unknown") return instead(unknownResult(value, call));
  if (value.state !== "known" || typeof value.value !== "number") {
    return instead(failure("must not be null"));
  }
  if (!Number.isInteger(value.value)) return instead(failure("a whole number is required"));
  return { ok: true, value: value.value };
}

/** A list made of `items`, as a result. */
export function listResult(
  items: readonly Evaluated[],
  collection: "list" | "tuple",
  call: FunctionCallContext,
): FunctionResult {
  return success({ state: "list", items, collection, origin: call.origin });
}

/** A set made of `items`, as a result. */
export function setResult(items: readonly Evaluated[], call: FunctionCallContext): FunctionResult {
  return success(createSet(items, call.origin));
}
