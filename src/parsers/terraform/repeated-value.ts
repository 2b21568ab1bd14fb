import type { Evaluated, EvaluatedEntry } from "../../values/evaluated.js";
import { unset } from "../../values/value.js";
import type { Origin } from "../../values/origin.js";
import { lazyEntry } from "../../values/lazy-entry.js";
import type { Expansion, InstanceSuffix } from "./repetition.js";

/**
 * What a block with `count` or `for_each` stands for in expressions: one value, a tuple or a map of
 * them. `valueOf` gives that of one instance, `whenOpen` that of all where it cannot be known which
 * there are.
 */
export function repeatedValue(
  expansion: Expansion,
  valueOf: (suffix: InstanceSuffix) => Evaluated,
  whenOpen: () => Evaluated,
  origin: Origin,
): Evaluated {
  switch (expansion.kind) {
    case "single":
      return valueOf("");
    case "none":
      return unset(expansion.place);
    case "count": {
      if (expansion.least < expansion.most) return whenOpen();
      const items = Array.from({ length: expansion.most }, (_, index) => valueOf(`[${index}]`));
      return { state: "list", collection: "tuple", items, origin };
    }
    case "for-each": {
      const entries = new Map<string, EvaluatedEntry>();
      for (const [suffix, { identity, key }] of expansion.elements) {
        entries.set(
          identity,
          lazyEntry(key.origin.location, () => valueOf(suffix)),
        );
      }
      return { state: "map", entries, origin };
    }
    case "unknown":
      return whenOpen();
  }
}
