import { parse } from "smol-toml";
import type { InputError } from "../../../findings/input-error.js";
import type { SourceFile } from "../../../source/source-file.js";
import type { TextRange } from "../../../source/text-range.js";
import { type DataNode, entryOf, type MappingNode } from "../../yaml/syntax-tree.js";
import type { GivenParameter } from "../parameters.js";
import { type KeyValuePairs, readArgument, readPairs } from "./key-value-pairs.js";
import { invalidParameters, type ParameterSet, type ParameterSets } from "./parameter-set.js";

/** The commands that deploy, the first that says something counts; `global` is for all of them. */
const COMMANDS = ["deploy", "sync", "global"] as const;

/**
 * Reads a `samconfig.toml`: each environment is a set. TOML's parser knows no places, so that a
 * value stands where its `Name=` is found below the table's header.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
 */
export function readSamToml(file: SourceFile): ParameterSets {
  let root: unknown;
  try {
    root = parse(file.text);
  } catch (error) {
    if (!isSyntaxError(error)) throw error;
    return { sets: [], errors: [syntaxError(error, file)] };
  }
  return readEnvironments(fromData(root), file, (environment, command) =>
    tableRange(file.text, environment, command),
  );
}

/** Whether a mapping is the SAM CLI's configuration in YAML: environment, command, `parameters`. */
export function isSamConfiguration(root: DataNode): boolean {
  return (
    root.kind === "mapping" &&
    root.entries.some(({ value }) =>
      COMMANDS.some((command) => parametersOf(value, command) !== undefined),
    )
  );
}

/** Reads a `samconfig.yaml`. */
export function readSamConfiguration(root: DataNode, file: SourceFile): ParameterSets {
  return readEnvironments(root, file, (environment, command) => {
    const environmentNode = root.kind === "mapping" ? entryOf(root, environment)?.value : undefined;
    return environmentNode === undefined
      ? undefined
      : parametersOf(environmentNode, command)?.range;
  });
}

/** Where the parameters of a command stand. */
type FindPlace = (environment: string, command: string) => TextRange | undefined;

function readEnvironments(root: DataNode, file: SourceFile, findPlace: FindPlace): ParameterSets {
  const sets: ParameterSet[] = [];
  const errors: InputError[] = [];
  for (const { key, value } of root.kind === "mapping" ? root.entries : []) {
    const found = settingOf(value, "parameter_overrides");
    if (found === undefined) continue;
    const place = findPlace(key.text, found.command) ?? { start: 0, end: file.text.length };
    const { pairs, surplus } = pairsOf(found.node);
    const values = new Map<string, GivenParameter>();
    for (const { name, value: text } of pairs) {
      const range = findPair(file.text, place, name);
      values.set(name, { kind: "text", text, location: { path: file.path, range } });
    }
    const region = settingOf(value, "region")?.node;
    sets.push({
      name: key.text,
      values,
      ...(region?.kind === "scalar" ? { region: region.text } : {}),
    });
    if (surplus !== undefined) {
      const message = `parameter_overrides of ${key.text} must be Name=Value pairs`;
      errors.push(invalidParameters(file, firstLine(file.text, place), message));
    }
  }
  if (sets.length === 0 && errors.length === 0) {
    const message = "no environment in this file has parameter_overrides";
    errors.push(invalidParameters(file, { start: 0, end: 0 }, message));
  }
  return { sets, errors };
}

function settingOf(
  environment: DataNode,
  name: string,
): { readonly command: string; readonly node: DataNode } | undefined {
  for (const command of COMMANDS) {
    const parameters = parametersOf(environment, command);
    const node = parameters === undefined ? undefined : entryOf(parameters, name)?.value;
    if (node !== undefined) return { command, node };
  }
  return undefined;
}

function parametersOf(environment: DataNode, command: string): MappingNode | undefined {
  if (environment.kind !== "mapping") return undefined;
  const node = entryOf(environment, command)?.value;
  const parameters = node?.kind === "mapping" ? entryOf(node, "parameters")?.value : undefined;
  return parameters?.kind === "mapping" ? parameters : undefined;
}

