import type { TextRange } from "../source/text-range.js";

/** A word of a command, without its quotes; what the shell would put in stands as it is written. */
export interface Word {
  readonly text: string;
  readonly range: TextRange;
}

/** Where a command reads from or writes to. */
export interface Redirection {
  /** `>`, `2>&`, `<<<`, … */
  readonly operator: string;
  readonly target: string;
}

/** A simple command, wherever it stands: in a list, a pipeline, a substitution or a here-document. */
export interface ShellCommand {
  /** At least one. */
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
  /** From the first word to the last. */
  readonly range: TextRange;
  /** What stands before it: `||` and `&&` tell a fallback and a consequence from what comes next. */
  readonly before: "||" | "&&" | "|" | "other";
  /**
   * Of a line of a here-document, which is a command only if somebody runs it: what is given the document. It
   * has no words if that is no simple command.
   */
  readonly hereDocumentOf?: Pick<ShellCommand, "words" | "redirections">;
}

/** `name() { … }`. */
export interface ShellFunction {
  readonly name: string;
  /** What stands between its braces or parentheses. */
  readonly body: TextRange;
}

/** What a script is made of. Ranges are in its text. */
export interface ShellScript {
  /** In the order in which they start. */
  readonly commands: readonly ShellCommand[];
  readonly functions: readonly ShellFunction[];
}
