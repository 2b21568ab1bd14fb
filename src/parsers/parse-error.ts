import type { TextRange } from "../source/text-range.js";

/** Something in a text that its syntax does not allow. Parsers collect these and go on. */
export interface ParseError {
  readonly code: "syntax" | "duplicate-key" | "too-deep";
  /** A sentence without a full stop, in lower case, fit to stand behind `file:line:column`. */
  readonly message: string;
  readonly range: TextRange;
}
