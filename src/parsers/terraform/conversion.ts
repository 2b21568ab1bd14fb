import type { Evaluated, EvaluatedUnknown } from "../../values/evaluated.js";
import { known, type Scalar } from "../../values/value.js";
import { failure, success } from "./functions/function-result.js";
import type { FunctionResult } from "./functions/terraform-function.js";

/** Digits that rounding a fraction must save for them to be called noise. */
const NOISE = 4;

/**
 * The result of a calculation as Terraform has it, which calculates with 512 bits where we have 64:
 * 0.1 + 0.2 is 0.3. Integers are exact up to 2^53.
 */
export function withoutNoise(number: number): number {
  if (Number.isInteger(number)) return number;
  const rounded = Number(number.toPrecision(15));
  return String(rounded).length + NOISE < String(number).length ? rounded : number;
}

/** A number as Terraform writes it into strings: never with an exponent; of a division by zero as Go writes it. */
export function formatNumber(number: number): string {
  if (!Number.isFinite(number)) return number > 0 ? "+Inf" : "-Inf";
  return Object.is(number, -0) ? "-0" : withoutExponent(String(withoutNoise(number)));
}

function withoutExponent(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  // JavaScript writes an exponent only where the digits end before the point.
  return sign + digits.padEnd(point, "0");
}

/** The number that a string stands for, or undefined: decimal digits, a point, an exponent. */
export function parseNumber(text: string): number | undefined {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** A scalar as a string: every scalar has one. */
export function scalarToString(scalar: Scalar): string {
  return typeof scalar === "number" ? formatNumber(scalar) : String(scalar);
}

/** A scalar as a number, or undefined: of strings those that are decimal numbers, no boolean. */
export function scalarToNumber(scalar: Scalar): number | undefined {
  if (typeof scalar === "string") return parseNumber(scalar);
  return typeof scalar === "number" ? scalar : undefined;
}

/** A scalar as a boolean, or undefined: of strings "true", "1", "false" and "0", no number. */
export function scalarToBool(scalar: Scalar): boolean | undefined {
  if (scalar === "true" || scalar === "1") return true;
  if (scalar === "false" || scalar === "0") return false;
  return typeof scalar === "boolean" ? scalar : undefined;
}

/**
 * The value where Terraform wants a string. What is null stays null, what is unknown stays unknown,
 * and the value keeps its origin.
 * https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
 */
export function convertToString(value: Evaluated): FunctionResult {
  return convertScalar(value, scalarToString, "a string is required");
}

/** The value where Terraform wants a number; as {@link convertToString}. */
export function convertToNumber(value: Evaluated): FunctionResult {
  return convertScalar(value, scalarToNumber, "a number is required");
}

/** The value where Terraform wants a bool; as {@link convertToString}. */
export function convertToBool(value: Evaluated): FunctionResult {
  return convertScalar(value, scalarToBool, "a bool is required");
}

/** Terraform's types of scalars. */
export type ScalarKind = "string" | "number" | "bool";

/** The value converted to that kind of scalar. */
export function convertToKind(value: Evaluated, kind: ScalarKind): FunctionResult {
  switch (kind) {
    case "string":
      return convertToString(value);
    case "number":
      return convertToNumber(value);
    case "bool":
      return convertToBool(value);
  }
}

function convertScalar(
  value: Evaluated,
  convert: (scalar: Scalar) => Scalar | undefined,
  complaint: string,
): FunctionResult {
  switch (value.state) {
    case "known": {
      const converted = convert(value.value);
      if (converted === undefined) return failure(complaint);
      return success(converted === value.value ? value : known(converted, value.origin));
    }
    case "unset":
      return success(value);
    case "unknown":
      return convertUnknown(value, convert, complaint);
    case "list":
    case "map":
      return failure(complaint);
  }
}

/** Converts each possible value. What the unknown stands for stays as long as no value changes. */
function convertUnknown(
  value: EvaluatedUnknown,
  convert: (scalar: Scalar) => Scalar | undefined,
  complaint: string,
): FunctionResult {
  const possible = possibleScalars(value);
  if (possible === undefined) return success(value);
  const converted = possible.map(convert);
  if (converted.every((scalar, index) => scalar === possible[index])) return success(value);

  const { state, reason, origin } = value;
  const convertible = [...new Set(converted.filter((scalar) => scalar !== undefined))];
  const [first] = convertible;
  if (first === undefined) return failure(complaint);
  // A value that does not convert is an error only if it is chosen, which `try` may be waiting for.
  if (converted.includes(undefined)) return success({ state, reason, origin });
  if (convertible.length === 1) return success(known(first, origin));
  return success({ state, reason, origin, possible: convertible });
}

/** All scalars that an unknown can be, where that is a finite set. */
export function possibleScalars(value: EvaluatedUnknown): readonly Scalar[] | undefined {
  if (value.possible !== undefined) return value.possible;
  if (value.subject?.domain !== undefined) return value.subject.domain;
  return value.condition === undefined ? undefined : [true, false];
}

/** The first unknown anywhere in a value, or undefined where it is wholly known. */
export function firstUnknownIn(value: Evaluated): EvaluatedUnknown | undefined {
  switch (value.state) {
    case "unknown":
      return value;
    case "known":
    case "unset":
      return undefined;
    case "list":
      return firstOf(value.items, firstUnknownIn);
    case "map":
      return firstOf(value.entries.values(), (entry) => firstUnknownIn(entry.value));
  }
}

function firstOf<Item, Found>(
  items: Iterable<Item>,
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
