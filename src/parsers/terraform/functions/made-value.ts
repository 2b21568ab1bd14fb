import {
  type Evaluated,
  type EvaluatedEntry,
  type EvaluatedList,
  type EvaluatedUnknown,
  unknown,
} from "../../../values/evaluated.js";
import type { Origin } from "../../../values/origin.js";
import { known, type Known, type Scalar, type UnknownReason } from "../../../values/value.js";
import { failure, success } from "./function-result.js";
import type {
  FunctionCallContext,
  FunctionResult,
  TerraformFunction,
} from "./terraform-function.js";

/** A string made anew. Terraform keeps all strings in Unicode's normal form C. */
export function madeString(text: string, origin: Origin): Known<Scalar> {
  return known(text.normalize("NFC"), origin);
}

/** A text that spells `value`, with that said. */
export function encodedFrom(value: Evaluated, result: FunctionResult): FunctionResult {
  if (!result.ok) return result;
  const text = result.value;
  return text.state === "known" || text.state === "unknown"
    ? success({ ...text, composition: { kind: "encoded", value } })
    : result;
}

/** A list of strings made anew. */
export function madeStrings(texts: readonly string[], origin: Origin): EvaluatedList {
  const items = texts.map((text) => madeString(text, origin));
  return { state: "list", collection: "list", items, origin };
}

/** An object made anew, as a result. */
export function madeObject(
  attributes: Iterable<readonly [string, Evaluated]>,
  origin: Origin,
): FunctionResult {
  const entries = new Map<string, EvaluatedEntry>();
  for (const [name, value] of attributes) entries.set(name, { key: origin.location, value });
  return success({ state: "map", entries, origin });
}

/** The result of a call that cannot be known because `part` of what it was given is unknown. */
export function unknownResult(part: EvaluatedUnknown, call: FunctionCallContext): FunctionResult {
  return success(unknown(part.reason, takenFrom(call.origin, part)));
}

/** A function of at most so many arguments whose result only running Terraform decides. */
export function decidedWhenRun(
  name: string,
  mostArguments: number,
  unknownBecause: string,
): TerraformFunction {
  const reason = { kind: "decided-at-deployment", expression: `${name}()` } as const;
  return alwaysUnknown(reason, mostArguments, unknownBecause);
}

/** A function of at most so many arguments whose result Terraform could compute and we cannot. */
export function neverKnown(
  name: string,
  mostArguments: number,
  unknownBecause: string,
): TerraformFunction {
  return alwaysUnknown({ kind: "not-supported", what: name }, mostArguments, unknownBecause);
}

function alwaysUnknown(
  reason: UnknownReason,
  mostArguments: number,
  unknownBecause: string,
): TerraformFunction {
  const run = (parameters: readonly Evaluated[], call: FunctionCallContext): FunctionResult =>
    parameters.length > mostArguments
      ? failure(`takes at most ${mostArguments} arguments, got ${parameters.length}`)
      : success(unknown(reason, call.origin));
  return Object.assign(run, { unknownBecause });
}

/** The result of a call that Terraform could compute and we cannot. */
export function notSupported(what: string, call: FunctionCallContext): FunctionResult {
  return success(unknown({ kind: "not-supported", what }, call.origin));
}

/** The result of a call that reads what is not among the files at hand. */
export function notAvailable(what: string, call: FunctionCallContext): FunctionResult {
  return success(unknown({ kind: "not-available", what }, call.origin));
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
