import type { Location, TextEdit } from "../source/text-range.js";
import type { Origin } from "../values/origin.js";
import type { Scalar } from "../values/value.js";

/**
 * `safe` fixes change nothing but what was reported. `review` ones can break what runs on the instance
 * or other users of the same place, and are made only when somebody asks for them.
 */
export type FixSafety = "safe" | "review";

/** The edits that put a finding right. */
export interface Fix {
  /** What they do, as an order. */
  readonly title: string;
  readonly safety: FixSafety;
  /** In source order, not overlapping; never empty. */
  readonly edits: readonly TextEdit[];
}

/** What a rule proposes, said without knowing how the template is written. */
export interface ProposedFix {
  readonly safety: FixSafety;
  /** All of them are made, or none. */
  readonly changes: readonly Change[];
}

/** One change to a template. */
export type Change = ReplaceValue | AddProperties | Rename;

/** Another value at the place that decides one. */
export interface ReplaceValue {
  readonly kind: "replace-value";
  /** The value's origin; its deciding end is edited if a literal stands there. */
  readonly origin: Origin;
  /** The literal that stands there. */
  readonly from: Scalar;
  readonly to: Scalar;
}

/** Properties that a resource does not have yet. */
export interface AddProperties {
  readonly kind: "add-properties";
  /** The name in the resource's header. */
  readonly resource: Location;
  /** The names that lead from the resource's properties to where these belong; made where they are missing. */
  readonly path: readonly string[];
  readonly properties: readonly NewProperty[];
}

/** A property by name, and what to write there. */
export interface NewProperty {
  readonly name: string;
  readonly value: Scalar;
}

/** Another name where a misspelt one stands. */
export interface Rename {
  readonly kind: "rename";
  /** The name alone. */
  readonly location: Location;
  readonly from: string;
  readonly to: string;
}

/** Another literal at the place that decides a value. */
export function replaceValue(
  origin: Origin,
  from: Scalar,
  to: Scalar,
  safety: FixSafety = "safe",
): ProposedFix {
  return { safety, changes: [{ kind: "replace-value", origin, from, to }] };
}

/** Another name at a place. */
export function rename(location: Location, from: string, to: string): ProposedFix {
  return { safety: "safe", changes: [{ kind: "rename", location, from, to }] };
}

/** New properties of the resource whose name stands at `resource`, behind the names of `path`. */
export function addProperties(
  resource: Location,
  path: readonly string[],
  properties: readonly NewProperty[],
  safety: FixSafety = "safe",
): ProposedFix {
  return { safety, changes: [{ kind: "add-properties", resource, path, properties }] };
}
