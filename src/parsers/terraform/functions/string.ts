import { type Failure, failure, success } from "./function-result.js";
import type { FunctionTable } from "./function-table.js";
import { graphemesOf } from "./graphemes.js";
import { madeString, madeStrings } from "./made-value.js";
import { overScalars, scalarFunction } from "./scalar-function.js";
import { format, formatlist } from "./string-format.js";
import { join } from "./string-join.js";
import { regex, regexall, replace } from "./string-regex.js";
import { templatestring } from "./template.js";
import type { TerraformFunction } from "./terraform-function.js";

/** More would fill the memory before anyone reads it. */
const WIDEST_INDENT = 10_000;

/** Go maps each character to one other; JavaScript's "ß" would become "SS". */
function mapCharacters(text: string, change: (character: string) => string): string {
  return Array.from(text, (character) => {
    const changed = change(character);
    return Array.from(changed).length === 1 ? changed : character;
  }).join("");
}

function lower(text: string): string {
  // The one capital letter that JavaScript makes two characters of.
  return mapCharacters(text.replaceAll("İ", "i"), (character) => character.toLowerCase());
}

function upper(text: string): string {
  return mapCharacters(text, (character) => character.toUpperCase());
}

/** https://developer.hashicorp.com/terraform/language/functions/title */
function title(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}_])\p{L}/gu, upper);
}

/**
 * A negative length, and 0 together with a negative offset, takes all up to the end.
 * https://developer.hashicorp.com/terraform/language/functions/substr
 */
const substr = overScalars(["string", "number", "number"], ([text, offset, length], call) => {
  if (!Number.isInteger(offset) || !Number.isInteger(length)) {
    return failure("offset and length must be whole numbers");
  }
  const characters = graphemesOf(text);
  const start = offset < 0 ? offset + characters.length : offset;
  const from = Math.max(start, 0);
  const isUpToEnd = length < 0 || (length === 0 && offset < 0);
  const part = isUpToEnd ? characters.slice(from) : characters.slice(from, from + length);
  return success(madeString(part.join(""), call.origin));
});

/** https://developer.hashicorp.com/terraform/language/functions/trim */
function trim(text: string, cutset: string): string {
  const isCut = (character: string | undefined): boolean =>
    character !== undefined && cutset.includes(character);
  const characters = Array.from(text);
  let [start, end] = [0, characters.length];
  while (start < end && isCut(characters[start])) start += 1;
  while (end > start && isCut(characters[end - 1])) end -= 1;
  return characters.slice(start, end).join("");
}

/** Unicode's white space as Go knows it; JavaScript's differs by U+0085 and U+FEFF. */
const outerSpace =
  /^[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+|[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+$/g;

/** https://developer.hashicorp.com/terraform/language/functions/indent: all lines but the first. */
function indent(spaces: number, text: string): string | Failure {
  if (!Number.isInteger(spaces) || spaces < 0 || spaces > WIDEST_INDENT) {
    return failure("the number of spaces must be a whole number that is not negative");
  }
  return text.replaceAll("\n", `\n${" ".repeat(spaces)}`);
}

/** https://developer.hashicorp.com/terraform/language/functions/split */
const split: TerraformFunction = overScalars(["string", "string"], ([separator, text], call) => {
  // Go splits into code points where the separator is empty.
  const parts = separator === "" ? Array.from(text) : text.split(separator);
  return success(madeStrings(parts, call.origin));
});

/**
 * String functions.
 * https://developer.hashicorp.com/terraform/language/functions#string-functions
 */
export const stringFunctions: FunctionTable = {
  chomp: scalarFunction(["string"], (text) => text.replace(/[\r\n]+$/, "")),
  endswith: scalarFunction(["string", "string"], (text, suffix) => text.endsWith(suffix)),
  format,
  formatlist,
  indent: scalarFunction(["number", "string"], indent),
  join,
  lower: scalarFunction(["string"], lower),
  regex,
  regexall,
  replace,
  split,
  startswith: scalarFunction(["string", "string"], (text, prefix) => text.startsWith(prefix)),
  strcontains: scalarFunction(["string", "string"], (text, part) => text.includes(part)),
  strrev: scalarFunction(["string"], (text) => graphemesOf(text).toReversed().join("")),
  substr,
  templatestring,
  title: scalarFunction(["string"], title),
  trim: scalarFunction(["string", "string"], trim),
  trimprefix: scalarFunction(["string", "string"], (text, prefix) =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  trimspace: scalarFunction(["string"], (text) => text.replace(outerSpace, "")),
  trimsuffix: scalarFunction(["string", "string"], (text, suffix) =>
    suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  upper: scalarFunction(["string"], upper),
};
