import type { Origin } from "../../values/origin.js";

/** A word of a declarative policy that is none of those it may have there. */
export interface WrongWord {
  readonly kind: "unknown-setting" | "unknown-operator" | "no-operator" | "unknown-value";
  /** The setting that it belongs to, as far as it is one. */
  readonly setting: string;
  readonly written: string;
  /** What may stand there, as messages have it; undefined where nothing is near. */
  readonly expected?: string | undefined;
  readonly at: Origin;
}