/** A string of pairs, a list of pairs, or a mapping. */
function pairsOf(node: DataNode): KeyValuePairs {
  const nowhere = { start: 0, end: 0 };
  switch (node.kind) {
    case "scalar":
      return readPairs(node.text);
    case "sequence": {
      const all = node.items.map((item) =>
        item.kind === "scalar" ? readArgument(item.text) : undefined,
      );
      const pairs = all.flatMap((pair) =>
        pair === undefined ? [] : [{ ...pair, range: nowhere }],
      );
      return pairs.length < all.length ? { pairs, surplus: nowhere } : { pairs };
    }
    case "mapping": {
      const pairs = node.entries.flatMap(({ key, value }) =>
        value.kind === "scalar" ? [{ name: key.text, value: value.text, range: nowhere }] : [],
      );
      return pairs.length < node.entries.length ? { pairs, surplus: nowhere } : { pairs };
    }
  }
}

/** What TOML says as the tree that YAML is read into; the places are nowhere. */
function fromData(data: unknown): DataNode {
  const range = { start: 0, end: 0 };
  if (Array.isArray(data)) {
    return { kind: "sequence", items: data.map(fromData), style: "flow", range };
  }
  if (typeof data === "object" && data !== null && !(data instanceof Date)) {
    const entries = Object.entries(data).map(([name, value]) => ({
      key: { kind: "scalar" as const, text: name, style: "double-quoted" as const, range },
      value: fromData(value),
    }));
    return { kind: "mapping", entries, style: "flow", range };
  }
  return { kind: "scalar", text: String(data), style: "double-quoted", range };
}

/** From the header `[environment.command.parameters]` to the next header. */
function tableRange(text: string, environment: string, command: string): TextRange | undefined {
  const part = (name: string) => `\\s*["']?${name.replace(/[^\w]/g, "\\$&")}["']?\\s*`;
  const path = [environment, command, "parameters"].map(part).join("\\.");
  const header = new RegExp(`^[ \\t]*\\[${path}\\].*$`, "m").exec(text);
  if (header === null) return undefined;
  const start = header.index + header[0].length;
  const length = text.slice(start).search(/^[ \t]*\[[\w\s."'-]+\]\s*(?:#.*)?$/m);
  return { start, end: length < 0 ? text.length : start + length };
}

/** The value behind `Name=` or `Name:`; the first line of the place where that is not found. */
function findPair(text: string, place: TextRange, name: string): TextRange {
  const pattern = new RegExp(
    String.raw`(?<![\w])(?:${name}["']?\s*[=:]\s*|ParameterKey=${name},ParameterValue=)(\\?"[^"\n]*"|'[^'\n]*'|[^\s"',\]]*)`,
  );
  const overrides = text.indexOf("parameter_overrides", place.start);
  const from = overrides < 0 || overrides > place.end ? place.start : overrides;
  const match = pattern.exec(text.slice(from, place.end));
  if (match === null) return firstLine(text, place);
  const { 0: whole, 1: value = "", index } = match;
  const end = from + index + whole.length;
  return { start: end - value.length, end };
}

function firstLine(text: string, { start, end }: TextRange): TextRange {
  const begin = start + (/^\s*/.exec(text.slice(start, end))?.[0].length ?? 0);
  const lineEnd = text.indexOf("\n", begin);
  return { start: begin, end: lineEnd < 0 ? end : Math.min(lineEnd, end) };
}

/** Line and column are one-based. */
interface TomlSyntaxError extends Error {
  readonly line: number;
  readonly column: number;
}

/** The library's own class is not asked for, since only its function is loaded when needed. */
function isSyntaxError(error: unknown): error is TomlSyntaxError {
  return error instanceof Error && "line" in error && "column" in error;
}

/** The library's message is its first line; an excerpt follows. */
function syntaxError(
  { message, line, column }: TomlSyntaxError,
  { path, text }: SourceFile,
): InputError {
  const lines = text.split("\n").slice(0, line - 1);
  const start = lines.reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
  const [first = ""] = message.replace(/^Invalid TOML document: /, "").split("\n");
  return { code: "syntax", message: first, path, location: { path, range: { start, end: start } } };
}
