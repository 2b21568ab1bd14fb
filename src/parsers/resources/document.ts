import { type Evaluated, type EvaluatedEntry, unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { known, unset } from "../../values/value.js";

/**
 * A document that a property holds as a mapping or as JSON text. Text that Terraform's `jsonencode` made is
 * the value that was given to it; in any other text everything stands at the text as a whole.
 */
export function documentIn(value: Evaluated): Evaluated {
  if (value.state !== "known" && value.state !== "unknown") return value;
  const { composition } = value;
  if (composition?.kind === "encoded") return composition.value;
  if (value.state === "unknown") return value;
  if (typeof value.value !== "string") return unknown({ kind: "invalid" }, value.origin);
  try {
    return toEvaluated(JSON.parse(value.value), value.origin);
  } catch {
    return unknown({ kind: "invalid" }, value.origin);
  }
}

function toEvaluated(json: unknown, origin: Origin): Evaluated {
  if (typeof json === "string" || typeof json === "number" || typeof json === "boolean") {
    return known(json, origin);
  }
  if (json === null || json === undefined) return unset(origin);
  if (Array.isArray(json)) {
    const items = json.map((item: unknown) => toEvaluated(item, origin));
    return { state: "list", collection: "tuple", items, origin };
  }
  const entries = Object.entries(json).map(([key, value]): readonly [string, EvaluatedEntry] => [
    key,
    { key: origin.location, value: toEvaluated(value, origin) },
  ]);
  return { state: "map", entries: new Map(entries), origin };
}
