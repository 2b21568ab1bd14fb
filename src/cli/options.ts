import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { type Format, formats } from "../reporters/format-names.js";
import { type CommandResult, usageError } from "./command-result.js";
import { nearestName } from "../rules/nearest-name.js";
import { severities, type Severity } from "../findings/severity.js";
import type { FixSafety } from "../findings/fix.js";
import type { CommandLineVariable } from "../parsers/terraform/given-variables.js";
import { readArgument } from "../parsers/cloudformation/parameter-files/key-value-pairs.js";
import type { RuleSetting } from "../rules/choose-rules.js";

/** One report to write. */
export interface RequestedOutput {
  readonly format: Format;
  /** As given; undefined for standard output. */
  readonly path?: string;
}

const formatNames = Object.keys(formats) as readonly Format[];

/** What the command line asks for. */
export interface CommandLineOptions {
  /** As given; empty means the working directory. */
  readonly paths: readonly string[];
  /** Never empty; at most one goes to standard output. */
  readonly outputs: readonly RequestedOutput[];
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
  readonly failOn: Severity;
  readonly failOnOpen: boolean;
  readonly failOnSkipped: boolean;
  readonly showOpen: boolean;
  /** Whether suppressions of ours count, and those of other tools. */
  readonly inlineSuppressions: boolean;
  readonly foreignSuppressions: boolean;
  readonly includeSuppressed: boolean;
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

/**
 * Reads the arguments behind `imdslint`. What only wants help or the version, or cannot be
 * understood, is answered at once.
 */
export function parseArguments(
  parameters: readonly string[],
  version: string,
): CommandLineOptions | CommandResult {
  const [first, ...rest] = parameters;
  // A subcommand counts only in first place, so `./lint` and a later `lint` are paths.
  const isCommandNamed = first === "lint";
  let output = "";
  let complaint = "";
  const variables: CommandLineVariable[] = [];
  const command = describeCommand(version, variables)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => (output += text),
      writeErr: (text) => (complaint += text),
    });
  try {
    command.parse(withFixChoice(isCommandNamed ? rest : parameters), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { output, complaint, exitCode: error.exitCode === 0 ? 0 : 2 };
  }
  const { rule, format, outputFile, fix, fixReview, ...options } = command.opts<ParsedOptions>();
  const outputs = outputsOf(format, outputFile);
  if (typeof outputs === "string") return usageError(outputs);
  return {
    ...options,
    outputs,
    rules: rule,
    variables,
    envVars: options.envVars ?? false,
    paths: command.args,
    failOnOpen: options.failOnOpen ?? false,
    failOnSkipped: options.failOnSkipped ?? false,
    showOpen: options.showOpen ?? false,
    includeSuppressed: options.includeSuppressed ?? false,
    fix: wantedFixes(fix === true || options.fixDryRun === true, fixReview === true),
    fixDryRun: options.fixDryRun ?? false,
    listRules: options.listRules ?? false,
  };
}

/** What `--fix=review` is read as: an option with an optional value would take a path for it. */
const FIX_REVIEW = "--fix-review";

function withFixChoice(parameters: readonly string[]): readonly string[] {
  return parameters.map((parameter) => {
    if (parameter === "--fix=review") return FIX_REVIEW;
    return parameter === "--fix=safe" ? "--fix" : parameter;
  });
}

function wantedFixes(isSafeWanted: boolean, isReviewWanted: boolean): readonly FixSafety[] {
  if (isReviewWanted) return ["safe", "review"];
  return isSafeWanted ? ["safe"] : [];
}

/** As commander gives it: flags that are not there are not there. */
interface ParsedOptions {
  readonly format: readonly RequestedOutput[];
  readonly outputFile?: string;
  readonly rule: ReadonlyMap<string, RuleSetting>;
  readonly sourceRoot?: string;
  readonly envVars?: true;
  readonly parameters: ParameterArguments;
  readonly region?: string;
  readonly account?: string;
  readonly failOn: Severity;
  readonly failOnOpen?: true;
  readonly failOnSkipped?: true;
  readonly showOpen?: true;
  readonly inlineSuppressions: boolean;
  readonly foreignSuppressions: boolean;
  readonly includeSuppressed?: true;
  readonly fix?: true;
  readonly fixReview?: true;
  readonly fixDryRun?: true;
  readonly color?: boolean;
  readonly listRules?: true;
  readonly explain?: string;
}

