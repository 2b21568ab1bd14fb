import type { Evaluated, EvaluatedUnknown } from "../../values/evaluated.js";
import { known } from "../../values/value.js";
import { compareText } from "./functions/text-order.js";
import { partOf } from "./origin-path.js";

/** One element of a collection, as `for`, `for_each` and `dynamic` go over it. */
export interface Element {
  /** The index, the map's key, or of a set the element itself. */
  readonly key: Evaluated;
  /** The key as text, which tells elements apart. */
  readonly identity: string;
  /** The value, in the scenario of the moment. */
  readonly value: () => Evaluated;
}

/** What going over a value comes to. */
export type Elements =
  | { readonly kind: "elements"; readonly elements: readonly Element[] }
  | { readonly kind: "unknown"; readonly value: EvaluatedUnknown }
  | { readonly kind: "none"; readonly message: string };

/**
 * The elements of a list, set, tuple, map or object. Maps are gone over in the order of their keys.
 * https://developer.hashicorp.com/terraform/language/expressions/for#input-types
 */
export function elementsOf(collection: Evaluated): Elements {
  switch (collection.state) {
    case "unknown":
      return { kind: "unknown", value: collection };
    case "unset":
      return { kind: "none", message: "cannot go over a null value" };
    case "known":
      return { kind: "none", message: "a list, set, tuple, map or object is required" };
    case "list": {
      const isSet = collection.collection === "set";
      const elements = collection.items.map((item, index): Element => {
        const value = partOf(collection, item);
        const key = isSet ? value : known(index, collection.origin);
        const identity = isSet && value.state === "known" ? String(value.value) : String(index);
        return { key, identity, value: () => value };
      });
      return { kind: "elements", elements };
    }
    case "map": {
      const sorted = [...collection.entries].sort(([left], [right]) => compareText(left, right));
      const elements = sorted.map(([name, entry]): Element => {
        const place = { location: entry.key, step: collection.origin.step, name };
        return {
          key: known(name, place),
          identity: name,
          value: () => partOf(collection, entry.value),
        };
      });
      return { kind: "elements", elements };
    }
  }
}
