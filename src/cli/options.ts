import { type Command, CommanderError } from "commander";
import type { Severity } from "../findings/severity.js";
import type { CommandLineVariable } from "../parsers/terraform/given-variables.js";
import type { RuleSetting } from "../rules/default-setting.js";
import type {
  CommandLineOptions,
  ParameterArguments,
  RequestedOutput,
} from "./command-line-options.js";
import { type CommandResult, usageError } from "./command-result.js";
import { describeCommand } from "./describe-commands.js";
import { type ParsedFixOptions, wantedFixes, withFixChoice } from "./fix-options.js";
import {
  type BaselineAction,
  commandSummaries,
  type GraphFormat,
  type Request,
  type Shell,
  type TableFormat,
} from "./request.js";

const commands = Object.keys(commandSummaries) as readonly Request["command"][];

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
  const command = named ?? "lint";
  const own = named === undefined ? parameters : rest;
  const variables: CommandLineVariable[] = [];
  const parsed = parse(describeCommand(command, version, variables), withFixChoice(own));
  if ("exitCode" in parsed) return parsed;
  const [name = "", ...others] = parsed.args;
  switch (command) {
    case "lint":
      return lintRequest(parsed, variables);
    case "config":
    case "effective": {
      const { format, ...given } = parsed.opts<ParsedOptions & { format: TableFormat }>();
      return { command, format, options: toOptions(given, parsed.args, variables) };
    }
    case "graph": {
      const { format, ...given } = parsed.opts<ParsedOptions & { format: GraphFormat }>();
      return { command, format, options: toOptions(given, parsed.args, variables) };
    }
    case "explain":
      return { command, name, options: toOptions(parsed.opts<ParsedOptions>(), others, variables) };
    case "baseline":
      return {
        command,
        action: name as BaselineAction,
        options: toOptions(parsed.opts<ParsedOptions>(), others, variables),
      };
    case "lsp":
      return { command };
    case "init":
      return { command, isAgreed: parsed.opts<{ yes?: true }>().yes === true };
    case "completion":
      return { command, shell: name as Shell };
  }
}

function lintRequest(
  parsed: Command,
  variables: readonly CommandLineVariable[],
): Request | CommandResult {
  const given = parsed.opts<ParsedOptions & OutputOptions>();
  const { format, outputFile, ...others } = given;
  const mistake = describeMistake(format, outputFile) ?? describeConflict(given);
  if (mistake !== undefined) return usageError(mistake);
  const options = {
    ...toOptions(others, parsed.args, variables),
    fix: wantedFixes(given),
    fixDryRun: given.fixDryRun ?? false,
    ...(format.length === 0 ? {} : { outputs: format }),
    ...(outputFile === undefined ? {} : { outputFile }),
  };
  if (options.explain === undefined) return { command: "lint", options };
  return { command: "explain", name: options.explain, options };
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
  readonly rule?: ReadonlyMap<string, RuleSetting>;
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
  readonly quiet?: true;
  readonly exitZero?: true;
  readonly progress?: boolean;
  readonly stdin?: true;
  readonly stdinFilename?: string;
  readonly inlineSuppressions?: boolean;
  readonly foreignSuppressions?: boolean;
  readonly includeSuppressed?: true;
  readonly sarifCategory?: string;
  readonly baseline?: string | false;
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
  { rule = new Map(), ...options }: ParsedOptions,
  paths: readonly string[],
  variables: readonly CommandLineVariable[],
): CommandLineOptions {
  return {
    ...options,
    rules: rule,
    variables,
    envVars: options.envVars ?? false,
    paths,
    forceExclude: options.forceExclude ?? false,
    quiet: options.quiet ?? false,
    exitZero: options.exitZero ?? false,
    progress: options.progress ?? true,
    stdin: options.stdin ?? options.stdinFilename !== undefined,
    inlineSuppressions: options.inlineSuppressions ?? true,
    foreignSuppressions: options.foreignSuppressions ?? true,
    includeSuppressed: options.includeSuppressed ?? false,
    staged: options.staged ?? false,
    fix: [],
    fixDryRun: false,
    listRules: options.listRules ?? false,
  };
}

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
