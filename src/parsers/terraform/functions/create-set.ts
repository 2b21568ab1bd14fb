import { type Evaluated, unknown } from "../../../values/evaluated.js";
import type { Origin } from "../../../values/origin.js";
import { firstUnknownIn } from "../conversion.js";
import { areEqualInType } from "./equality.js";
import { compareText } from "./text-order.js";

/**
 * A set of values that are already of one type: without duplicates and in the order in which
 * Terraform walks it. With an unknown element its length is open, so the set is unknown as a whole.
 * https://developer.hashicorp.com/terraform/language/functions/toset
 */
export function createSet(values: readonly Evaluated[], origin: Origin): Evaluated {
  for (const value of values) {
    const part = firstUnknownIn(value);
    if (part !== undefined) return unknown(part.reason, { ...origin, from: part.origin });
  }
  const sorted = [...values].sort(compareElements);
  // Equal elements are neighbours now; the one written first stands for them.
  const items = sorted.filter((value, index) => {
    const before = sorted[index - 1];
    return before === undefined || areEqualInType(before, value) !== true;
  });
  return { state: "list", collection: "set", items, origin };
}

function compareElements(left: Evaluated, right: Evaluated): number {
  if (left.state === "unset" || right.state === "unset") {
    return Number(left.state === "unset") - Number(right.state === "unset");
  }
  if (left.state === "known" && right.state === "known") {
    if (typeof left.value === "number" && typeof right.value === "number") {
      return left.value - right.value;
    }
    return compareText(String(left.value), String(right.value));
  }
  return compareText(orderingText(left), orderingText(right));
}

/**
 * What Terraform sorts elements by that have no order of their own: the text that it hashes.
 * https://github.com/zclconf/go-cty/blob/v1.16.2/cty/set_internals.go
 */
function orderingText(value: Evaluated): string {
  switch (value.state) {
    case "unknown":
      return "?";
    case "unset":
      return "~";
    case "known":
      if (typeof value.value === "boolean") return value.value ? "T" : "F";
      if (typeof value.value === "number") return String(Number(value.value.toPrecision(10)));
      return JSON.stringify(value.value);
    case "list": {
      const items = value.items.map((item) => `${orderingText(item)};`).join("");
      return value.collection === "tuple" ? `<${items}>` : `[${items}]`;
    }
    case "map": {
      const entries = [...value.entries].sort(([left], [right]) => compareText(left, right));
      // Objects of one type have the same keys, maps need not.
      if (value.collection !== "map") {
        return `<${entries.map(([, entry]) => `${orderingText(entry.value)};`).join("")}>`;
      }
      const texts = entries.map(
        ([key, entry]) => `${JSON.stringify(key)}:${orderingText(entry.value)};`,
      );
      return `{${texts.join("")}}`;
    }
  }
}
