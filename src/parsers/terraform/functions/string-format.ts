import type { Evaluated } from "../../../values/evaluated.js";
import { convertToString, firstUnknownIn } from "../conversion.js";
import { variadic } from "./arity.js";
import { type FormatVerb, formatValue } from "./format-verb.js";
import { type Failure, failure, success } from "./function-result.js";
import { madeFrom, madeString, unknownResult } from "./made-value.js";
import { tryPossibleValues } from "./possible-values.js";
import type { FunctionCallContext, FunctionResult } from "./terraform-function.js";

/** Wider output would fill the memory before anyone reads it. */
const WIDEST = 10_000;

/** JavaScript writes no more digits of a fraction. */
const MOST_PRECISE = 100;

/** https://developer.hashicorp.com/terraform/language/functions/format */
export const format = variadic(formatValues);

/** https://developer.hashicorp.com/terraform/language/functions/formatlist */
export const formatlist = variadic((pattern, values, call) => {
  const lists = values.filter((value) => value.state === "list");
  const [length = 1, ...otherLengths] = new Set(lists.map((list) => list.items.length));
  if (otherLengths.length > 0) return failure("all lists must have the same length");
  // An unknown without possible values may be a list itself.
  const open = values.find((value) => value.state === "unknown" && value.possible === undefined);
  if (open?.state === "unknown") return unknownResult(open, call);

  const items: Evaluated[] = [];
  for (let index = 0; index < length; index += 1) {
    const row = values.map((value) =>
      value.state === "list" ? (value.items[index] ?? value) : value,
    );
    const result = formatValues(pattern, row, call);
    if (!result.ok) return result;
    items.push(result.value);
  }
  return success({ state: "list", collection: "list", items, origin: call.origin });
});

function formatValues(
  pattern: Evaluated,
  values: readonly Evaluated[],
  call: FunctionCallContext,
): FunctionResult {
  const parameters = [pattern, ...values];
  return tryPossibleValues(parameters, call, ([known = pattern, ...knownValues]) => {
    const text = convertToString(known);
    if (!text.ok) return text;
    if (text.value.state !== "known") return failure("the format string must not be null");
    for (const value of knownValues) {
      const part = firstUnknownIn(value);
      if (part !== undefined) return unknownResult(part, call);
    }
    const formatted = formatText(String(text.value.value), knownValues);
    if (typeof formatted !== "string") return formatted;
    return success(madeString(formatted, madeFrom(parameters, call).origin));
  });
}

const verbPattern = /%([0#\- +]*)([1-9]\d*)?(?:\.(\d*))?(?:\[([1-9]\d*)\])?([A-Za-z])/y;

function formatText(pattern: string, values: readonly Evaluated[]): string | Failure {
  let text = "";
  let used = 0;
  let next = 1;
  for (let position = 0; position < pattern.length;) {
    if (pattern[position] !== "%" || pattern.startsWith("%%", position)) {
      text += pattern[position] ?? "";
      position += pattern[position] === "%" ? 2 : 1;
      continue;
    }
    verbPattern.lastIndex = position;
    const match = verbPattern.exec(pattern);
    if (match === null) return failure(`unrecognized format at offset ${position}`);
    const number = match[4] === undefined ? next : Number(match[4]);
    const value = values[number - 1];
    if (value === undefined) return failure(`not enough arguments for "${match[0]}"`);
    const formatted = formatVerb(readVerb(match), value);
    if (typeof formatted !== "string") return formatted;
    text += formatted;
    used = Math.max(used, number);
    next = number + 1;
    position += match[0].length;
  }
  if (used < values.length) return failure("too many arguments for the format string");
  return text;
}

function readVerb([text, flags = "", width, precision, , mode = ""]: RegExpExecArray): FormatVerb {
  return {
    text,
    flags,
    width: width === undefined ? undefined : Number(width),
    precision: precision === undefined ? undefined : Number(precision),
    mode,
  };
}

function formatVerb(verb: FormatVerb, value: Evaluated): string | Failure {
  const { width = 0, precision = 0, text } = verb;
  if (width > WIDEST || precision > MOST_PRECISE) return failure(`"${text}" is too wide`);
  return formatValue(verb, value);
}
