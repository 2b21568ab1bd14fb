/** What a command has to say and how the process should end. */
export interface CommandResult {
  /** For standard output. */
  readonly output: string;
  /** For standard error. */
  readonly complaint: string;
  readonly exitCode: 0 | 1 | 2;
}

/** A command that did what it was asked for. */
export function success(output: string): CommandResult {
  return { output, complaint: "", exitCode: 0 };
}

/** A command that was asked for something impossible. */
export function usageError(complaint: string): CommandResult {
  return { output: "", complaint: `${complaint}\n`, exitCode: 2 };
}
