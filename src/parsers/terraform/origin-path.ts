import { contains, type Location } from "../../source/text-range.js";
import type { Evaluated } from "../../values/evaluated.js";
import { type Origin, originChain } from "../../values/origin.js";

/**
 * The origin of a part that was taken out of a whole: the way the whole came, then the part's own
 * way. Places that merely enclose the part, such as the object an attribute stands in, are left
 * out, so that the chain ends at the part itself.
 */
function reachedThrough(whole: Origin, part: Origin): Origin {
  if (whole.from === undefined && encloses(whole.location, part.location)) return part;
  return untilShared(originChain(whole), part)
    .filter(({ location }) => !encloses(location, part.location))
    .reduceRight((from, step) => ({ ...step, from }), part);
}

/** What leads to the whole up to where the part comes from too, such as a variable without value. */
function untilShared(chain: readonly Origin[], part: Origin): readonly Origin[] {
  const shared = new Set(originChain(part).map(({ location }) => location));
  const end = chain.findIndex(({ location }) => shared.has(location));
  return end < 0 ? chain : chain.slice(0, end);
}

/** A part of a whole with the way that leads to it. */
export function partOf(whole: Evaluated, part: Evaluated): Evaluated {
  const origin = reachedThrough(whole.origin, part.origin);
  return origin === part.origin ? part : { ...part, origin };
}

/** The origin of what was made at `place` of these values: if one alone comes from elsewhere, from there. */
export function madeOf(place: Origin, values: readonly Evaluated[]): Origin {
  const [source, ...others] = values.filter(({ origin }) => origin.from !== undefined);
  if (source?.origin.from === undefined || others.length > 0) return place;
  return { ...place, from: source.origin.from };
}

function encloses(outer: Location, inner: Location): boolean {
  return outer.path === inner.path && contains(outer.range, inner.range);
}
