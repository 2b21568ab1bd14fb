import type { Location } from "../source/text-range.js";

/** Something that was not looked at or not evaluated: never silent, listed in the summary. */
export interface Skipped {
  readonly kind:
    | "module-not-available"
    | "recursive-module"
    | "nested-stack-not-available"
    | "recursive-nested-stack"
    | "cyclic-reference"
    | "unsatisfiable-rules"
    | "unknown-function"
    | "incomplete-plan"
    | "not-supported";
  /** One clause, fit to stand behind "not looked at:". */
  readonly message: string;
  readonly location: Location;
}
