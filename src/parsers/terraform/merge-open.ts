import type { Evaluated, EvaluatedEntry, EvaluatedUnknown } from "../../values/evaluated.js";
import { unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { takenFrom } from "./functions/made-value.js";
import type { OpenValues } from "./open-values.js";

/**
 * `merge` where some of what is merged is open: what comes later is in the result whatever the rest
 * is, and of an object the type says what else. Undefined where nothing is open, or nothing of it
 * known. An object that may be null is taken to be none: Terraform would leave it out, and whoever
 * reads an attribute then gets an error, which `try` is told to expect.
 * https://developer.hashicorp.com/terraform/language/functions/merge
 */
export function mergeOpen(
  parameters: readonly Evaluated[],
  origin: Origin,
  openValues: OpenValues,
): Evaluated | undefined {
  if (!parameters.some(({ state }) => state === "unknown")) return undefined;
  const entries = new Map<string, EvaluatedEntry>();
  let rest: EvaluatedUnknown | undefined;
  for (const parameter of parameters) {
    switch (parameter.state) {
      case "unset":
        break;
      case "known":
      case "list":
        return undefined;
      case "map":
        for (const [name, entry] of parameter.entries) entries.set(name, entry);
        break;
      case "unknown": {
        const attributes = openValues.attributesOf(parameter);
        if (attributes === undefined) {
          rest ??= parameter;
          // What is not known may replace any entry that came before.
          entries.clear();
          for (const [name, entry] of parameter.contents?.entries ?? []) entries.set(name, entry);
        } else addAttributes(entries, attributes, parameter, openValues);
      }
    }
  }
  if (rest === undefined) return { state: "map", entries, origin };
  const whole = unknown(rest.reason, takenFrom(origin, rest));
  return { ...whole, isNeverNull: true, contents: { entries } };
}

/** Of an object that may be null, attributes do not replace for certain what came before. */
function addAttributes(
  entries: Map<string, EvaluatedEntry>,
  attributes: ReadonlyMap<string, EvaluatedEntry>,
  whole: EvaluatedUnknown,
  openValues: OpenValues,
): void {
  const replaces = openValues.whenNull(whole) === false;
  for (const [name, entry] of attributes) {
    const either = { key: entry.key, value: unknown(whole.reason, whole.origin) };
    entries.set(name, replaces || !entries.has(name) ? entry : either);
  }
}