/** Values for variables go into `variables`, since their order counts across options. */
function describeCommand(version: string, variables: CommandLineVariable[]): Command {
  return new Command("imdslint")
    .usage("[lint] [options] [paths...]")
    .description(
      "Finds CloudFormation and Terraform that leaves the EC2 Instance Metadata Service open.",
    )
    .argument("[paths...]", "files, directories or globs to judge (default: current directory)")
    .addOption(
      new Option(
        "--format <format[=file]>",
        "how to print the report, or write it to a file; repeatable",
      )
        .argParser(addOutput)
        .default([], "text"),
    )
    .option("--output-file <file>", "write the report there instead of printing it")
    .addOption(
      new Option("--rule <id=severity>", "set a rule to error, warning, note or off; repeatable")
        .argParser(addRuleSetting)
        .default(new Map(), "as the rules say"),
    )
    .option("--source-root <dir>", "where the Terraform source of a plan lies (default: beside it)")
    .addOption(
      new Option(
        "--var <name=value>",
        "set a Terraform root module's variable; repeatable",
      ).argParser((text) => variables.push(readVariable(text))),
    )
    .addOption(
      new Option("--var-file <file>", "set variables as a .tfvars file says; repeatable").argParser(
        (path) => variables.push({ kind: "file", path }),
      ),
    )
    .option("--env-vars", "set variables as TF_VAR_name in the environment says")
    .addOption(
      new Option(
        "--parameters <file>",
        "values for CloudFormation parameters, or Name=Value; repeatable: each file is a deployment",
      )
        .argParser(addParameters)
        .default({ files: [], values: new Map() }, "their defaults"),
    )
    .addOption(
      new Option("--region <region>", "the region that CloudFormation deploys to").argParser(
        readRegion,
      ),
    )
    .addOption(
      new Option("--account <id>", "the account that CloudFormation deploys to").argParser(
        readAccount,
      ),
    )
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 from this severity on")
        .choices(severities)
        .default("warning"),
    )
    .option("--fail-on-open", "exit with 1 if something cannot be decided before deployment")
    .option("--fail-on-skipped", "exit with 1 if something could not be looked at")
    .option("--show-open", "list everything that cannot be decided before deployment")
    .option("--no-inline-suppressions", "report what comments and metadata in the files suppress")
    .option("--no-foreign-suppressions", "report what is suppressed for other tools alone")
    .option("--include-suppressed", "list what is suppressed in text, and in SARIF as suppressed")
    .option("--fix", "make the fixes that are safe; --fix=review: those that want a look, too")
    .addOption(new Option(FIX_REVIEW).hideHelp())
    .option("--fix-dry-run", "print what --fix would change as a diff, and change nothing")
    .option("--color", "use colours even if this is no terminal")
    .option("--no-color", "use no colours")
    .option("--list-rules", "print every rule and its severity")
    .option("--explain <rule>", "print why a rule exists and what it reports")
    .version(version, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", epilogue);
}

const epilogue = `
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

function addOutput(text: string, outputs: readonly RequestedOutput[]): readonly RequestedOutput[] {
  const [, name = "", path] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const format = formatNames.find((candidate) => candidate === name);
  if (format === undefined) {
    const nearest = nearestName(name, formatNames);
    const hint =
      nearest === undefined ? `one of ${formatNames.join(", ")}` : `did you mean ${nearest}?`;
    throw new InvalidArgumentError(`There is no format ${name}; ${hint}`);
  }
  if (path === "") throw new InvalidArgumentError(`Write it as ${name}=file.`);
  return [...outputs, { format, ...(path === undefined ? {} : { path }) }];
}

/** What to write and where, or why that cannot be. */
function outputsOf(
  given: readonly RequestedOutput[],
  outputFile: string | undefined,
): readonly RequestedOutput[] | string {
  const outputs = given.length === 0 ? [{ format: "text" } as const] : given;
  const printed = outputs.filter(({ path }) => path === undefined);
  if (printed.length > 1) {
    const [first, second] = printed.map(({ format }) => format);
    return `--format ${first} and --format ${second} would both be printed; write one as --format ${second}=file`;
  }
  if (outputFile === undefined) return outputs;
  if (printed.length === 0)
    return "--output-file names a second file for what --format names one for";
  return outputs.map((output) => ({ path: outputFile, ...output }));
}

function readVariable(text: string): CommandLineVariable {
  const [, name, value] = /^([^\s=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError("Write it as name=value.");
  }
  return { kind: "value", name, text: value };
}

/** A file whose name looks like a value can be given as `./Name=Value`, or as the AWS CLI has it. */
function addParameters(text: string, { files, values }: ParameterArguments): ParameterArguments {
  const pair = readArgument(text);
  return pair === undefined
    ? { files: [...files, text.replace(/^file:\/\//, "")], values }
    : { files, values: new Map([...values, [pair.name, pair.value]]) };
}

function readRegion(text: string): string {
  if (/^[a-z]+(?:-[a-z]+)+-\d+$/.test(text)) return text;
  throw new InvalidArgumentError("Write it as us-east-1.");
}

function readAccount(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError("An account ID has twelve digits.");
}

function addRuleSetting(
  text: string,
  settings: ReadonlyMap<string, RuleSetting>,
): ReadonlyMap<string, RuleSetting> {
  const [, id, severity] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const setting = [...severities, "off" as const].find((candidate) => candidate === severity);
  if (id === undefined || setting === undefined) {
    throw new InvalidArgumentError("Write it as rule=error, rule=warning, rule=note or rule=off.");
  }
  return new Map([...settings, [id, setting]]);
}
