import type { Evaluated } from "../../../values/evaluated.js";
import { scalarToString } from "../conversion.js";
import { sortedEntries } from "./json-text.js";

/** What a name must look like that stands without quotes. */
export const identifier = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/**
 * A value as HashiCorp's `hclwrite` writes and formats it, or undefined for what it indents in a way
 * that we do not know: objects among several elements of a list. The value must be wholly known.
 * https://pkg.go.dev/github.com/hashicorp/hcl/v2/hclwrite#TokensForValue
 */
export function hclText(value: Evaluated, indent = 0): string | undefined {
  switch (value.state) {
    case "unknown":
      return undefined;
    case "unset":
      return "null";
    case "known":
      return typeof value.value === "string" ? quoted(value.value) : scalarToString(value.value);
    case "list": {
      const items: string[] = [];
      for (const item of value.items) {
        const text = hclText(item, indent);
        if (text === undefined || (value.items.length > 1 && !isOneLine(text))) return undefined;
        items.push(text);
      }
      return `[${items.join(", ")}]`;
    }
    case "map": {
      if (value.entries.size === 0) return "{}";
      const attributes = sortedEntries(value.entries).map(
        ([name, entry]) => [identifier.test(name) ? name : quoted(name), entry.value] as const,
      );
      const lines = attributesText(attributes, indent + 2);
      return lines === undefined ? undefined : `{\n${lines}${" ".repeat(indent)}}`;
    }
  }
}

/** `name = value` line by line, the equals signs below one another where values fit into a line. */
export function attributesText(
  attributes: readonly (readonly [string, Evaluated])[],
  indent: number,
): string | undefined {
  const rows: (readonly [string, string])[] = [];
  for (const [name, value] of attributes) {
    const text = hclText(value, indent);
    if (text === undefined) return undefined;
    rows.push([name, text]);
  }
  return rows
    .map(([name, text], index) => {
      const width = isOneLine(text) ? widthAround(rows, index) : 0;
      return `${" ".repeat(indent)}${name.padEnd(width)} = ${text}\n`;
    })
    .join("");
}

function isOneLine(text: string): boolean {
  return !text.includes("\n");
}

/** The longest name in the run of one-line attributes that the attribute of that index is in. */
function widthAround(rows: readonly (readonly [string, string])[], index: number): number {
  const breaks = rows.flatMap(([, text], row) => (isOneLine(text) ? [] : [row]));
  const start = breaks.findLast((row) => row < index) ?? -1;
  const end = breaks.find((row) => row > index) ?? rows.length;
  return Math.max(...rows.slice(start + 1, end).map(([name]) => name.length));
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ['"', '\\"'],
  ["\\", "\\\\"],
]);

function quoted(text: string): string {
  const written = text
    .replace(/([$%])(?=\{)/g, "$1$1")
    .replace(/["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (character) => {
      const escape = escapes.get(character);
      if (escape !== undefined) return escape;
      const digits = (character.codePointAt(0) ?? 0).toString(16);
      return digits.length > 4 ? `\\U${digits.padStart(8, "0")}` : `\\u${digits.padStart(4, "0")}`;
    });
  return `"${written}"`;
}
