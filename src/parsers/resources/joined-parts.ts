import type { Evaluated } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";

/**
 * The text that is known only when all its parts are, so that each can still be read by itself.
 *
 * @param parts one after the other, separators among them
 * @param expression what the parts are, as a reader would say it
 */
export function joinedParts(
  parts: readonly Evaluated[],
  expression: string,
  origin: Origin,
): Evaluated {
  const pieces = parts.map((value) => ({ isWritten: false, value }));
  const reason = { kind: "decided-at-deployment", expression } as const;
  return { state: "unknown", reason, origin, composition: { kind: "pieces", pieces } };
}
