import { type EvaluatedUnknown, unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";

/** The attribute of a link to a resource as a whole, before any of its attributes is asked for. */
export const wholeInstance = "";

/** The attribute of a link to all instances of a block whose `count` or `for_each` is unknown. */
export const allInstances = "*";

/** A resource, or the instances of a block, as a value that only deploying makes. */
export function linkTo(
  address: string,
  attribute: typeof wholeInstance | typeof allInstances,
  use: Origin,
): EvaluatedUnknown {
  const reason = { kind: "decided-at-deployment", expression: address } as const;
  return { ...unknown(reason, use), link: { address, attribute } };
}

/**
 * Whether it is a resource as a whole, or what every resource has, such as its ID: neither a list nor null,
 * and no empty text.
 */
export function isCertainlySomething({ link, isNeverNull }: EvaluatedUnknown): boolean {
  return link !== undefined && (link.attribute === wholeInstance || isNeverNull === true);
}
