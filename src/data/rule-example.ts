/** A rule's simplest example, as `imdslint explain` shows it. */
export interface RuleExample {
  /** Text by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** What is reported on them, as text. */
  readonly output: string;
  /** What fixes would change, as a unified diff; empty where none is certain. */
  readonly fix: string;
  /** Files on which nothing is reported; there need not be any. */
  readonly passing: Readonly<Record<string, string>>;
}

/** Examples by the rule's id. */
export type RuleExamples = Readonly<Record<string, RuleExample>>;
