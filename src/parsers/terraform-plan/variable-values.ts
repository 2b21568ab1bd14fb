import type { Evaluated, EvaluatedEntry } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { known, unset } from "../../values/value.js";
import type { JsonOutline } from "../json/json-outline.js";
import type { Module } from "../terraform/module.js";

/** The values that the plan has for the root module's variables, each standing at its declaration. */
export function variableValues(
  variables: ReadonlyMap<string, JsonOutline>,
  module: Module,
): ReadonlyMap<string, Evaluated> {
  const values = new Map<string, Evaluated>();
  for (const [name, value] of variables) {
    const declaration = module.variables.get(name);
    if (declaration === undefined) continue;
    values.set(
      name,
      toEvaluated(value, { location: declaration.name, step: "variable-value", name }),
    );
  }
  return values;
}

function toEvaluated(value: JsonOutline, origin: Origin): Evaluated {
  switch (value.kind) {
    case "array": {
      const items = value.items().map((item) => toEvaluated(item, origin));
      return { state: "list", collection: "tuple", items, origin };
    }
    case "object": {
      const entries = new Map<string, EvaluatedEntry>();
      for (const [name, member] of value.members()) {
        entries.set(name, { key: origin.location, value: toEvaluated(member.value, origin) });
      }
      return { state: "map", entries, origin };
    }
    case "scalar": {
      const content = value.scalar();
      return content === null || content === undefined ? unset(origin) : known(content, origin);
    }
  }
}
