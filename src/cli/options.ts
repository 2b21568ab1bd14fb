import { Command, CommanderError, Option } from "commander";
import type { Severity } from "../findings/severity.js";
import type { CommandLineVariable } from "../parsers/terraform/given-variables.js";
import { formats } from "../reporters/format-names.js";
import type { RuleSetting } from "../rules/default-setting.js";
import type {
  CommandLineOptions,
  ParameterArguments,
  RequestedOutput,
} from "./command-line-options.js";
import { type CommandResult, usageError } from "./command-result.js";
import { addFixOptions, type ParsedFixOptions, wantedFixes, withFixChoice } from "./fix-options.js";
import {
  addHistoryOptions,
  addInputOptions,
  addJudgementOptions,
  addOutputOptions,
} from "./describe-options.js";

/** What the command line asks for. */
export type Request =
  | { readonly command: "lint"; readonly options: CommandLineOptions }
  | {
      readonly command: "config";
      readonly options: CommandLineOptions;
      readonly format: "text" | "json";
    }
  | {
      readonly command: "baseline";
      readonly action: BaselineAction;
      readonly options: CommandLineOptions;
    };

const commands = ["lint", "config", "baseline"] as const;

const baselineActions = ["write", "prune", "show"] as const;

/** What to do with a baseline. */
export type BaselineAction = (typeof baselineActions)[number];

/**
 * Reads the arguments behind `imdslint`. What only wants help or the version, or cannot be
 * understood, is answered at once.
 */
export function parseArguments(
  parameters: readonly string[],
  version: string,
): Request | CommandResult {
  const [first, ...rest] = parameters;
  // A command counts only in first place, so `./lint` and a later `lint` are paths.
  const named = commands.find((name) => name === first);
  const own = named === undefined ? parameters : rest;
  const variables: CommandLineVariable[] = [];
  if (named === "config") {
    const parsed = parse(describeConfig(variables), own);
    if ("exitCode" in parsed) return parsed;
    const { format, ...options } = parsed.opts<ParsedOptions & { format: "text" | "json" }>();
    return { command: "config", format, options: toOptions(options, parsed, variables) };
  }
  if (named === "baseline") return readBaselineCommand(own);
  const parsed = parse(describeLint(version, variables), withFixChoice(own));
  if ("exitCode" in parsed) return parsed;
  const given = parsed.opts<ParsedOptions & OutputOptions>();
  const { format, outputFile, ...others } = given;
  const mistake = describeMistake(format, outputFile) ?? describeConflict(given);
  if (mistake !== undefined) return usageError(mistake);
  const options = toOptions(others, parsed, variables);
  return {
    command: "lint",
    options: {
      ...options,
      fix: wantedFixes(given),
      fixDryRun: given.fixDryRun ?? false,
      ...(format.length === 0 ? {} : { outputs: format }),
      ...(outputFile === undefined ? {} : { outputFile }),
    },
  };
}

/** `imdslint baseline write|prune|show`. */
function readBaselineCommand(parameters: readonly string[]): Request | CommandResult {
  const [name, ...rest] = parameters;
  const action = baselineActions.find((candidate) => candidate === name);
  const variables: CommandLineVariable[] = [];
  const parsed = parse(describeBaseline(variables), action === undefined ? parameters : rest);
  if ("exitCode" in parsed) return parsed;
  if (action === undefined) {
    return usageError(`imdslint baseline ${baselineActions.join("|")}: say which of these`);
  }
  const options = toOptions(parsed.opts<ParsedOptions>(), parsed, variables);
  return { command: "baseline", action, options };
}

