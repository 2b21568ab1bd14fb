import type { CharacterSet } from "./character-set.js";

/** A part of a regular expression. */
export type RegexpNode =
  | { readonly kind: "empty" }
  | { readonly kind: "character"; readonly set: CharacterSet }
  | { readonly kind: "assertion"; readonly assertion: Assertion }
  | { readonly kind: "concatenation" | "alternation"; readonly parts: readonly RegexpNode[] }
  | {
      readonly kind: "repetition";
      readonly part: RegexpNode;
      readonly least: number;
      /** Infinity where there is no limit. */
      readonly most: number;
      readonly isGreedy: boolean;
    }
  /** `index` counts from one. */
  | { readonly kind: "group"; readonly part: RegexpNode; readonly index: number };

/** A condition on the place between two characters. */
export type Assertion =
  "text-start" | "text-end" | "line-start" | "line-end" | "word-boundary" | "no-word-boundary";

/** A regular expression as read. */
export interface RegexpTree {
  readonly root: RegexpNode;
  /** The names of its groups in order, undefined for one without. */
  readonly groups: readonly (string | undefined)[];
}
