import { type Argument, InvalidArgumentError, type Option } from "commander";
import { severities } from "../findings/severity.js";
import { readArgument } from "../parsers/cloudformation/parameter-files/key-value-pairs.js";
import type { CommandLineVariable } from "../parsers/terraform/given-variables.js";
import { type Format, formats } from "../reporters/format-names.js";
import type { RuleSetting } from "../rules/default-setting.js";
import { nearestName } from "../rules/nearest-name.js";
import type { ParameterArguments, RequestedOutput } from "./command-line-options.js";

const formatNames = Object.keys(formats) as readonly Format[];

/** An option or argument that takes one of some words; of another it says which was meant. */
export function oneOf<T extends Option | Argument>(described: T, words: readonly string[]): T {
  described.choices(words).argParser((word: string) => {
    if (words.includes(word)) return word;
    // Of words this short, others are near as well.
    const nearest = nearestName(
      word,
      words.filter((known) => known.charAt(0) === word.charAt(0)),
    );
    const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
    throw new InvalidArgumentError(`Allowed choices are ${words.join(", ")}.${hint}`);
  });
  return described;
}

/** `--format`: adds a report to write, as `name` or `name=file`. */
export function addOutput(
  text: string,
  outputs: readonly RequestedOutput[],
): readonly RequestedOutput[] {
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

/** `--var`. */
export function readVariable(text: string): CommandLineVariable {
  const [, name, value] = /^([^\s=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError("Write it as name=value.");
  }
  return { kind: "value", name, text: value };
}

/** `--parameters`. A file whose name looks like a value can be given as `./Name=Value`, or as the AWS CLI has it. */
export function addParameters(
  text: string,
  { files, values }: ParameterArguments,
): ParameterArguments {
  const pair = readArgument(text);
  return pair === undefined
    ? { files: [...files, text.replace(/^file:\/\//, "")], values }
    : { files, values: new Map([...values, [pair.name, pair.value]]) };
}

/** `--region`. */
export function readRegion(text: string): string {
  if (/^[a-z]+(?:-[a-z]+)+-\d+$/.test(text)) return text;
  throw new InvalidArgumentError("Write it as us-east-1.");
}

/** `--account`. */
export function readAccount(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError("An account ID has twelve digits.");
}

/** `--sarif-category`. */
export function readCategory(text: string): string {
  if (/[^/\s]/.test(text)) return text;
  throw new InvalidArgumentError("Write a name, such as production.");
}

/** `--rule`: adds what a rule is set to. */
export function addRuleSetting(
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

/** `--max-warnings`. */
export function readCount(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write it as a whole number.");
}
