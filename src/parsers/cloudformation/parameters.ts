import type { Location } from "../../source/text-range.js";
import type { Subject } from "../../values/condition.js";
import { type Evaluated, unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import type { Scenarios } from "../../values/scenarios.js";
import { known, type UnknownReason } from "../../values/value.js";
import {
  type DataNode,
  entryOf,
  type MappingEntry,
  type MappingNode,
} from "../yaml/syntax-tree.js";
import type { Diagnostics } from "./diagnostics.js";
import { listItems, plainText } from "./intrinsic-call.js";
import { isNull, textOf, textValue } from "./scalar-text.js";

/** A parameter of the template or of CloudFormation itself, as `Ref` sees it. */
export interface Parameter {
  /** Set if its value is a scalar that nobody has fixed. */
  readonly open?: OpenScalar | undefined;
  /** Its value, in the scenario of the moment, for whoever reads it at `use`. */
  read(use: Origin): Evaluated;
}

/** A scalar that whoever deploys decides. */
export interface OpenScalar {
  readonly subject: Subject;
  readonly reason: UnknownReason;
}

/**
 * Reads the `Parameters` section. One with a default counts as that default, which a value given
 * from outside replaces; what AllowedValues say narrows those without. `path` is that of a nested
 * stack and goes before the names in messages.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function readParameters(
  section: MappingNode | undefined,
  given: ReadonlyMap<string, string>,
  scenarios: Scenarios,
  diagnostics: Diagnostics,
  path = "",
): ReadonlyMap<string, Parameter> {
  const parameters = new Map<string, Parameter>();
  for (const entry of section?.entries ?? []) {
    const name = entry.key.text;
    const parameter = readParameter(entry, given.get(name), scenarios, diagnostics, path);
    if (!parameters.has(name)) parameters.set(name, parameter);
  }
  return parameters;
}

/** A parameter that nobody has fixed: each scenario says which of its values are left. */
export function openParameter(
  open: OpenScalar,
  scenarios: Scenarios,
  originFor: (use: Origin) => Origin,
): Parameter {
  const { subject, reason } = open;
  const read = (use: Origin): Evaluated => {
    const origin = originFor(use);
    const possible = scenarios.possibleValues(subject);
    const [first] = possible ?? [];
    if (possible === undefined || first === undefined) {
      return { state: "unknown", reason, subject, origin };
    }
    if (possible.length === 1) return known(first, origin);
    return { state: "unknown", reason, subject, possible, origin };
  };
  return { open, read };
}

function readParameter(
  entry: MappingEntry,
  given: string | undefined,
  scenarios: Scenarios,
  diagnostics: Diagnostics,
  path: string,
): Parameter {
  const name = `${path}${entry.key.text}`;
  const declaration = entry.value;
  if (declaration.kind !== "mapping") {
    return {
      read: () => diagnostics.invalid(entry.key, `parameter ${name} must be a mapping`),
    };
  }
  const place = diagnostics.locate(entry.key);
  const type = parameterType(declaration);
  const written = readDefault(declaration, name, diagnostics);
  const value: FixedText | undefined =
    given === undefined ? written : { text: given, location: place, step: "parameter" };

  const originFor = (use: Origin): Origin => {
    const { location, step } = value ?? { location: place, step: "parameter" };
    return { ...use, from: { location, step, name } };
  };
  const isList = isListType(type);

  if (isStoredType(type)) {
    return storedParameter(name, value?.text, isList, scenarios, originFor);
  }
  if (value !== undefined) {
    return { read: (use) => fixedValue(value.text, isList, originFor(use)) };
  }
  const reason: UnknownReason = { kind: "parameter-without-default", name };
  if (isList) return { read: (use) => unknown(reason, originFor(use)) };
  const allowed = readAllowedValues(declaration, name, diagnostics);
  const [only, ...others] = allowed ?? [];
  if (only !== undefined && others.length === 0) return onlyAllowed(only, name, diagnostics);
  const domain = allowed?.map(({ text }) => text);
  return openParameter({ subject: subjectOf(name, domain), reason }, scenarios, originFor);
}

/** The declared type; a string if none is. */
export function parameterType(declaration: DataNode): string {
  const node = declaration.kind === "mapping" ? entryOf(declaration, "Type")?.value : undefined;
  return (node === undefined ? undefined : plainText(node)) ?? "String";
}

/** Whether `Ref` gives a list. */
export function isListType(type: string): boolean {
  return type === "CommaDelimitedList" || /(?:^|<)List</.test(type);
}

/** Whether the value is looked up in the parameter store. */
export function isStoredType(type: string): boolean {
  return type.startsWith("AWS::SSM::Parameter::Value<");
}

/** The texts that AllowedValues name; undefined where any will do. */
export function allowedTexts(
  declaration: DataNode,
  name: string,
  diagnostics: Diagnostics,
): readonly string[] | undefined {
  if (declaration.kind !== "mapping") return undefined;
  return readAllowedValues(declaration, name, diagnostics)?.map(({ text }) => text);
}

/**
 * A parameter whose value is the name of one in the parameter store, where CloudFormation looks
 * when it deploys. The reason spells it as the dynamic reference that means the same.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
export function storedParameter(
  name: string,
  storeKey: string | undefined,
  isList: boolean,
  scenarios: Scenarios,
  originFor: (use: Origin) => Origin,
): Parameter {
  const reason: UnknownReason =
    storeKey === undefined
      ? { kind: "parameter-without-default", name }
      : { kind: "decided-at-deployment", expression: `{{resolve:ssm:${storeKey}}}` };
  if (isList) return { read: (use) => unknown(reason, originFor(use)) };
  return openParameter({ subject: subjectOf(name), reason }, scenarios, originFor);
}

/** A value that is not open, and where it comes from. */
interface FixedText {
  readonly text: string;
  readonly location: Location;
  readonly step: "parameter" | "parameter-default";
}

function readDefault(
  declaration: MappingNode,
  name: string,
  diagnostics: Diagnostics,
): FixedText | undefined {
  const node = entryOf(declaration, "Default")?.value;
  if (node === undefined) return undefined;
  if (plainText(node) === undefined || node.kind !== "scalar" || isNull(node)) {
    diagnostics.invalid(node, `the default of parameter ${name} must be a string`);
    return undefined;
  }
  return { text: textOf(node), location: diagnostics.locate(node), step: "parameter-default" };
}

interface AllowedValue {
  readonly text: string;
  readonly node: DataNode;
}

/** Each different value once; undefined where any will do. */
function readAllowedValues(
  declaration: MappingNode,
  name: string,
  diagnostics: Diagnostics,
): readonly AllowedValue[] | undefined {
  const node = entryOf(declaration, "AllowedValues")?.value;
  if (node === undefined) return undefined;
  const values = new Map<string, AllowedValue>();
  for (const item of listItems(node) ?? [undefined]) {
    const text = item === undefined ? undefined : allowedText(item);
    if (item === undefined || text === undefined) {
      diagnostics.invalid(node, `AllowedValues of parameter ${name} must be a list of strings`);
      return undefined;
    }
    if (!values.has(text)) values.set(text, { text, node: item });
  }
  return values.size === 0 ? undefined : [...values.values()];
}

/** Whoever deploys has no choice. */
function onlyAllowed(
  { text, node }: AllowedValue,
  parameter: string,
  diagnostics: Diagnostics,
): Parameter {
  const location = diagnostics.locate(node);
  const name = `the only allowed value of parameter ${parameter}`;
  const from: Origin = { location, step: "written", name };
  return { read: (use) => textValue(text, { ...use, from }) };
}

function allowedText(node: DataNode): string | undefined {
  return node.kind === "scalar" && plainText(node) !== undefined ? textOf(node) : undefined;
}

/** A parameter as what whoever deploys decides. */
export function subjectOf(name: string, domain?: readonly string[]): Subject {
  const label = `parameter ${name}`;
  return domain === undefined ? { key: label, label } : { key: label, label, domain };
}

/** Lists are written with commas; CloudFormation trims their items. */
export function fixedValue(text: string, isList: boolean, origin: Origin): Evaluated {
  if (!isList) return textValue(text, origin);
  const items = text.split(",").map((item) => textValue(item.trim(), origin));
  return { state: "list", items, collection: "list", origin };
}
