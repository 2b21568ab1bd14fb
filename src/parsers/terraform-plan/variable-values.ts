import { type Evaluated, type EvaluatedEntry, entryValue } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { known, unset } from "../../values/value.js";
import type { JsonOutline } from "../json/json-outline.js";
import type { Module } from "../terraform/module.js";
import type { PlanDocument } from "./plan-document.js";

/**
 * Decides the root module's variables as the plan was made. A value that the module's own files say
 * too keeps standing there; another one stands at the variable's declaration.
 */
export function variablesOf({ variables, configuration }: PlanDocument, module: Module) {
  const sensitive = configuration.sensitiveVariables;
  return (
    name: string,
    given: Evaluated | undefined,
    otherwise: Evaluated | undefined,
  ): Evaluated | undefined => {
    const planned = variables.get(name);
    const declaration = module.variables.get(name);
    if (planned === undefined || declaration === undefined) return given;
    const value = toEvaluated(planned, {
      location: declaration.name,
      step: "variable-value",
      name,
      given: { text: sensitive.has(name) ? "(sensitive value)" : planned.text, by: "the plan" },
    });
    const own = given ?? otherwise;
    return own !== undefined && isSame(own, value) ? given : value;
  };
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

/** Whether two values are the same to Terraform: `"2"` is 2, and what is null may as well be left out. */
function isSame(left: Evaluated, right: Evaluated): boolean {
  if (left.state === "known" && right.state === "known") {
    return String(left.value) === String(right.value);
  }
  if (left.state === "list" && right.state === "list") {
    return (
      left.items.length === right.items.length &&
      left.items.every((item, index) => {
        const other = right.items[index];
        return other !== undefined && isSame(item, other);
      })
    );
  }
  if (left.state === "map" && right.state === "map") {
    const names = new Set([...left.entries.keys(), ...right.entries.keys()]);
    return [...names].every((name) => {
      const [own, other] = [entryValue(left, name), entryValue(right, name)];
      if (own === undefined || other === undefined) return (own ?? other)?.state === "unset";
      return isSame(own, other);
    });
  }
  return left.state === "unset" && right.state === "unset";
}
