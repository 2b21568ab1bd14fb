import type { Evaluated, EvaluatedUnknown } from "../../../values/evaluated.js";
import { formatNumber } from "../conversion.js";
import { compareText } from "./text-order.js";

/**
 * A value as `jsonencode` writes it: keys sorted, no spaces, and what HTML would read escaped. Where
 * a part of it is unknown, that part.
 * https://developer.hashicorp.com/terraform/language/functions/jsonencode
 */
export function jsonText(value: Evaluated): string | EvaluatedUnknown {
  switch (value.state) {
    case "unknown":
      return value;
    case "unset":
      return "null";
    case "known":
      if (typeof value.value === "string") return jsonString(value.value);
      return typeof value.value === "number" ? formatNumber(value.value) : String(value.value);
    case "list": {
      const items: string[] = [];
      for (const item of value.items) {
        const text = jsonText(item);
        if (typeof text !== "string") return text;
        items.push(text);
      }
      return `[${items.join(",")}]`;
    }
    case "map": {
      const members: string[] = [];
      for (const [key, entry] of sortedEntries(value.entries)) {
        const text = jsonText(entry.value);
        if (typeof text !== "string") return text;
        members.push(`${jsonString(key)}:${text}`);
      }
      return `{${members.join(",")}}`;
    }
  }
}

/** Entries in the order in which Terraform walks a map: by key. */
export function sortedEntries<Entry>(
  entries: ReadonlyMap<string, Entry>,
): readonly (readonly [string, Entry])[] {
  return [...entries].sort(([left], [right]) => compareText(left, right));
}

/** A string in JSON's quotes as Go writes it. */
export function jsonString(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