/** The command with its options read; or what it answers by itself. */
function parse(command: Command, parameters: readonly string[]): Command | CommandResult {
  let output = "";
  let complaint = "";
  command.exitOverride().configureOutput({
    writeOut: (text) => (output += text),
    writeErr: (text) => (complaint += text),
  });
  try {
    return command.parse(parameters, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { output, complaint, exitCode: error.exitCode === 0 ? 0 : 2 };
  }
}

/** As commander gives it: flags that are not there are not there. */
interface ParsedOptions {
  readonly rule: ReadonlyMap<string, RuleSetting>;
  readonly sourceRoot?: string;
  readonly envVars?: true;
  readonly parameters: ParameterArguments;
  readonly region?: string;
  readonly account?: string;
  readonly failOn?: Severity;
  readonly failOnOpen?: boolean;
  readonly failOnSkipped?: boolean;
  readonly showOpen?: boolean;
  readonly maxWarnings?: number;
  readonly config?: string | false;
  readonly forceExclude?: true;
  readonly inlineSuppressions?: boolean;
  readonly foreignSuppressions?: boolean;
  readonly includeSuppressed?: true;
  readonly baseline?: string;
  readonly since?: string;
  readonly staged?: true;
  readonly color?: boolean;
  readonly listRules?: true;
  readonly explain?: string;
}

interface OutputOptions extends ParsedFixOptions {
  readonly format: readonly RequestedOutput[];
  readonly outputFile?: string;
}

function toOptions(
  { rule, ...options }: ParsedOptions,
  { args }: Command,
  variables: readonly CommandLineVariable[],
): CommandLineOptions {
  return {
    ...options,
    rules: rule,
    variables,
    envVars: options.envVars ?? false,
    paths: args,
    forceExclude: options.forceExclude ?? false,
    inlineSuppressions: options.inlineSuppressions ?? true,
    foreignSuppressions: options.foreignSuppressions ?? true,
    includeSuppressed: options.includeSuppressed ?? false,
    staged: options.staged ?? false,
    fix: [],
    fixDryRun: false,
    listRules: options.listRules ?? false,
  };
}

function describeLint(version: string, variables: CommandLineVariable[]): Command {
  const command = new Command("imdslint")
    .usage("[lint] [options] [paths...]")
    .description(
      "Finds CloudFormation and Terraform that leaves the EC2 Instance Metadata Service open.",
    )
    .argument("[paths...]", "files, directories or globs to judge (default: current directory)");
  const judging = addHistoryOptions(addJudgementOptions(addInputOptions(command, variables)));
  return addOutputOptions(addFixOptions(judging))
    .optionsGroup("Other:")
    .option("--list-rules", "print every rule and its severity")
    .option("--explain <rule>", "print why a rule exists and what it reports")
    .version(version, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", epilogue);
}

function describeConfig(variables: CommandLineVariable[]): Command {
  const command = new Command("imdslint config")
    .usage("[options] [file]")
    .description("Prints what counts for a file, and where each value comes from.")
    .argument("[file]", "a file or directory, which need not exist (default: current directory)")
    .allowExcessArguments(false);
  return addJudgementOptions(addInputOptions(command, variables))
    .optionsGroup("Output:")
    .addOption(
      new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"),
    )
    .helpOption("-h, --help", "print this help");
}

function describeBaseline(variables: CommandLineVariable[]): Command {
  const command = new Command("imdslint baseline")
    .usage("write|prune|show [options] [paths...]")
    .description(
      "Keeps a file of known findings: writes it, takes out what is fixed, or lists what is left.",
    )
    .argument("[paths...]", "files, directories or globs to judge (default: current directory)");
  return addJudgementOptions(addInputOptions(command, variables))
    .option("--baseline <file>", "the file (default: imdslint-baseline.json)")
    .helpOption("-h, --help", "print this help");
}

const epilogue = `
Commands:
  lint [paths...]  look for findings; the command may be left out
  config [file]    print what counts for a file, and where each value comes from
  baseline write   know everything that is found now; prune what is fixed, show what is left

Formats:
${Object.entries(formats)
  .map(([name, use]) => `  ${name.padEnd(11)}  ${use}`)
  .join("\n")}

Exit codes:
  0  nothing found at or above --fail-on
  1  something found
  2  bad usage, or input that cannot be read or understood

Files that git ignores are not judged, but read where a template needs them.
`;

/** Why reports cannot be written as they are asked for; undefined where they can. */
function describeMistake(
  given: readonly RequestedOutput[],
  outputFile: string | undefined,
): string | undefined {
  const printed = given.filter(({ path }) => path === undefined);
  if (printed.length > 1) {
    const [first, second] = printed.map(({ format }) => format);
    return `--format ${first} and --format ${second} would both be printed; write one as --format ${second}=file`;
  }
  return outputFile !== undefined && given.length > 0 && printed.length === 0
    ? "--output-file names a second file for what --format names one for"
    : undefined;
}

/** Why options cannot be taken together; undefined where they can. */
function describeConflict({ since, staged, ...given }: ParsedOptions & OutputOptions) {
  if (since !== undefined && staged === true)
    return "--since and --staged compare different things";
  const isLimited = since !== undefined || staged === true;
  return isLimited && wantedFixes(given).length > 0
    ? "--fix changes the working tree as a whole; leave out --since or --staged"
    : undefined;
}
