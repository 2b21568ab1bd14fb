/**
 * A value of a recorded case. Plain JSON is what Terraform's literals come to, tuples and objects;
 * `{ "$toset": […] }` is a set, likewise `$tolist`, `$tomap` and, of null, `$tostring`.
 * `{ "$unknown": "string" }` is a variable of that type without value, in results whatever is
 * unknown; `{ "$reference": "text" }` is a reference to that text, as `templatestring` wants it.
 */
export type OracleValue =
  | string
  | number
  | boolean
  | null
  | readonly OracleValue[]
  | { readonly [key: string]: OracleValue };

/** A call and what the real program makes of it: a result with its type, or an error. */
export interface RecordedCase {
  readonly function: string;
  readonly arguments: readonly OracleValue[];
  readonly result?: OracleValue;
  /** As Terraform's `type` prints it, without spaces. */
  readonly type?: string;
  readonly error?: true;
}

/** One file of recorded cases. */
export interface OracleFile {
  /** Name and version of the program that was asked, or "documentation". */
  readonly program: string;
  readonly cases: readonly RecordedCase[];
}
