import { type EvaluatedUnknown, identityOf } from "./evaluated.js";
import type { Known, Scalar } from "./value.js";

/** Names are compared by identity, and the longest have 255 characters; user data is not. */
const LONGEST_IDENTITY = 1000;

/**
 * What identifies a text that is made of these parts, one after the other; undefined where one of them
 * is unknown and has no identity.
 */
export function identityOfText(
  parts: readonly (Known<Scalar> | EvaluatedUnknown)[],
): string | undefined {
  let length = 0;
  const identities: (string | { readonly unknown: string })[] = [];
  let text = "";
  for (const part of parts) {
    const identity = part.state === "known" ? String(part.value) : identityOf(part);
    length += identity?.length ?? Infinity;
    if (identity === undefined || length > LONGEST_IDENTITY) return undefined;
    if (part.state === "known") {
      text += identity;
      continue;
    }
    identities.push(text, { unknown: identity });
    text = "";
  }
  const [before, only, ...others] = identities;
  const isAlone = before === "" && text === "" && others.length === 0;
  if (isAlone && typeof only === "object") return only.unknown;
  return JSON.stringify([...identities, text]);
}
