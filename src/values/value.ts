import type { Origin } from "./origin.js";

/** One value that a template sets, leaves out, or leaves open. */
export type Value<T> = Known<T> | Unset | Unknown<T>;

/** The value is certain. */
export interface Known<T> {
  readonly state: "known";
  readonly value: T;
  readonly origin: Origin;
}

/** Nothing was written: absent, `null` or `AWS::NoValue`. The origin is where it would be written. */
export interface Unset {
  readonly state: "unset";
  readonly origin: Origin;
}

/**
 * Decided after we look. `possible` narrows it to a finite set (AllowedValues, both branches of a
 * condition) of at least two values: one would be `Known`.
 */
export interface Unknown<T> {
  readonly state: "unknown";
  readonly reason: UnknownReason;
  readonly possible?: readonly T[];
  /** Whatever it will be, it will not be null. */
  readonly isNeverNull?: true;
  readonly origin: Origin;
}

/** Why a value cannot be known. */
export type UnknownReason =
  | { readonly kind: "parameter-without-default"; readonly name: string }
  | { readonly kind: "variable-without-default"; readonly name: string }
  /** An attribute of a created resource, a data source, an import, … as written. */
  | { readonly kind: "decided-at-deployment"; readonly expression: string }
  /** Not in the files at hand: an uninstalled module, a launch template of another stack. */
  | { readonly kind: "not-available"; readonly what: string }
  /** Releases of a module differ and it is not said which one it is; a clause. */
  | { readonly kind: "open-version"; readonly what: string }
  /** What nobody can evaluate or deploy: "local.a depends on itself". */
  | { readonly kind: "cyclic"; readonly clause: string }
  /** The limit of ours that was reached; it is also counted in the report. */
  | { readonly kind: "not-supported"; readonly what: string }
  /** The template is wrong there and says so elsewhere; rules keep quiet. */
  | { readonly kind: "invalid" };

/** What templates' scalars come to. */
export type Scalar = string | number | boolean;

/** Whether evaluating ended before it could say what a deployment would come to. */
export function isCutShort({ kind }: UnknownReason): boolean {
  return (
    kind === "not-supported" || kind === "not-available" || kind === "cyclic" || kind === "invalid"
  );
}

/** A scalar as messages write it: bare, but for texts that would not be told from the words around them. */
export function describeScalar(scalar: Scalar): string {
  const isPlain = typeof scalar !== "string" || /^[^\s"]+$/.test(scalar);
  return isPlain ? String(scalar) : JSON.stringify(scalar);
}

/** A certain value. */
export function known<T>(value: T, origin: Origin): Known<T> {
  return { state: "known", value, origin };
}

/** Nothing written, with the place where it would be. */
export function unset(origin: Origin): Unset {
  return { state: "unset", origin };
}

/** A value that cannot be known, with nothing to narrow it. */
export function undecided(reason: UnknownReason, origin: Origin): Unknown<never> {
  return { state: "unknown", reason, origin };
}

/** Applies `change` to a known value and to every possible one; anything else stays as it is. */
export function mapValue<T, U>(value: Value<T>, change: (value: T) => U): Value<U> {
  switch (value.state) {
    case "known":
      return known(change(value.value), value.origin);
    case "unset":
      return value;
    case "unknown": {
      const { state, reason, origin, possible, isNeverNull } = value;
      const unknown: Unknown<U> = { state, reason, origin, ...(isNeverNull && { isNeverNull }) };
      return possible === undefined ? unknown : { ...unknown, possible: possible.map(change) };
    }
  }
}
