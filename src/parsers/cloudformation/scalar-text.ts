import {
  type Evaluated,
  type EvaluatedKnown,
  type EvaluatedUnknown,
  type Piece,
  unknown,
} from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { identityOfText } from "../../values/text-identity.js";
import {
  type Known,
  known,
  type Scalar,
  type UnknownReason,
  type Unset,
  unset,
} from "../../values/value.js";
import { typedScalar } from "../yaml/scalar.js";
import type { DataNode, ScalarNode } from "../yaml/syntax-tree.js";
import type { Diagnostics, Placed } from "./diagnostics.js";

/** Templates have at most a megabyte; longer texts are made by functions that multiply each other. */
export const LONGEST_TEXT = 1_000_000;

/** How a longer one is listed. */
export const TOO_LONG = "a text of more than a million characters";

/** A value that is or will be a scalar. */
export type ScalarValue = Known<Scalar> | EvaluatedUnknown;

/** Whether the value can stand where CloudFormation wants a string, number or boolean. */
export function isScalarValue(value: Evaluated): value is ScalarValue {
  return value.state === "known" || value.state === "unknown";
}

/** Whether nothing was written: `Key:`, `~`, `null`. */
export function isNull(node: DataNode): boolean {
  return node.kind === "scalar" && typedScalar(node) === null;
}

/** From here on, Java writes floats with an exponent. */
const LARGEST_PLAIN_FLOAT = 1e7;

/**
 * A scalar as the string that CloudFormation makes of it, which is what it compares. It writes floats as Java
 * does, so that `8.0` stays that.
 * https://docs.oracle.com/javase/8/docs/api/java/lang/Double.html#toString-double-
 */
export function textOf(node: ScalarNode): string {
  const value = typedScalar(node);
  const isWholeFloat = Number.isInteger(value) && /^[-+]?[\d_]*\.|^[-+]?[\d_]+e/i.test(node.text);
  return typeof value === "number" && isWholeFloat && Math.abs(value) < LARGEST_PLAIN_FLOAT
    ? value.toFixed(1)
    : String(value ?? node.text);
}

/** A scalar as a value; nothing written is unset. */
export function scalarValue(node: ScalarNode, origin: Origin): ScalarValue | Unset {
  const value = typedScalar(node);
  if (value === null) return unset(origin);
  return typeof value === "string" ? textValue(value, origin) : known(value, origin);
}

/**
 * A text as a value. A dynamic reference in it is looked up by CloudFormation when it deploys.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function textValue(text: string, origin: Origin): Known<string> | EvaluatedUnknown {
  const reference = /\{\{resolve:(?:ssm|ssm-secure|secretsmanager):[^{}]*\}\}/.exec(text);
  if (reference === null) return known(text, origin);
  return unknown({ kind: "decided-at-deployment", expression: reference[0] }, origin);
}

/**
 * The text that the parts make one after the other, or what `change` makes of it. While all unknown
 * parts stand for the same thing and its possible values are known, so are those of the text; with
 * several unknowns it is just unknown.
 */
export function combineTexts(
  parts: readonly ScalarValue[],
  place: Placed,
  diagnostics: Diagnostics,
  change?: (text: string) => string,
): EvaluatedText {
  const textWith = (substitute: Scalar): string => {
    const texts = parts.map((part) => String(part.state === "known" ? part.value : substitute));
    const text = texts.join("");
    return change === undefined ? text : change(text);
  };
  const origin = diagnostics.written(place);
  const knownParts = parts.filter((part) => part.state === "known");
  const length = knownParts.reduce((sum, { value }) => sum + String(value).length, 0);
  if (length > LONGEST_TEXT) return diagnostics.notSupported(place, TOO_LONG);

  const unknowns = parts.filter((part) => part.state === "unknown");
  const [first] = unknowns;
  if (first === undefined) {
    const [source, ...others] = parts.filter((part) => part.origin.from !== undefined);
    const isOneSource = source !== undefined && others.length === 0;
    return textValue(textWith(""), isOneSource ? takenFrom(origin, source) : origin);
  }
  const { reason, possible, subject } = first;
  const from = takenFrom(origin, first);
  const isOneThing = unknowns.every(
    (part) => part === first || (subject !== undefined && part.subject?.key === subject.key),
  );
  const identity = change === undefined ? identityOfText(parts) : undefined;
  const pieces = parts.map((value) => ({ isWritten: false, value }));
  const identified = {
    ...(identity === undefined ? {} : { identity }),
    ...(change === undefined ? { composition: { kind: "pieces" as const, pieces } } : {}),
  };
  if (possible === undefined || !isOneThing) return { ...unknown(reason, from), ...identified };
  const longest = possible.reduce<number>(
    (length, value) => Math.max(length, String(value).length),
    0,
  );
  const totalLength = possible.length * (length + unknowns.length * longest);
  if (totalLength > LONGEST_TEXT) return unknown(reason, from);
  const among = amongTexts(possible.map(textWith), reason, from);
  return among.state === "unknown" ? { ...among, ...identified } : among;
}

/** A text, or what will be one. */
export type EvaluatedText = (EvaluatedKnown & Known<string>) | EvaluatedUnknown;

/** As `combineTexts`, and says what the text is made of. */
export function combinePieces(
  pieces: readonly TextPiece[],
  place: Placed,
  diagnostics: Diagnostics,
): EvaluatedText {
  const parts = pieces.map(({ value }) => value);
  return { ...combineTexts(parts, place, diagnostics), composition: { kind: "pieces", pieces } };
}

/** A piece of a text. */
export interface TextPiece extends Piece {
  readonly value: ScalarValue;
}

/** The origin of what was made at `origin` out of a part; the part's own place is left out. */
export function takenFrom(origin: Origin, part: Evaluated): Origin {
  const { from, location } = part.origin;
  if (from !== undefined) return { ...origin, from };
  const { start, end } = location.range;
  const { path, range } = origin.location;
  const isSamePlace = path === location.path && range.start === start && range.end === end;
  return isSamePlace ? origin : { ...origin, from: part.origin };
}

/** One of these texts: known where they are all the same. */
function amongTexts(
  texts: readonly string[],
  reason: UnknownReason,
  origin: Origin,
): Known<string> | EvaluatedUnknown {
  const possible = [...new Set(texts)];
  const [first] = possible;
  if (first === undefined) return unknown(reason, origin);
  if (possible.length === 1) return textValue(first, origin);
  return { state: "unknown", reason, origin, possible };
}
