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
import { addInputOptions, addJudgementOptions, addOutputOptions } from "./describe-options.js";

/** What the command line asks for. */
export type Request =
  | { readonly command: "lint"; readonly options: CommandLineOptions }
  | {
      readonly command: "config";
      readonly options: CommandLineOptions;
      readonly format: "text" | "json";
    };

const commands = ["lint", "config"] as const;

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
  const parsed = parse(describeLint(version, variables), withFixChoice(own));
  if ("exitCode" in parsed) return parsed;
  const given = parsed.opts<ParsedOptions & OutputOptions>();
  const { format, outputFile, ...others } = given;
  const mistake = describeMistake(format, outputFile);
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
  return addOutputOptions(addFixOptions(addJudgementOptions(addInputOptions(command, variables))))
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

const epilogue = `
Commands:
  lint [paths...]  look for findings; the command may be left out
  config [file]    print what counts for a file, and where each value comes from

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
