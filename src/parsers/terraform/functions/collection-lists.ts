import {
  type Evaluated,
  type EvaluatedUnknown,
  oneOf,
  unknown,
} from "../../../values/evaluated.js";
import { known, unset } from "../../../values/value.js";
import {
  convertToNumber,
  convertToString,
  firstUnknownIn,
  possibleScalars,
  withoutNoise,
} from "../conversion.js";
import { isCertainlySomething } from "../links.js";
import { binary, ternary, unary, variadic } from "./arity.js";
import { areEqual, areEqualInType } from "./equality.js";
import { failure, success } from "./function-result.js";
import { takenFrom, unknownResult } from "./made-value.js";
import { tryPossibleValues } from "./possible-values.js";
import {
  listResult,
  readIndexed,
  readKnownList,
  readList,
  readListOf,
  readSequence,
  readWholeNumber,
} from "./read-parameter.js";
import { overScalarsAndMore } from "./scalar-function.js";
import { compareText } from "./text-order.js";

/** https://developer.hashicorp.com/terraform/language/functions/chunklist: 0 makes one chunk. */
export const chunklist = binary((parameter, sizeParameter, call) => {
  const list = readList(parameter, call);
  if (!list.ok) return list.result;
  const size = readWholeNumber(sizeParameter, call);
  if (!size.ok) return size.result;
  if (size.value < 0) return failure("the size argument must be positive");

  const { items } = list.value;
  const step = size.value === 0 ? items.length : size.value;
  const chunks: Evaluated[] = [];
  for (let start = 0; start < items.length; start += step) {
    chunks.push({ ...list.value, items: items.slice(start, start + step), origin: call.origin });
  }
  return listResult(chunks, "list", call);
});

/** https://developer.hashicorp.com/terraform/language/functions/compact */
export const compact = unary((parameter, call) => {
  const list = readListOf(parameter, convertToString, call);
  if (!list.ok) return list.result;
  const items: Evaluated[] = [];
  for (const item of list.value.items) {
    if (item.state === "unset" || (item.state === "known" && item.value === "")) continue;
    if (item.state === "unknown" && !isCertainlySomething(item)) return unknownResult(item, call);
    items.push(item);
  }
  return listResult(items, "list", call);
});

/** https://developer.hashicorp.com/terraform/language/functions/concat */
export const concat = variadic((first, others, call) => {
  const items: Evaluated[] = [];
  let areLists = true;
  for (const parameter of [first, ...others]) {
    const list = readIndexed(parameter, call);
    if (!list.ok) return list.result;
    items.push(...list.value.items);
    areLists &&= list.value.collection === "list";
  }
  const joined = listResult(items, "tuple", call);
  if (!areLists || !joined.ok) return joined;
  // Lists that have no common type make a tuple.
  const list = readList(joined.value, call);
  return list.ok ? success(list.value) : joined;
});

/**
 * An unknown variable that is looked for in a list of known values makes the answer depend on it.
 * https://developer.hashicorp.com/terraform/language/functions/contains
 */
export const contains = binary((parameter, value, call) => {
  const list = readSequence(parameter, call);
  if (!list.ok) return list.result;
  if (value.state === "unset") return failure("argument must not be null");

  const { items } = list.value;
  const answers = items.map((item) => areEqual(value, item));
  if (answers.includes(true)) return success(known(true, call.origin));
  if (!answers.includes(undefined)) return success(known(false, call.origin));

  const part = firstUnknownIn(value) ?? firstUnknownIn(list.value);
  const origin = part === undefined ? call.origin : takenFrom(call.origin, part);
  const reason = part?.reason ?? { kind: "not-supported", what: "comparing maps with objects" };
  const scalars = items.flatMap((item) => (item.state === "known" ? [item.value] : []));
  if (value.state !== "unknown" || scalars.length < items.length) {
    return success({ state: "unknown", reason, origin });
  }
  const isAlways = possibleScalars(value)?.every((scalar) => scalars.includes(scalar));
  if (isAlways === true) return success(known(true, origin));
  const { subject } = value;
  if (subject === undefined) return success({ state: "unknown", reason, origin });
  const condition = { kind: "is-one-of", subject, values: scalars } as const;
  return success({ state: "unknown", reason, origin, condition });
});

