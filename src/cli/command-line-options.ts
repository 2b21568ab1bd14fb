import type { FixSafety } from "../findings/fix.js";
import type { Severity } from "../findings/severity.js";
import type { CommandLineVariable } from "../parsers/terraform/given-variables.js";
import type { Format } from "../reporters/format-names.js";
import type { RuleSetting } from "../rules/default-setting.js";

/** One report to write. */
export interface RequestedOutput {
  readonly format: Format;
  /** As given; undefined for standard output. */
  readonly path?: string;
}

/** What the command line asks for. */
export interface CommandLineOptions {
  /** As given; empty means the working directory. */
  readonly paths: readonly string[];
  /** At most one goes to standard output; undefined where none is asked for. */
  readonly outputs?: readonly RequestedOutput[];
  /** `--output-file`, where that is asked for alone. */
  readonly outputFile?: string;
  readonly rules: ReadonlyMap<string, RuleSetting>;
  /** As given: the root module that plans were made of. */
  readonly sourceRoot?: string;
  /** In the order in which they are given; paths as given. */
  readonly variables: readonly CommandLineVariable[];
  /** Whether `TF_VAR_name` in the environment counts. */
  readonly envVars: boolean;
  /** Values for CloudFormation parameters; paths as given. */
  readonly parameters: ParameterArguments;
  readonly region?: string;
  readonly account?: string;
  readonly failOn?: Severity;
  readonly failOnOpen?: boolean;
  readonly failOnSkipped?: boolean;
  readonly showOpen?: boolean;
  readonly maxWarnings?: number;
  /** As given: the configuration for all files; false for none at all. By default they are looked for. */
  readonly config?: string | false;
  /** Whether ignore files and configurations count for what is named itself, too. */
  readonly forceExclude: boolean;
  /** Whether only what makes the run fail is reported. */
  readonly quiet: boolean;
  /** Whether findings leave the exit code at 0. */
  readonly exitZero: boolean;
  /** Whether a terminal may be shown how far a run is. */
  readonly progress: boolean;
  /** Whether the text to lint comes from standard input. */
  readonly stdin: boolean;
  /** As given: where that text would lie. */
  readonly stdinFilename?: string;
  /** Whether suppressions of ours count, and those of other tools. */
  readonly inlineSuppressions: boolean;
  readonly foreignSuppressions: boolean;
  readonly includeSuppressed: boolean;
  /** What tells the report's run from others of the same commit, for code scanning. */
  readonly sarifCategory?: string;
  /** As given: a file of known findings; false for none, whatever is configured. */
  readonly baseline?: string | false;
  /** What git knows as a commit: only what has changed since the branch left it is shown. */
  readonly since?: string;
  /** Whether only what is staged is judged and shown. */
  readonly staged: boolean;
  /** Which fixes to make; none by default. */
  readonly fix: readonly FixSafety[];
  /** Whether to print what fixes would change instead of changing it. */
  readonly fixDryRun: boolean;
  /** Undefined: as the terminal and `NO_COLOR` say. */
  readonly color?: boolean;
  readonly listRules: boolean;
  readonly explain?: string;
}

/** What `--parameters` was given, which may be a file or a value. */
export interface ParameterArguments {
  readonly files: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}
