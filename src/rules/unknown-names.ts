import leven from "leven";
import type { PropertyDefinition } from "../data/resource-types.js";
import { type DeclaredProperty, definitionsIn } from "../model/declared-property.js";
import type { Location } from "../source/text-range.js";

/** A name that stands where AWS has none of that name. */
export interface UnknownName {
  readonly name: string;
  /** Where the name stands. */
  readonly key: Location;
  /** The name, or the path below, that was most likely meant. */
  readonly nearest?: string;
}

/** The names within a property that its type does not have. */
export function unknownNames({ type, written }: DeclaredProperty): readonly UnknownName[] {
  const known = definitionsIn(type);
  if (known === undefined || written?.value.state !== "map") return [];
  const { entries } = written.value;
  const unknown: UnknownName[] = [];
  for (const [name, { key, value }] of entries) {
    if (known.has(name) || value.state === "unset") continue;
    // A name that stands there as well is not the one that was meant.
    const free = [...known.keys()].filter((candidate) => !entries.has(candidate));
    const nearest = nearestWord(name, free) ?? nameBelow(name, known);
    unknown.push({ name, key, ...(nearest === undefined ? {} : { nearest }) });
  }
  return unknown;
}

/** `LaunchTemplateData.ImageId` for an `ImageId` that stands beside `LaunchTemplateData`. */
function nameBelow(
  name: string,
  known: ReadonlyMap<string, PropertyDefinition>,
): string | undefined {
  const parents = [...known].filter(([, { type }]) => definitionsIn(type)?.has(name) === true);
  const [only, ...others] = parents.map(([parent]) => parent);
  return only === undefined || others.length > 0 ? undefined : `${only}.${name}`;
}

/** The word that another most likely stands for: other case, a few letters; undefined if none is near. */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  const [nearest] = words
    .map((candidate) => ({
      candidate,
      distance: leven(candidate.toLowerCase(), word.toLowerCase()),
    }))
    .filter(({ candidate, distance }) => distance <= Math.min(3, candidate.length / 4))
    .sort((left, right) => left.distance - right.distance);
  return nearest?.candidate;
}