/** https://developer.hashicorp.com/terraform/language/functions/coalescelist */
export const coalescelist = variadic((first, others, call) => {
  for (const parameter of [first, ...others]) {
    if (parameter.state === "unset") continue;
    const list = readIndexed(parameter, call);
    if (!list.ok) return list.result;
    if (list.value.items.length > 0) return success(list.value);
  }
  return failure("no non-null arguments");
});

/** https://developer.hashicorp.com/terraform/language/functions/distinct */
export const distinct = unary((parameter, call) => {
  const list = readKnownList(parameter, call);
  if (!list.ok) return list.result;
  const items: Evaluated[] = [];
  for (const item of list.value.items) {
    if (!items.some((other) => areEqualInType(item, other) === true)) items.push(item);
  }
  return listResult(items, "list", call);
});

/**
 * The index wraps around. Of an unknown one it is still known which elements can be meant.
 * https://developer.hashicorp.com/terraform/language/functions/element
 */
export const element = binary((parameter, indexParameter, call) => {
  const list = readIndexed(parameter, call);
  if (!list.ok) return list.result;
  const { items } = list.value;
  if (items.length === 0) return failure("cannot use element function with an empty list");

  const pick = (index: Evaluated): ReturnType<typeof success> => {
    const number = readWholeNumber(index, call);
    if (!number.ok) return number.result;
    const item = items[number.value % items.length];
    return item === undefined ? failure("the index must not be negative") : success(item);
  };
  if (indexParameter.state === "unknown" && indexParameter.possible === undefined) {
    const origin = takenFrom(call.origin, indexParameter);
    return success(oneOf(items, indexParameter.reason, origin));
  }
  return tryPossibleValues([indexParameter], call, ([index = indexParameter]) => pick(index));
});

/** https://developer.hashicorp.com/terraform/language/functions/flatten */
export const flatten = unary((parameter, call) => {
  const list = readSequence(parameter, call);
  if (!list.ok) return list.result;
  const items: Evaluated[] = [];
  const pending = list.value.items.toReversed();
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (item.state === "list") pending.push(...item.items.toReversed());
    // What may turn out to be a list leaves open how many elements there are.
    else if (item.state === "unknown" && mayBeList(item)) return unknownResult(item, call);
    else items.push(item);
  }
  return listResult(items, "tuple", call);
});

function mayBeList(value: EvaluatedUnknown): boolean {
  return possibleScalars(value) === undefined && !isCertainlySomething(value);
}

/** https://developer.hashicorp.com/terraform/language/functions/index_function */
export const index = binary((parameter, value, call) => {
  const list = readIndexed(parameter, call);
  if (!list.ok) return list.result;
  if (value.state === "unset") return failure("argument must not be null");
  for (const [place, item] of list.value.items.entries()) {
    const isIt = areEqual(item, value);
    if (isIt === true) return success(known(place, call.origin));
    if (isIt === false) continue;
    const part = firstUnknownIn(item) ?? firstUnknownIn(value);
    if (part !== undefined) return unknownResult(part, call);
    const reason = { kind: "not-supported", what: "comparing maps with objects" } as const;
    return success({ state: "unknown", reason, origin: call.origin });
  }
  return failure("item not found");
});

/** https://developer.hashicorp.com/terraform/language/functions/matchkeys */
export const matchkeys = ternary((valuesParameter, keysParameter, searchedParameter, call) => {
  const values = readList(valuesParameter, call);
  if (!values.ok) return values.result;
  const keys = readKnownList(keysParameter, call);
  if (!keys.ok) return keys.result;
  const searched = readKnownList(searchedParameter, call);
  if (!searched.ok) return searched.result;
  if (values.value.items.length !== keys.value.items.length) {
    return failure("length of keys and values should be equal");
  }
  const together = { ...keys.value, collection: "tuple" as const };
  const unified = readList(
    { ...together, items: [...keys.value.items, ...searched.value.items] },
    call,
  );
  if (!unified.ok) return unified.result;
  const count = keys.value.items.length;
  const wanted = unified.value.items.slice(count);
  const items = values.value.items.filter((_, place) => {
    const key = unified.value.items[place];
    return key !== undefined && wanted.some((other) => areEqualInType(key, other) === true);
  });
  return listResult(items, "list", call);
});

