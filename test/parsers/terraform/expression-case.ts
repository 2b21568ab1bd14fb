import type { OracleValue } from "./functions/oracle-case.js";

/**
 * An expression and what the real program makes of it. In results, `{ "$tolist": […] }` and
 * `{ "$toset": […] }` are lists and sets, a plain array is a tuple, `{ "$unknown": null }` is what
 * only applying can tell.
 */
export interface RecordedExpression {
  readonly expression: string;
  readonly result?: OracleValue;
  readonly error?: true;
  /** Where we know more than Terraform does before applying: what it is in any case. Written by hand. */
  readonly known?: OracleValue;
  /** Where we are known to give something else: what that comes of. Written by hand. */
  readonly difference?: string;
}

/** The expressions that are evaluated in one module. */
export interface ExpressionFile {
  /** Name and version of the program that was asked. */
  readonly program: string;
  /** Which command was asked. Results of plans do not tell lists and sets from tuples. */
  readonly command: "console" | "plan";
  readonly cases: readonly RecordedExpression[];
}
