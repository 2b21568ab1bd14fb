import type { Location } from "../source/text-range.js";

/** What was wrong with an input; a closed set, so that tests and docs can name them. */
export type InputErrorCode =
  | "not-found"
  | "unreadable"
  | "too-large"
  | "not-text"
  | "not-a-file"
  | "syntax"
  | "duplicate-key"
  | "too-deep"
  | "invalid-structure"
  | "invalid-variable"
  | "invalid-parameter"
  | "internal";

/** Input that could not be read or understood. `location` is absent when there is no text to point into. */
export interface InputError {
  readonly code: InputErrorCode;
  readonly message: string;
  readonly path: string;
  readonly location?: Location;
}
