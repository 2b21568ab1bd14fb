import type { ChainStep } from "../findings/finding.js";
import { expressionText } from "../parsers/terraform/json-syntax/expression-text.js";
import type { SourceFile } from "../source/source-file.js";
import type { Location } from "../source/text-range.js";
import { type Origin, originChain } from "../values/origin.js";

/** Longer expressions are cut in messages. */
const LONGEST_EXCERPT = 60;

/** The files that locations point into, by path. */
export type Files = ReadonlyMap<string, SourceFile>;

/** The way from the place of use to the deciding place, each step as a clause. */
export function describeChain(origin: Origin, files: Files): readonly ChainStep[] {
  return originChain(origin)
    .filter((step) => !isPassedOn(step))
    .map((step) => ({
      step: step.step,
      message: describeStep(step, files),
      location: step.location,
    }));
}

/** How a module that is not installed passes its inputs on is of no interest. */
function isPassedOn({ step, from }: Origin): boolean {
  return step === "module-default" && from !== undefined;
}

function describeStep({ step, name, location, given, from }: Origin, files: Files): string {
  const written = given === undefined ? excerpt(location, files) : describeGiven(given);
  const subject = name ?? "it";
  const verb = from === undefined ? "is" : "is taken from";
  switch (step) {
    case "written":
    case "local":
      return `${subject} ${verb} ${written}`;
    case "parameter":
      return `parameter ${subject} has no default`;
    case "parameter-default":
      return `parameter ${subject} defaults to ${written}`;
    case "parameter-value":
      return `parameter ${subject} is set to ${written}`;
    case "nested-stack-parameter":
      return `the nested stack passes ${subject} as ${written}`;
    case "nested-stack-output":
      return `output ${subject} ${verb} ${written}`;
    case "mapping":
      return name === undefined ? `the mapping says ${written}` : `mapping ${name} says ${written}`;
    case "variable":
      return `variable ${subject} has no default`;
    case "variable-default":
      return `variable ${subject} defaults to ${written}`;
    case "variable-value":
      return `variable ${subject} is set to ${written}`;
    case "module-argument":
      return `the module call passes ${subject} as ${written}`;
    case "module-output":
      return `output ${subject} ${verb} ${written}`;
    case "planned":
      return `the plan says ${subject} is ${given === undefined ? written : onOneLine(given.text)}`;
    case "module-default":
      return name ?? "the module decides";
    case "launch-template":
      return `the launch template is ${written}`;
    case "launch-configuration":
      return `the launch configuration is ${written}`;
    case "provider-default":
      return `${subject} is not set, so the AWS provider sends its default`;
    case "not-sent":
      return `${subject} is written, but the AWS provider does not send it`;
    case "account-default":
      return given === undefined
        ? `${subject} is not set, so the account's default counts`
        : `${subject} is not set, and ${given.by} assumes that the account's default is ${onOneLine(given.text)}`;
    case "image":
      return given === undefined
        ? `${subject} is not set, so the image decides`
        : `${subject} is not set, and ${given.by} assumes that the image has IMDS support ${onOneLine(given.text)}`;
    case "service-default":
      return `${subject} is not set`;
  }
}

function describeGiven({ text, by }: NonNullable<Origin["given"]>): string {
  return `${onOneLine(text)} by ${by}`;
}

/** The text at a location on one line, cut to a readable length. */
function excerpt({ path, range }: Location, files: Files): string {
  const file = files.get(path);
  return onOneLine(file === undefined ? "" : expressionText(file, range));
}

function onOneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= LONGEST_EXCERPT ? line : `${line.slice(0, LONGEST_EXCERPT - 1)}…`;
}
