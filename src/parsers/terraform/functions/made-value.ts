import {
  type Evaluated,
  type EvaluatedList,
  type EvaluatedUnknown,
  unknown,
} from "../../../values/evaluated.js";
import type { Origin } from "../../../values/origin.js";
import { known, type Known, type Scalar } from "../../../values/value.js";
import { success } from "./function-result.js";
import type { FunctionCallContext, FunctionResult } from "./terraform-function.js";

/** A string made anew. Terraform keeps all strings in Unicode's normal form C. */
export function madeString(text: string, origin: Origin): Known<Scalar> {
  return known(text.normalize("NFC"), origin);
}

/** A list of strings made anew. */
export function madeStrings(texts: readonly string[], origin: Origin): EvaluatedList {
  const items = texts.map((text) => madeString(text, origin));
  return { state: "list", collection: "list", items, origin };
}

/** The result of a call that cannot be known because `part` of what it was given is unknown. */
export function unknownResult(part: EvaluatedUnknown, call: FunctionCallContext): FunctionResult {
  return success(unknown(part.reason, takenFrom(call.origin, part)));
}

/** The result of a call that Terraform could compute and we cannot. */
export function notSupported(what: string, call: FunctionCallContext): FunctionResult {
  return success(unknown({ kind: "not-supported", what }, call.origin));
}

/** The origin of what was made at `origin` out of a part; the part's own place is left out. */
export function takenFrom(origin: Origin, part: Evaluated): Origin {
  const { from, location } = part.origin;
  if (from !== undefined) return { ...origin, from };
  const { start, end } = location.range;
  const isSamePlace =
    origin.location.path === location.path &&
    origin.location.range.start === start &&
    origin.location.range.end === end;
  return isSamePlace ? origin : { ...origin, from: part.origin };
}

/** The call as seen by what is made of these parts: if one alone comes from elsewhere, from there. */
export function madeFrom(
  parts: readonly Evaluated[],
  call: FunctionCallContext,
): FunctionCallContext {
  const [source, ...others] = parts.filter((part) => part.origin.from !== undefined);
  if (source === undefined || others.length > 0) return call;
  return { ...call, origin: takenFrom(call.origin, source) };
}
