import { formats } from "../reporters/format-names.js";
import { rules } from "../rules/index.js";
import type { CompletedCommand, CompletedOption } from "./commands/completion.js";
import { describeCommand } from "./describe-commands.js";
import { baselineActions, commandSummaries, type Request, shells } from "./request.js";

/** Every command with its options, as shells complete them. */
export function completedCommands(version: string): readonly CompletedCommand[] {
  const names = Object.keys(commandSummaries) as readonly Request["command"][];
  return names.map((name) => ({
    name,
    summary: commandSummaries[name],
    options: optionsOf(name, version),
    choices: argumentsOf[name] ?? [],
  }));
}

const ruleIds = rules.map(({ id }) => id);

/** What the first argument can be of commands that do not take a file. */
const argumentsOf: Readonly<Partial<Record<Request["command"], readonly string[]>>> = {
  explain: ruleIds,
  completion: shells,
  baseline: baselineActions,
};

function optionsOf(name: Request["command"], version: string): readonly CompletedOption[] {
  const { options } = describeCommand(name, version, []);
  const described = options
    .filter(({ hidden }) => !hidden)
    .map(({ long, short, description, required, optional, argChoices }) => ({
      flag: long ?? short ?? "",
      summary: description,
      takesValue: required || optional,
      choices: argChoices ?? choicesOf(name, long),
    }));
  return [
    ...described,
    { flag: "--help", summary: "print this help", takesValue: false, choices: [] },
  ];
}

function choicesOf(name: Request["command"], flag: string | undefined): readonly string[] {
  if (name === "lint" && flag === "--format") return Object.keys(formats);
  return flag === "--explain" ? ruleIds : [];
}
