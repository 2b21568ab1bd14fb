import { Argument, Command, Option } from "commander";
import type { CommandLineVariable } from "../parsers/terraform/given-variables.js";
import { formats } from "../reporters/format-names.js";
import { commandExamples } from "./command-examples.js";
import { addFixOptions } from "./fix-options.js";
import {
  addHistoryOptions,
  addInputOptions,
  addJudgementOptions,
  addOutputOptions,
} from "./describe-options.js";
import { oneOf } from "./option-arguments.js";
import {
  baselineActions,
  commandSummaries,
  graphFormats,
  type Request,
  shells,
  tableFormats,
} from "./request.js";

/** A command by its name, with its options; values for variables go into `variables`. */
export function describeCommand(
  name: Request["command"],
  version: string,
  variables: CommandLineVariable[],
): Command {
  const described = describe(name, version, variables);
  if (name === "lint") described.addHelpText("after", epilogue.trimEnd());
  const examples = examplesOf(name);
  if (examples !== "") described.addHelpText("after", examples);
  return described.helpOption("-h, --help", "print this help");
}

/** Each example with what it does below it, so that long ones fit. */
function examplesOf(name: Request["command"]): string {
  const prefix = name === "lint" ? "imdslint" : `imdslint ${name}`;
  const lines = commandExamples[name].map(
    ({ line, does }) => `  ${`${prefix} ${line}`.trimEnd()}\n      ${does}`,
  );
  return lines.length === 0 ? "" : `\nExamples:\n${lines.join("\n")}\n`;
}

function describe(
  name: Request["command"],
  version: string,
  variables: CommandLineVariable[],
): Command {
  const command = new Command(name === "lint" ? "imdslint" : `imdslint ${name}`);
  switch (name) {
    case "lint":
      return describeLint(command, version, variables);
    case "config":
      return addJudgementOptions(
        addInputOptions(
          command
            .usage("[options] [file]")
            .description("Prints what counts for a file, and where each value comes from.")
            .argument("[file]", "a file or directory, even one to come (default: .)")
            .allowExcessArguments(false),
          variables,
        ),
      )
        .optionsGroup("Output:")
        .addOption(formatOption(tableFormats));
    case "effective":
      return addInputOptions(
        command
          .usage("[options] [address | path...]")
          .description(
            "Prints the metadata options that instances get from each launch specification, and where each comes from.",
          )
          .argument("[addresses...]", "what to look at; whatever is no file or directory"),
        variables,
      )
        .optionsGroup("Output:")
        .addOption(formatOption(tableFormats));
    case "graph":
      return addInputOptions(
        command
          .usage("[options] [paths...]")
          .description(
            "Draws launch templates, what launches through them, and the account's defaults, the unsafe marked.",
          )
          .argument("[paths...]", "files, directories or globs (default: current directory)"),
        variables,
      )
        .optionsGroup("Output:")
        .addOption(formatOption(graphFormats));
    case "explain":
      return addInputOptions(
        command
          .usage("[options] <rule | fingerprint> [paths...]")
          .description(
            "Prints why a rule exists and what it reports, with examples; or how a finding came about.",
          )
          .argument("<name>", "a rule, or the beginning of a finding's fingerprint")
          .argument("[paths...]", "where to look for the finding (default: current directory)"),
        variables,
      );
    case "baseline":
      return addJudgementOptions(
        addInputOptions(
          command
            .usage("write|prune|show [options] [paths...]")
            .description(
              "Keeps a file of known findings: writes it, takes out what is fixed, or lists what is left.",
            )
            .addArgument(
              oneOf(new Argument("<write|prune|show>", "what to do with it"), baselineActions),
            )
            .argument(
              "[paths...]",
              "files, directories or globs to judge (default: current directory)",
            ),
          variables,
        ),
      ).option("--baseline <file>", "the file (default: imdslint-baseline.json)");
    case "init":
      return command
        .usage("[options]")
        .description(
          "Writes a configuration, an entry for pre-commit and a workflow for GitHub Actions, as far as they are not there.",
        )
        .allowExcessArguments(false)
        .option("--yes", "write without asking");
    case "lsp":
      return (
        command
          .usage("")
          .description(
            "Serves editors by the Language Server Protocol, over standard input and output.",
          )
          // Clients say how they speak to it, and it has one way.
          .addOption(new Option("--stdio").hideHelp())
          // vscode-languageclient adds it; the server takes the process from `initialize`.
          .addOption(new Option("--clientProcessId <id>").hideHelp())
      );
    case "completion":
      return command
        .usage("<shell>")
        .description("Prints what makes a shell complete our arguments.")
        .addArgument(oneOf(new Argument("<shell>"), shells))
        .allowExcessArguments(false);
  }
}

function describeLint(
  command: Command,
  version: string,
  variables: CommandLineVariable[],
): Command {
  command
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
    .version(version, "--version", "print the version");
}

function formatOption(choices: readonly string[]): Option {
  const [first = ""] = choices;
  return oneOf(new Option("--format <format>", "how to print it"), choices).default(first);
}

function inColumns(entries: Readonly<Record<string, string>>): string {
  const widest = Math.max(...Object.keys(entries).map((name) => name.length));
  return Object.entries(entries)
    .map(([name, use]) => `  ${name.padEnd(widest)}  ${use}`)
    .join("\n");
}

const epilogue = `
Commands (\`imdslint <command> --help\` says more):
${inColumns(commandSummaries)}

Formats:
${inColumns(formats)}

Exit codes:
  0  nothing found at or above --fail-on
  1  something found
  2  bad usage, or input that cannot be read or understood

Files that git ignores are not judged, but read where a template needs them.
`;
