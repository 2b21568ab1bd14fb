import type { SourceFile } from "../../source/source-file.js";
import type { Location } from "../../source/text-range.js";
import {
  type Evaluated,
  type EvaluatedEntry,
  type EvaluatedUnknown,
  unknown,
} from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { known, unset } from "../../values/value.js";
import type { JsonOutline } from "../json/json-outline.js";
import { lazyEntry } from "../../values/lazy-entry.js";
import type { PlannedResource } from "./plan-document.js";
import type { ExpressionPlace, References } from "./references.js";

/** A value of a plan with what is said of it beside it. */
export interface PlannedNode {
  readonly name: string;
  readonly value: JsonOutline | undefined;
  /** `true` for what is known only after apply. */
  readonly unknown: JsonOutline | undefined;
  readonly sensitive: JsonOutline | undefined;
  /** Where the plan names it. */
  readonly key: Location;
}

/** What the configuration has for a value. */
export type Written =
  | { readonly kind: "expression"; readonly expression: JsonOutline }
  | { readonly kind: "absent" }
  /** It stands in a block that `dynamic` makes, or the plan has no configuration. */
  | { readonly kind: "untold" };

const absent: Written = { kind: "absent" };
const untold: Written = { kind: "untold" };

/** What reading the values of one resource needs. */
export interface PlannedContext {
  readonly file: SourceFile;
  readonly resource: PlannedResource;
  readonly references: References;
  readonly place: ExpressionPlace;
  /** By the id they have already, the addresses of planned launch templates. */
  readonly templates: ReadonlyMap<string, string>;
}

/** Whether a value is known only after apply. */
export function isUnknown({ unknown: mark }: PlannedNode): boolean {
  return mark?.scalar() === true;
}

/** The attribute of that name; of one that the plan leaves out the place is that of what it is part of. */
export function memberOf(node: PlannedNode, name: string): PlannedNode {
  const member = node.value?.members().get(name);
  const mark = node.unknown?.members().get(name);
  const key = member?.key ?? mark?.key;
  return {
    name,
    value: member?.value,
    unknown: mark?.value,
    sensitive: node.sensitive?.member(name),
    key: key === undefined ? node.key : { path: node.key.path, range: key },
  };
}

/** The items of a list of blocks or values. */
export function itemsOf({ name, value, unknown: marks, sensitive, key }: PlannedNode) {
  const [ofUnknown, ofSensitive] = [marks?.items() ?? [], sensitive?.items() ?? []];
  return (value?.items() ?? []).map((item, index): PlannedNode => ({
    name,
    value: item,
    unknown: ofUnknown[index],
    sensitive: ofSensitive[index],
    key,
  }));
}

/** The names of what the plan says of an object. */
function namesOf({ value, unknown: marks }: PlannedNode): readonly string[] {
  return [...new Set([...(value?.members().keys() ?? []), ...(marks?.members().keys() ?? [])])];
}

/** The expressions of a block, by name; `none` where nothing is written in it, undefined where untold. */
export type Expressions = JsonOutline | "none" | undefined;

/** What the configuration has for the argument or block of that name. */
export function writtenIn(block: Expressions, name: string): Written {
  if (block === undefined) return untold;
  if (block === "none") return absent;
  const expression = block.member(name);
  return expression === undefined ? absent : { kind: "expression", expression };
}

/**
 * A value as the plan alone tells it. What is not written is unset, whatever the provider or the
 * state fills in, as it is in Terraform's source: the next replacement comes without it.
 */
export function readPlanned(
  node: PlannedNode,
  written: Written,
  context: PlannedContext,
): Evaluated {
  if (isUnknown(node)) return readUnknown(node, written, context);
  const { value } = node;
  const content = value?.scalar();
  if (value === undefined || content === null) return readNull(node, context);
  if (value.kind === "array") return readList(node, written, context);
  if (value.kind === "object") return readObject(node, written, context);
  if (written.kind === "absent") return nothing(node);
  // The provider writes these into the state for options that are not set.
  const isFilledIn = content === "" || content === 0;
  if (content === undefined || (written.kind === "untold" && isFilledIn)) return nothing(node);
  const plain = known(content, originOf(node, context.file, value));
  return linked(plain, node, written, context) ?? plain;
}

/** The place of a value in the plan's text. */
function originOf(
  { name, key }: PlannedNode,
  { path }: SourceFile,
  value: JsonOutline | undefined,
): Origin {
  const location = value === undefined ? key : { path, range: value.range };
  return { location, step: "planned", name };
}

function nothing({ name, key }: PlannedNode): Evaluated {
  return unset({ location: key, step: "written", name });
}

