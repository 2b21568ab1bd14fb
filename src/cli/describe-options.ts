import { type Command, Option } from "commander";
import { severities } from "../findings/severity.js";
import type { CommandLineVariable } from "../parsers/terraform/given-variables.js";
import {
  addOutput,
  addParameters,
  addRuleSetting,
  oneOf,
  readAccount,
  readCategory,
  readCount,
  readRegion,
  readVariable,
} from "./option-arguments.js";

/** Adds the options on what is read. Values for variables go into `variables`, since their order counts across options. */
export function addInputOptions(command: Command, variables: CommandLineVariable[]): Command {
  return command
    .optionsGroup("Input:")
    .option("--config <file>", "the configuration for all files (default: the nearest of each)")
    .option("--no-config", "use no configuration")
    .option("--force-exclude", "leave out what is ignored even if it is named")
    .option("--stdin", "lint what comes from standard input; the same as the path -")
    .option("--stdin-filename <file>", "where that would lie, which says what it is and belongs to")
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
    );
}

/** Adds the options on what is reported, and what makes a run fail. */
export function addJudgementOptions(command: Command): Command {
  return command
    .optionsGroup("Judgement:")
    .addOption(
      new Option("--rule <id=severity>", "set a rule to error, warning, note or off; repeatable")
        .argParser(addRuleSetting)
        .default(new Map(), "as the rules say"),
    )
    .addOption(
      oneOf(
        new Option("--fail-on <severity>", "exit with 1 from this severity on (default: warning)"),
        severities,
      ),
    )
    .option("--fail-on-open", "exit with 1 if something cannot be decided before deployment")
    .option("--fail-on-skipped", "exit with 1 if something could not be looked at")
    .addOption(
      new Option("--max-warnings <count>", "let so many warnings pass, and no more").argParser(
        readCount,
      ),
    )
    .option("--exit-zero", "exit with 0 whatever is found")
    .option("--no-inline-suppressions", "report what comments and metadata in the files suppress")
    .option("--no-foreign-suppressions", "report what is suppressed for other tools alone")
    .addOption(new Option("--no-fail-on-open").hideHelp())
    .addOption(new Option("--no-fail-on-skipped").hideHelp());
}

/** Adds the options on how to report. */
export function addOutputOptions(command: Command): Command {
  return command
    .optionsGroup("Output:")
    .addOption(
      new Option(
        "--format <format[=file]>",
        "how to print the report, or write it to a file; repeatable",
      )
        .argParser(addOutput)
        .default([], "text"),
    )
    .option("--output-file <file>", "write the report there instead of printing it")
    .option("--quiet", "report only what makes the run fail, and nothing at all if nothing does")
    .option("--show-open", "list everything that cannot be decided before deployment")
    .option("--include-suppressed", "list what is suppressed in text, and in SARIF as suppressed")
    .addOption(
      new Option(
        "--sarif-category <name>",
        "tell code scanning this run from others on the same commit",
      ).argParser(readCategory),
    )
    .addOption(new Option("--no-show-open").hideHelp())
    .option("--color", "use colours even if this is no terminal")
    .option("--no-color", "use no colours")
    .option("--no-progress", "do not show on a terminal how far a long run is");
}

/** Adds the options that tell old findings from new ones. */
export function addHistoryOptions(command: Command): Command {
  return command
    .optionsGroup("Old findings:")
    .option("--baseline <file>", "mute the findings that the file knows")
    .option("--no-baseline", "mute none, whatever the configuration says")
    .option("--since <ref>", "show only what has changed since the branch left a commit")
    .option("--staged", "judge what is staged, and show only what that changes");
}
