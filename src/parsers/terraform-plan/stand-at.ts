import type { Location } from "../../source/text-range.js";
import type { Evaluated, EvaluatedEntry } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { lazyEntry } from "../../values/lazy-entry.js";

/**
 * What a plan says, seen from one place in the source: the block that brings it, where nothing in the
 * source says more.
 */
export function standAt(
  entries: ReadonlyMap<string, EvaluatedEntry>,
  place: Location,
): ReadonlyMap<string, EvaluatedEntry> {
  return new Map(
    [...entries].map(([name, entry]) => [
      name,
      lazyEntry(place, () => standingAt(entry.value, place)),
    ]),
  );
}

function standingAt(value: Evaluated, location: Location): Evaluated {
  const { name } = value.origin;
  const origin: Origin = { location, step: "written", ...(name === undefined ? {} : { name }) };
  switch (value.state) {
    case "known": {
      const given = { text: JSON.stringify(value.value), by: "the plan" };
      return { ...value, origin: { ...origin, step: "planned", given } };
    }
    case "unknown": {
      const given = { text: "known after apply", by: "the plan" };
      return { ...value, origin: { ...origin, step: "planned", given } };
    }
    case "unset":
      return { ...value, origin };
    case "list": {
      const items = value.items.map((item) => standingAt(item, location));
      return { ...value, items, origin };
    }
    case "map":
      return { ...value, entries: standAt(value.entries, location), origin };
  }
}
