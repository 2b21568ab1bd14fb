import type { Location } from "../../source/text-range.js";
import type { Condition, Subject } from "../../values/condition.js";
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
import { textsOfPattern } from "./finite-pattern.js";
import { listItems, plainText } from "./intrinsic-call.js";
import { limitsOf } from "./parameter-limits.js";
import { isNull, textOf, textValue } from "./scalar-text.js";

/** A parameter of the template or of CloudFormation itself, as `Ref` sees it. */
export interface Parameter {
  /** Set if its value is a scalar that nobody has fixed. */
  readonly open?: OpenScalar | undefined;
  /** Of one that the template declares: its type, in CloudFormation's spelling. */
  readonly type?: string;
  /** Where its default stands, if that counts. */
  readonly byDefault?: Location;
  /** Of one of the parent's that is passed on: that it is allowed, without which the deployment fails. */
  readonly isAllowed?: () => Condition | undefined;
  /** Its value, in the scenario of the moment, for whoever reads it at `use`. */
  read(use: Origin): Evaluated;
}

/** A scalar that whoever deploys decides. */
export interface OpenScalar {
  readonly subject: Subject;
  readonly reason: UnknownReason;
  /** Of one that has no finite set of values: whether a text can be its value. */
  readonly admits?: (text: string) => boolean;
}

/** What a parameter is given from outside the template. */
export type GivenParameter = GivenText | PreviousValue | AnyValue;

/** A value as text. */
export interface GivenText {
  readonly kind: "text";
  readonly text: string;
  /** Where it stands; absent for what stands in no file. */
  readonly location?: Location;
  /** By what it is given that stands in no file. */
  readonly by?: string;
}

/** The value that the stack has already, whatever the template's default says. */
export interface PreviousValue {
  readonly kind: "previous";
  readonly location: Location;
}

/** Any value that is allowed, although there is a default. */
export interface AnyValue {
  readonly kind: "any";
}

/** What reading parameters needs and adds to. */
export interface ParameterContext {
  /** What goes before the names: the path of a nested stack, nothing in the root stack. */
  readonly path: string;
  readonly scenarios: Scenarios;
  readonly diagnostics: Diagnostics;
  /** The parameters whose default somebody has read, by name with the path before it. */
  readonly defaultsRead: Set<string>;
}

