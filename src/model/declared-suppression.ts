import type { Location } from "../source/text-range.js";
import type { LaunchResource } from "./launch-resource.js";

/** A suppression of ours, written in a template: for one rule, or one that cannot be read. */
export interface DeclaredSuppression {
  /** What it is written in: a resource or other block, else the file. */
  readonly resource: LaunchResource;
  /** As it is written: `imdslint-ignore-next-line require-imdsv2`. */
  readonly text: string;
  /** The rule's name, or all of what cannot be read. */
  readonly location: Location;
  readonly state: SuppressionState;
}

/** What a suppression comes to. */
export type SuppressionState =
  | { readonly kind: "used" }
  /** Nothing it covers has such a finding; `place` is what it covers: `line 12`, `Web`, `this file`. */
  | { readonly kind: "unused"; readonly ruleId: string; readonly place: string }
  | { readonly kind: "expired"; readonly ruleId: string; readonly until: string }
  | { readonly kind: "no-reason"; readonly ruleId: string }
  | { readonly kind: "unknown-rule"; readonly name: string; readonly nearest: string | undefined }
  /** `fault` is a clause, `remedy` an order. */
  | { readonly kind: "unreadable"; readonly fault: string; readonly remedy: string };
