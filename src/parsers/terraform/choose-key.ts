import type { EvaluatedUnknown } from "../../values/evaluated.js";
import type { Scenarios } from "../../values/scenarios.js";
import type { Scalar } from "../../values/value.js";
import { type Failure, failure } from "./functions/function-result.js";

/** Beyond this many keys a lookup by something open is not told apart by scenario. */
const TOLD_APART_LIMIT = 8;

/** One of the keys, none of them, or not to be told apart. */
export type KeyChoice<Key extends Scalar> = { readonly key: Key } | "none" | "open";

/** Which key an unknown one is in the scenario of the moment, if it is a variable without value. */
export function chooseKey<Key extends Scalar>(
  { subject }: EvaluatedUnknown,
  keys: readonly Key[],
  scenarios: Scenarios,
): KeyChoice<Key> {
  if (subject === undefined || keys.length > TOLD_APART_LIMIT) return "open";
  for (const key of keys) {
    const isIt = scenarios.decide({ kind: "is-one-of", subject, values: [key] });
    if (isIt === undefined) return "open";
    if (isIt) return { key };
  }
  return "none";
}

/** Where an unknown key is none of those that are there, which only other values of it are. */
export function noneOf(keys: readonly Scalar[]): Failure {
  const { ok, message } = failure("there is no element for any other key");
  return keys.length === 0 ? { ok, message } : { ok, message, isOneCase: true };
}
