import type { Evaluated } from "../../../values/evaluated.js";
import { firstUnknownIn, scalarToString } from "../conversion.js";
import { unary } from "./arity.js";
import { encodeUtf8 } from "../../../source/bytes.js";
import { success } from "./function-result.js";
import { sortedEntries } from "./json-text.js";
import { encodedFrom, madeFrom, madeString, notSupported, unknownResult } from "./made-value.js";
import { literalBlock, quotedYaml } from "./yaml-string.js";

/** Longer keys, and those of several lines, are written in a way that we do not know. */
const LONGEST_KEY = 128;

/**
 * Strings in quotes or literal blocks, everything else in block style with two spaces' indent. Unknown
 * as a whole where a part of the value is.
 * https://developer.hashicorp.com/terraform/language/functions/yamlencode
 */
export const yamlencode = unary((parameter, call) => {
  const part = firstUnknownIn(parameter);
  if (part !== undefined) return encodedFrom(parameter, unknownResult(part, call));
  if (hasComplexKey(parameter)) return notSupported("yamlencode with complex keys", call);
  const isPlain = parameter.state !== "list" && parameter.state !== "map" && !isString(parameter);
  const text = `${nodeText(parameter, 0, 0, 2)}\n${isPlain ? "...\n" : ""}`;
  const made = success(madeString(text, madeFrom([parameter], call).origin));
  return encodedFrom(parameter, made);
});

function isString(value: Evaluated): boolean {
  return value.state === "known" && typeof value.value === "string";
}

function hasComplexKey(value: Evaluated): boolean {
  if (value.state === "list") return value.items.some(hasComplexKey);
  if (value.state !== "map") return false;
  return [...value.entries].some(([key, entry]) => {
    const isSimple = !/[\n\u2028\u2029]/.test(key) && encodeUtf8(key).length <= LONGEST_KEY;
    return !isSimple || hasComplexKey(entry.value);
  });
}

/**
 * A value from a column on. Further lines of a collection are indented by `indent`, those of a
 * string by `stringIndent`.
 */
function nodeText(value: Evaluated, column: number, indent: number, stringIndent: number): string {
  switch (value.state) {
    case "list":
      return sequenceText(value.items, indent);
    case "map":
      return mappingText(sortedEntries(value.entries), indent);
    case "known":
      if (typeof value.value !== "string") return scalarToString(value.value);
      return (
        literalBlock(value.value, stringIndent) ?? quotedYaml(value.value, column, stringIndent)
      );
    case "unset":
    case "unknown":
      return "null";
  }
}

function sequenceText(items: readonly Evaluated[], indent: number): string {
  if (items.length === 0) return "[]";
  const inner = indent + 2;
  return items
    .map((item) => `- ${nodeText(item, inner, inner, inner)}`)
    .join(`\n${" ".repeat(indent)}`);
}

function mappingText(
  entries: readonly (readonly [string, { readonly value: Evaluated }])[],
  indent: number,
): string {
  if (entries.length === 0) return "{}";
  return entries
    .map(([key, { value }]) => {
      const name = `${quotedYaml(key, 0, undefined)}:`;
      const column = indent + Array.from(name).length + 1;
      // A sequence is not indented further than the key that it belongs to.
      const inner = value.state === "list" ? indent : indent + 2;
      const text = nodeText(value, column, inner, indent + 2);
      return isBlock(value) ? `${name}\n${" ".repeat(inner)}${text}` : `${name} ${text}`;
    })
    .join(`\n${" ".repeat(indent)}`);
}

function isBlock(value: Evaluated): boolean {
  if (value.state === "list") return value.items.length > 0;
  return value.state === "map" && value.entries.size > 0;
}
