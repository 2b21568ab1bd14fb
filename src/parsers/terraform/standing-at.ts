import type { Evaluated } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";

/** The value with all its parts standing at one place, for what was given as a text. */
export function standingAt(value: Evaluated, origin: Origin): Evaluated {
  switch (value.state) {
    case "known":
    case "unset":
    case "unknown":
      return { ...value, origin };
    case "list":
      return { ...value, items: value.items.map((item) => standingAt(item, origin)), origin };
    case "map": {
      const entries = [...value.entries].map(
        ([name, entry]) =>
          [name, { key: origin.location, value: standingAt(entry.value, origin) }] as const,
      );
      return { ...value, entries: new Map(entries), origin };
    }
  }
}