/** Plans that are meant to be shown around have null for what is sensitive. */
function readNull(node: PlannedNode, { file }: PlannedContext): Evaluated {
  if (node.sensitive?.scalar() !== true) return nothing(node);
  const what = `${node.name}, which the plan hides`;
  return unknown({ kind: "not-available", what }, originOf(node, file, node.value));
}

/**
 * What is known only after apply. A provider's own choice shows like this too, so that only what is
 * written is unknown; an expression that hangs on nothing unknown must be null.
 */
function readUnknown(
  node: PlannedNode,
  written: Written,
  { references, place, resource, file }: PlannedContext,
): Evaluated {
  const origin = originOf(node, file, node.unknown);
  switch (written.kind) {
    case "absent":
      return nothing(node);
    case "untold": {
      // A block that is written is never unknown as a whole. Lists of blocks show as lists here.
      if (node.sensitive?.kind === "array") return nothing(node);
      const what = `the Terraform source, which alone tells whether ${node.name} is written,`;
      return unknown({ kind: "not-available", what }, origin);
    }
    case "expression": {
      const { expression } = written;
      if (expression.kind === "array") {
        return unknown({ kind: "decided-at-deployment", expression: node.name }, origin);
      }
      const [part] = references.unknownParts(expression, place);
      if (part === undefined) return nothing(node);
      const label = part === "it" ? node.name : part;
      const value = unknown({ kind: "decided-at-deployment", expression: label }, origin);
      const link = references.linkOfUnknown(expression, place, resource);
      return link === undefined ? value : { ...value, link };
    }
  }
}

/** A known value as a link to the planned resource that it is an attribute of. */
export function linked(
  value: Extract<Evaluated, { readonly state: "known" }>,
  { name }: PlannedNode,
  written: Written,
  { references, place, templates }: PlannedContext,
): EvaluatedUnknown | undefined {
  const text = String(value.value);
  const template = /(?:^|_)id$/.test(name) ? templates.get(text) : undefined;
  const link =
    template !== undefined
      ? { address: template, attribute: "id" }
      : written.kind === "expression" && isTemplatePart(name)
        ? references.linkOfKnown(written.expression, place, text)
        : undefined;
  if (link === undefined) return undefined;
  const expression = `${link.address}.${link.attribute}`;
  return { ...unknown({ kind: "decided-at-deployment", expression }, value.origin), link };
}

/** What names a launch template: where it comes from says more than what it is. */
function isTemplatePart(name: string): boolean {
  return /^(?:version|(?:launch_template_)?(?:id|name)|launch_configuration)$/.test(name);
}

function readList(node: PlannedNode, written: Written, context: PlannedContext): Evaluated {
  const items = itemsOf(node);
  const isBlocks = items.some(({ value }) => value?.kind === "object");
  const blocks = written.kind === "expression" ? written.expression.items() : [];
  const isPaired = blocks.length === items.length;
  const isFromState = written.kind === "absent" && !isBlocks;
  if (items.length === 0 || isFromState) return nothing(node);
  const origin: Origin = { location: node.key, step: "written", name: node.name };
  return {
    state: "list",
    collection: "list",
    items: items.map((item, index) => {
      const block = isPaired ? blocks[index] : undefined;
      const own: Written = block === undefined ? untold : { kind: "expression", expression: block };
      return readPlanned(item, own, context);
    }),
    origin,
  };
}

function readObject(node: PlannedNode, written: Written, context: PlannedContext): Evaluated {
  // An object that one expression makes has no expressions for its parts.
  const block =
    written.kind === "expression" && !isExpression(written.expression)
      ? written.expression
      : undefined;
  const entries = plannedEntries(node, block, context);
  return { state: "map", entries, origin: { location: node.key, step: "written" } };
}

/**
 * What the plan says of a resource or block, by name, without what is not written there. `block` are
 * its expressions, undefined where the configuration does not have it. Computed when read.
 */
export function plannedEntries(
  node: PlannedNode,
  block: Expressions,
  context: PlannedContext,
): ReadonlyMap<string, EvaluatedEntry> {
  const entries = new Map<string, EvaluatedEntry>();
  for (const name of namesOf(node)) {
    const member = memberOf(node, name);
    const written = writtenIn(block, name);
    if (written.kind === "absent" && !isBlockList(member)) continue;
    let value: Evaluated | undefined;
    const read = () => (value ??= readPlanned(member, written, context));
    entries.set(name, lazyEntry(member.key, read));
  }
  return entries;
}

/** Blocks that no expression tells of come from `dynamic`. */
function isBlockList({ value }: PlannedNode): boolean {
  return value?.kind === "array" && value.items().some(({ kind }) => kind === "object");
}

function isExpression(view: JsonOutline): boolean {
  return (
    view.kind === "object" &&
    ["references", "constant_value"].some((key) => view.members().has(key))
  );
}