/**
 * Reads the `Parameters` section. One with a default counts as that default, which a value given
 * from outside replaces; what AllowedValues and AllowedPattern say narrows those without.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function readParameters(
  section: MappingNode | undefined,
  given: ReadonlyMap<string, GivenParameter>,
  context: ParameterContext,
): ReadonlyMap<string, Parameter> {
  const parameters = new Map<string, Parameter>();
  for (const entry of section?.entries ?? []) {
    const name = entry.key.text;
    const parameter = {
      ...readParameter(entry, given.get(name), context),
      type: parameterType(entry.value),
    };
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
  given: GivenParameter | undefined,
  { path, scenarios, diagnostics, defaultsRead }: ParameterContext,
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
  const isList = isListType(type);
  const written = readDefault(declaration, name, diagnostics);
  const value = given === undefined ? written : givenValue(given, written, place);

  const source: Omit<Origin, "from"> = value?.source ?? { location: place, step: "parameter" };
  const originFor = (use: Origin): Origin => ({ ...use, from: { ...source, name } });

  if (isStoredType(type)) {
    return storedParameter(name, value?.text, isList, scenarios, originFor);
  }
  // A set of the items of lists is no set of values.
  const allowed = readAllowed(declaration, name, diagnostics);
  if (value?.text !== undefined) {
    const { text } = value;
    const items = isList ? itemsOf(text) : [text];
    if (value !== written && allowed !== undefined && !items.every((item) => allowed.has(item))) {
      const choice = [...allowed.keys()].map((candidate) => `"${candidate}"`).join(", ");
      const message = `parameter ${name} cannot be "${text}": allowed is ${choice}`;
      diagnostics.rejected(source.location, message);
      return { read: (use) => unknown({ kind: "invalid" }, originFor(use)) };
    }
    return {
      ...(value === written ? { byDefault: source.location } : {}),
      read: (use) => {
        if (value === written) defaultsRead.add(name);
        return fixedValue(text, isList, originFor(use));
      },
    };
  }
  const reason = reasonToBeOpen(name, given);
  if (isList) return { read: (use) => unknown(reason, originFor(use)) };
  const [only, ...others] = allowed ?? [];
  if (only !== undefined && others.length === 0) return onlyAllowed(only, name, diagnostics);
  const domain = allowed === undefined ? undefined : [...allowed.keys()];
  const admits = domain === undefined ? limitsOf(declaration, type) : undefined;
  const open = { subject: subjectOf(name, domain), reason, ...(admits && { admits }) };
  return openParameter(open, scenarios, originFor);
}

function reasonToBeOpen(name: string, given: GivenParameter | undefined): UnknownReason {
  if (given === undefined) return { kind: "parameter-without-default", name };
  const what = given.kind === "previous" ? "the previous value of parameter" : "parameter";
  return { kind: "decided-at-deployment", expression: `${what} ${name}` };
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

/** The texts that AllowedValues and AllowedPattern leave; undefined where that is no finite set. */
export function allowedTexts(
  declaration: DataNode,
  name: string,
  diagnostics: Diagnostics,
): readonly string[] | undefined {
  if (declaration.kind !== "mapping") return undefined;
  const allowed = readAllowed(declaration, name, diagnostics);
  return allowed === undefined ? undefined : [...allowed.keys()];
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

/** What a parameter is said to be, and where; without text only that somebody has said it. */
interface FixedText {
  readonly text?: string;
  readonly source: Omit<Origin, "from">;
}

function givenValue(
  given: GivenParameter,
  written: FixedText | undefined,
  place: Location,
): FixedText {
  const step = "parameter-value";
  if (given.kind === "any") return { source: written?.source ?? { location: place, step } };
  if (given.kind === "previous") return { source: { location: given.location, step } };
  const { text, location, by = "--parameters" } = given;
  if (location !== undefined) return { text, source: { location, step } };
  return { text, source: { location: place, step, given: { text, by } } };
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
  const location = diagnostics.locate(node);
  return { text: textOf(node), source: { location, step: "parameter-default" } };
}

/** The texts a parameter can have, and what says so. */
type Allowed = ReadonlyMap<string, DataNode>;

/** Undefined where that is no finite set. */
function readAllowed(
  declaration: MappingNode,
  name: string,
  diagnostics: Diagnostics,
): Allowed | undefined {
  const values = readAllowedValues(declaration, name, diagnostics);
  const patternNode = entryOf(declaration, "AllowedPattern")?.value;
  const pattern = patternNode === undefined ? undefined : plainText(patternNode);
  const texts = pattern === undefined ? undefined : textsOfPattern(pattern);
  if (patternNode === undefined || texts === undefined) return values;
  if (values === undefined) return new Map(texts.map((text) => [text, patternNode]));
  const both = new Map([...values].filter(([text]) => texts.includes(text)));
  return both.size === 0 ? values : both;
}

/** Each different value once; undefined where any will do. */
function readAllowedValues(
  declaration: MappingNode,
  name: string,
  diagnostics: Diagnostics,
): Allowed | undefined {
  const node = entryOf(declaration, "AllowedValues")?.value;
  if (node === undefined) return undefined;
  const values = new Map<string, DataNode>();
  for (const item of listItems(node) ?? [undefined]) {
    const text = item === undefined ? undefined : allowedText(item);
    if (item === undefined || text === undefined) {
      diagnostics.invalid(node, `AllowedValues of parameter ${name} must be a list of strings`);
      return undefined;
    }
    if (!values.has(text)) values.set(text, item);
  }
  return values.size === 0 ? undefined : values;
}

/** Whoever deploys has no choice. */
function onlyAllowed(
  [text, node]: readonly [string, DataNode],
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
  const items = itemsOf(text).map((item) => textValue(item, origin));
  return { state: "list", items, collection: "list", origin };
}

function itemsOf(text: string): readonly string[] {
  return text.split(",").map((item) => item.trim());
}
