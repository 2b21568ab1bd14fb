import type { InputError } from "../../../findings/input-error.js";
import type { SourceFile } from "../../../source/source-file.js";
import type { TextRange } from "../../../source/text-range.js";
import type { GivenParameter } from "../parameters.js";

/** What one deployment gives the parameters of its template. */
export interface ParameterSet {
  /** Of several sets in one file, which it is: samconfig.toml has one for each environment. */
  readonly name?: string;
  readonly values: ReadonlyMap<string, GivenParameter>;
  /** The region to deploy to, where the file says it. */
  readonly region?: string;
}

/** What a file of parameters holds, and what is wrong with it. */
export interface ParameterSets {
  readonly sets: readonly ParameterSet[];
  readonly errors: readonly InputError[];
}

/** Something wrong in a file of parameters; a clause. */
export function invalidParameters(
  { path }: SourceFile,
  range: TextRange,
  message: string,
): InputError {
  return { code: "invalid-parameter", message, path, location: { path, range } };
}
