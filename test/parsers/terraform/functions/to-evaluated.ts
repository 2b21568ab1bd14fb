import { terraformFunctions } from "../../../../src/parsers/terraform/functions/index.js";
import { type Evaluated, type EvaluatedEntry, unknown } from "../../../../src/values/evaluated.js";
import type { Origin } from "../../../../src/values/origin.js";
import { known, unset } from "../../../../src/values/value.js";
import { argumentOrigin, callContext } from "./call-context.js";
import type { OracleValue } from "./oracle-case.js";

/** A recorded argument as a value: JSON's arrays are tuples, `{ "$toset": … }` is what the function makes. */
export function toEvaluated(value: OracleValue, origin: Origin = argumentOrigin(0)): Evaluated {
  if (value === null) return unset(origin);
  // Terraform keeps all strings in Unicode's normal form C.
  if (typeof value === "string") return known(value.normalize("NFC"), origin);
  if (typeof value !== "object") return known(value, origin);
  if (Array.isArray(value)) {
    const items = value.map((item: OracleValue) => toEvaluated(item, origin));
    return { state: "list", collection: "tuple", items, origin };
  }
  const entries = new Map<string, EvaluatedEntry>();
  for (const [key, item] of Object.entries(value as Readonly<Record<string, OracleValue>>)) {
    if (key === "$unknown") {
      return unknown({ kind: "variable-without-default", name: textOf(item) }, origin);
    }
    if (key === "$reference") return toEvaluated(textOf(item), origin);
    if (key.startsWith("$")) return convert(key.slice(1), toEvaluated(item, origin));
    entries.set(key, { key: origin.location, value: toEvaluated(item, origin) });
  }
  return { state: "map", entries, origin };
}

function textOf(value: OracleValue): string {
  if (typeof value !== "string") throw new Error("a text is wanted");
  return value;
}

function convert(name: string, value: Evaluated): Evaluated {
  const result = terraformFunctions.get(name)?.([value], callContext());
  if (result?.ok !== true) throw new Error(`cannot make an argument with ${name}`);
  return result.value;
}

/** A value without its origins, as it is recorded. */
export function toPlain(value: Evaluated): unknown {
  switch (value.state) {
    case "unknown":
      return { $unknown: "any" };
    case "unset":
      return null;
    case "known":
      // JSON has no -0.
      return typeof value.value === "number" ? value.value + 0 : value.value;
    case "list":
      return value.items.map(toPlain);
    case "map":
      return Object.fromEntries(
        [...value.entries].map(([key, entry]) => [key, toPlain(entry.value)]),
      );
  }
}