/** https://developer.hashicorp.com/terraform/language/functions/one */
export const one = unary((parameter, call) => {
  const list = readSequence(parameter, call);
  if (!list.ok) return list.result;
  const [first, ...others] = list.value.items;
  if (others.length > 0) return failure("must have either zero or one elements");
  return success(first ?? unset(call.origin));
});

/** Terraform refuses to make longer ranges. */
const LONGEST_RANGE = 1024;

/** https://developer.hashicorp.com/terraform/language/functions/range */
export const range = overScalarsAndMore([], "number", (_, numbers, call) => {
  if (numbers.length > 3) return failure("takes one, two or three arguments");
  const [start = 0, limit = 0] = numbers.length === 1 ? [0, ...numbers] : numbers;
  const step = numbers[2] ?? (limit < start ? -1 : 1);
  if (limit === start) return listResult([], "list", call);
  if (Math.sign(step) !== Math.sign(limit - start)) return failure("step must lead to the limit");
  const items: Evaluated[] = [];
  for (let number = start; step > 0 ? number < limit : number > limit; number += step) {
    if (items.length === LONGEST_RANGE) return failure("more than 1024 values were generated");
    items.push(known(number, call.origin));
  }
  return listResult(items, "list", call);
});

/** https://developer.hashicorp.com/terraform/language/functions/reverse */
export const reverse = unary((parameter, call) => {
  const list = readSequence(parameter, call);
  if (!list.ok) return list.result;
  const collection = list.value.collection === "tuple" ? "tuple" : "list";
  return listResult(list.value.items.toReversed(), collection, call);
});

/** https://developer.hashicorp.com/terraform/language/functions/slice */
export const slice = ternary((parameter, startParameter, endParameter, call) => {
  const list = readIndexed(parameter, call);
  if (!list.ok) return list.result;
  const start = readWholeNumber(startParameter, call);
  if (!start.ok) return start.result;
  const end = readWholeNumber(endParameter, call);
  if (!end.ok) return end.result;
  const { items, collection } = list.value;
  if (start.value < 0 || start.value > end.value || end.value > items.length) {
    return failure("the indices must be in order and within the list");
  }
  const kind = collection === "tuple" ? "tuple" : "list";
  return listResult(items.slice(start.value, end.value), kind, call);
});

/**
 * Where an element is unknown, all that is known is how many there are.
 * https://developer.hashicorp.com/terraform/language/functions/sort
 */
export const sort = unary((parameter, call) => {
  const list = readListOf(parameter, convertToString, call);
  if (!list.ok) return list.result;
  const part = firstUnknownIn(list.value);
  if (part !== undefined) {
    const item = unknown(part.reason, takenFrom(call.origin, part));
    return listResult(
      list.value.items.map(() => item),
      "list",
      call,
    );
  }
  const items = list.value.items.filter((item) => item.state === "known");
  if (items.length < list.value.items.length) return failure("a null string cannot be sorted");
  const sorted = items.sort((left, right) => compareText(String(left.value), String(right.value)));
  return listResult(sorted, "list", call);
});

/** https://developer.hashicorp.com/terraform/language/functions/sum */
export const sum = unary((parameter, call) => {
  const list = readListOf(parameter, convertToNumber, call);
  if (!list.ok) return list.result;
  if (list.value.items.length === 0) return failure("cannot sum an empty list");
  const part = firstUnknownIn(list.value);
  if (part !== undefined) return unknownResult(part, call);
  let total = 0;
  for (const item of list.value.items) {
    if (item.state !== "known") return failure("cannot sum null");
    total += Number(item.value);
  }
  return success(known(withoutNoise(total), call.origin));
});
