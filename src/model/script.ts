import type { Location, TextRange } from "../source/text-range.js";

/** A text that instances run, as far as it is known. */
export interface Script {
  /** What messages call it: `user data`. */
  readonly name: string;
  /** What is not known is a `HOLE`. */
  readonly text: string;
  /** Where a stretch of the text is written. */
  locate(this: void, range: TextRange): Location;
}
