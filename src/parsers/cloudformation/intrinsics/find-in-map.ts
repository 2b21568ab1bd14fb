import type { Condition, Subject } from "../../../values/condition.js";
import { type Evaluated, oneOf, unknown } from "../../../values/evaluated.js";
import type { Origin } from "../../../values/origin.js";
import type { UnknownReason } from "../../../values/value.js";
import { type DataNode, entryOf, type MappingNode } from "../../yaml/syntax-tree.js";
import { combined, isOneOf } from "../combine-conditions.js";
import { openScalar } from "../equality.js";
import { abbreviate, expressionText } from "../expression-text.js";
import { type IntrinsicCall, intrinsicCall, listItems } from "../intrinsic-call.js";
import { mappingValue } from "../mappings.js";
import { isScalarValue, takenFrom, textOf } from "../scalar-text.js";
import type { TemplateContext } from "../template-context.js";
import { isExtended, keyWithoutLanguageExtensions } from "./language-extensions.js";

/** Beyond this many different values a lookup by parameter is not told apart by scenario. */
const TOLD_APART_LIMIT = 8;

/**
 * Looks up a mapping. Where a key is a parameter that nobody has fixed, entries with the same value
 * are taken together and each scenario has one of them. Keys that the mapping lacks make the
 * deployment fail, so without a `DefaultValue` nothing is found for them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
 */
export function evaluateFindInMap(call: IntrinsicCall, context: TemplateContext): Evaluated {
  const { diagnostics } = context;
  const [nameNode, topNode, secondNode, ...rest] = listItems(call.argument) ?? [];
  const defaultNode = defaultValueOf(rest);
  const isDefaultAllowed = defaultNode === undefined || isExtended(context);
  if (
    nameNode === undefined ||
    topNode === undefined ||
    secondNode === undefined ||
    rest.length > (defaultNode === undefined ? 0 : 1) ||
    !isDefaultAllowed
  ) {
    const message = isDefaultAllowed
      ? "Fn::FindInMap takes a list of a mapping's name and two keys"
      : "DefaultValue in Fn::FindInMap needs Transform: AWS::LanguageExtensions";
    return diagnostics.invalid(call.node, message);
  }

  const name = readKey(nameNode, context);
  const top = readKey(topNode, context);
  const second = readKey(secondNode, context);
  const use = diagnostics.written(call.node);
  if (name.text === undefined) return unknown(name.reason, takenFrom(use, name.value));
  const invalidKey = [top, second].find(isInvalid);
  if (invalidKey !== undefined) return invalidKey.value;
  const lookup: Lookup = {
    name: name.text,
    mapping: mappingNamed(name.text, context),
    top,
    second,
    otherwise: defaultNode === undefined ? undefined : () => context.evaluate(defaultNode),
    use,
  };
  return evaluateLookup(lookup, call, context);
}

interface Lookup {
  readonly name: string;
  readonly mapping: MappingNode | undefined;
  readonly top: Key;
  readonly second: Key;
  readonly otherwise: (() => Evaluated) | undefined;
  readonly use: Origin;
}

/** A key that is known, or what it is instead. */
type Key = { readonly text: string } | OpenKey;

interface OpenKey {
  readonly text?: undefined;
  readonly value: Evaluated;
  /** The parameter whose value it is. */
  readonly subject: Subject | undefined;
  readonly possible: readonly string[] | undefined;
  readonly reason: UnknownReason;
}

/** A value that the lookup can come to, and the choice of keys for which it does. */
interface Candidate {
  readonly node: DataNode;
  readonly name: string;
  /** For each key that is open: the value it must have. Undefined where that cannot be chosen. */
  readonly choices: readonly (Choice | undefined)[];
}

interface Choice {
  readonly subject: Subject;
  readonly keys: readonly string[];
}

function evaluateLookup(lookup: Lookup, call: IntrinsicCall, context: TemplateContext): Evaluated {
  const { top, second, otherwise, use } = lookup;
  const candidates = candidatesOf(lookup);
  const valueOf = ({ node, name }: Candidate): Evaluated =>
    mappingValue(node, name, use, context.diagnostics);

  const [first] = candidates;
  if (first === undefined) return otherwise?.() ?? nothingFound(lookup, call);
  const openKey = top.text === undefined ? top : second;
  if (openKey.text !== undefined) return valueOf(first);

  const groups = groupByValue(candidates);
  if (groups.length === 1 && otherwise === undefined) return valueOf(first);
  const chosen = chooseGroup(groups, context);
  if (chosen === "none") return otherwise?.() ?? unknown({ kind: "invalid" }, use);
  if (chosen !== undefined) return valueOf(chosen[0]);

  const values = groups.map(([candidate]) => valueOf(candidate));
  if (otherwise !== undefined) values.push(otherwise());
  return oneOf(values, openKey.reason, takenFrom(use, openKey.value));
}

/**
 * Where no value of a parameter would find anything, the entry may still be put in before the
 * template is deployed; where another one would, the deployment fails with this one.
 */
function nothingFound(lookup: Lookup, call: IntrinsicCall): Evaluated {
  const unrestricted = { ...lookup, top: anyValue(lookup.top), second: anyValue(lookup.second) };
  const reason: UnknownReason =
    candidatesOf(unrestricted).length > 0
      ? { kind: "invalid" }
      : { kind: "not-available", what: abbreviate(expressionText(call.node)) };
  return unknown(reason, lookup.use);
}

