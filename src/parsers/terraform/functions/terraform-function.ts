import type { FileSystem } from "../../../source/file-system.js";
import type { SourceFile } from "../../../source/source-file.js";
import type { Evaluated } from "../../../values/evaluated.js";
import type { Origin } from "../../../values/origin.js";

/** What a function may know of the call it serves. */
export interface FunctionCallContext {
  /** The call itself: the origin of whatever the function makes anew. */
  readonly origin: Origin;
  readonly fileSystem: FileSystem;
  /** Absolute directory of the module whose file holds the call; relative paths start at the root module's. */
  readonly moduleDirectory: string;
  /** Absolute directory of the root module. */
  readonly rootDirectory: string;
  /** Absolute directory that limits what may be read: the tree being linted. */
  readonly treeDirectory: string;
  /** The file at an absolute path, made known as one that values stand in. */
  sourceFile(path: string): SourceFile | undefined;
  /** Evaluates a text as a template with these variables, for `templatefile` and `templatestring`. */
  evaluateTemplate(
    text: string,
    path: string,
    variables: ReadonlyMap<string, Evaluated>,
    by: EnclosingFunction,
  ): FunctionResult;
  /** The object of a text's arguments, constants all of them, for `decode_tfvars`. */
  evaluateVariables(text: string): FunctionResult;
}

/** The functions that evaluate a text, in which less may be called than elsewhere. */
export type EnclosingFunction = "templatefile" | "templatestring" | "decode_tfvars";

/** A value, or what Terraform would complain of; `try` and `can` turn on the difference. */
export type FunctionResult =
  | { readonly ok: true; readonly value: Evaluated }
  | {
      readonly ok: false;
      readonly message: string;
      /** Whether Terraform finds it without evaluating, so that `try` cannot catch it. */
      readonly isStatic?: true;
      /** Whether it is right with other values of what is open, so that nobody wrote a mistake. */
      readonly isOneCase?: true;
    };

/**
 * A built-in function. Arguments are evaluated; they may be unknown, and the function says what
 * stays known then. It never throws and never mutates.
 */
export interface TerraformFunction {
  (parameters: readonly Evaluated[], call: FunctionCallContext): FunctionResult;
  /** Why its result is unknown whatever the arguments: a clause that begins with "it". */
  readonly unknownBecause?: string;
}
