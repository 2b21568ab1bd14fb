import { Command, CommanderError, Option } from "commander";
import { severities, type Severity } from "../findings/severity.js";
import type { CommandLineVariable } from "../parsers/terraform/given-variables.js";
import { formats } from "../reporters/format-names.js";
import type { RuleSetting } from "../rules/default-setting.js";
import type {
  CommandLineOptions,
  ParameterArguments,
  RequestedOutput,
} from "./command-line-options.js";
import { type CommandResult, usageError } from "./command-result.js";
import {
  addOutput,
  addParameters,
  addRuleSetting,
  readAccount,
  readCount,
  readRegion,
  readVariable,
} from "./option-arguments.js";

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
    command.parse(isCommandNamed ? rest : parameters, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { output, complaint, exitCode: error.exitCode === 0 ? 0 : 2 };
  }
  const { rule, format, outputFile, ...options } = command.opts<ParsedOptions>();
  const mistake = describeMistake(format, outputFile);
  if (mistake !== undefined) return usageError(mistake);
  const outputs = format.map((output) =>
    outputFile === undefined ? output : { path: outputFile, ...output },
  );
  return {
    ...options,
    ...(outputs.length === 0 ? {} : { outputs }),
    ...(outputFile === undefined ? {} : { outputFile }),
    rules: rule,
    variables,
    envVars: options.envVars ?? false,
    paths: command.args,
    forceExclude: options.forceExclude ?? false,
    listRules: options.listRules ?? false,
  };
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
  readonly failOn?: Severity;
  readonly failOnOpen?: boolean;
  readonly failOnSkipped?: boolean;
  readonly showOpen?: boolean;
  readonly maxWarnings?: number;
  readonly config?: string | false;
  readonly forceExclude?: true;
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
      new Option(
        "--fail-on <severity>",
        "exit with 1 from this severity on (default: warning)",
      ).choices(severities),
    )
    .option("--fail-on-open", "exit with 1 if something cannot be decided before deployment")
    .option("--fail-on-skipped", "exit with 1 if something could not be looked at")
    .addOption(
      new Option("--max-warnings <count>", "let so many warnings pass, and no more").argParser(
        readCount,
      ),
    )
    .option("--show-open", "list everything that cannot be decided before deployment")
    .addOption(new Option("--no-fail-on-open").hideHelp())
    .addOption(new Option("--no-fail-on-skipped").hideHelp())
    .addOption(new Option("--no-show-open").hideHelp())
    .option("--config <file>", "the configuration for all files (default: the nearest of each)")
    .option("--no-config", "use no configuration")
    .option("--force-exclude", "leave out what is ignored even if it is named")
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