function anyValue(key: Key): Key {
  return key.text === undefined ? { ...key, possible: undefined } : key;
}

function candidatesOf({ name, mapping, top, second }: Lookup): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const topEntry of entriesFor(mapping, top)) {
    if (topEntry.node.kind !== "mapping") continue;
    for (const secondEntry of entriesFor(topEntry.node, second)) {
      candidates.push({
        node: secondEntry.node,
        name: [name, topEntry.name, secondEntry.name].join("."),
        choices: [...choiceOf(top, topEntry), ...choiceOf(second, secondEntry)],
      });
    }
  }
  return candidates;
}

/** An entry of a mapping that a key can lead to, and the texts of the key for which it does. */
interface FoundEntry {
  readonly name: string;
  readonly texts: readonly string[];
  readonly node: DataNode;
}

function entriesFor(mapping: MappingNode | undefined, key: Key): readonly FoundEntry[] {
  const wanted = key.text === undefined ? key.possible : [key.text];
  const found: FoundEntry[] = [];
  for (const entry of mapping?.entries ?? []) {
    // YAML's `1.10` and `True` are found by what they are written as and by what they mean.
    const texts = [...new Set([entry.key.text, textOf(entry.key)])];
    const fitting = texts.filter((text) => wanted?.includes(text) !== false);
    if (fitting.length > 0) {
      found.push({ name: entry.key.text, texts: fitting, node: entry.value });
    }
  }
  return found;
}

function choiceOf(key: Key, { texts }: FoundEntry): readonly (Choice | undefined)[] {
  if (key.text !== undefined) return [];
  return [key.subject === undefined ? undefined : { subject: key.subject, keys: texts }];
}

/** Never empty. */
type Group = readonly [Candidate, ...Candidate[]];

function groupByValue(candidates: readonly Candidate[]): readonly Group[] {
  const groups = new Map<string, [Candidate, ...Candidate[]]>();
  for (const candidate of candidates) {
    const text = expressionText(candidate.node);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [candidate]);
    else group.push(candidate);
  }
  return [...groups.values()];
}

/** The group that the scenario's keys lead to, "none" if they lead nowhere; undefined if it cannot be said. */
function chooseGroup(
  groups: readonly Group[],
  { scenarios }: TemplateContext,
): Group | "none" | undefined {
  if (groups.length > TOLD_APART_LIMIT) return undefined;
  for (const group of groups) {
    const condition = conditionOf(group);
    const isChosen = condition === undefined ? undefined : scenarios.decide(condition);
    if (isChosen === undefined) return undefined;
    if (isChosen) return group;
  }
  return "none";
}

/** When the keys lead to the group; undefined where a key is not a parameter's value. */
function conditionOf(group: Group): Condition | undefined {
  const alternatives: Condition[] = [];
  const keysOf = new Map<Subject, string[]>();
  for (const { choices } of group) {
    const certain = choices.filter((choice) => choice !== undefined);
    if (certain.length < choices.length) return undefined;
    const [only] = certain;
    if (only !== undefined && certain.length === 1) {
      keysOf.set(only.subject, [...(keysOf.get(only.subject) ?? []), ...only.keys]);
    } else {
      const operands = certain.map(({ subject, keys }) => isOneOf(subject, keys));
      alternatives.push(combined("and", operands));
    }
  }
  for (const [subject, keys] of keysOf) alternatives.push(isOneOf(subject, keys));
  return combined("or", alternatives);
}

function readKey(node: DataNode, context: TemplateContext): Key {
  const rejected = keyWithoutLanguageExtensions(node, context);
  if (rejected !== undefined) {
    return { value: rejected, subject: undefined, possible: undefined, reason: rejected.reason };
  }
  const value = context.evaluate(node);
  const open = openScalar(node, context);
  if (open !== undefined) {
    const { subject, reason } = open;
    const possible = context.scenarios.possibleValues(subject)?.map(String);
    return { value, subject, possible, reason };
  }
  if (!isScalarValue(value)) {
    const invalid = context.diagnostics.invalid(node, "a key in Fn::FindInMap must be a string");
    return { value: invalid, subject: undefined, possible: undefined, reason: invalid.reason };
  }
  if (value.state === "known") return { text: String(value.value) };
  const { subject, reason } = value;
  return { value, subject, possible: value.possible?.map(String), reason };
}

function isInvalid(key: Key): key is OpenKey {
  return key.text === undefined && key.reason.kind === "invalid";
}

function mappingNamed(name: string, { mappings }: TemplateContext): MappingNode | undefined {
  const node = mappings === undefined ? undefined : entryOf(mappings, name)?.value;
  return node?.kind === "mapping" ? node : undefined;
}

/** The fourth argument, `DefaultValue: value`. */
function defaultValueOf([node, ...others]: readonly DataNode[]): DataNode | undefined {
  if (node?.kind !== "mapping" || others.length > 0 || intrinsicCall(node) !== undefined) {
    return undefined;
  }
  return node.entries.length === 1 ? entryOf(node, "DefaultValue")?.value : undefined;
}
