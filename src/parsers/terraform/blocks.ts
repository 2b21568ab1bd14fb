import type { Location } from "../../source/text-range.js";
import {
  type Evaluated,
  type EvaluatedEntry,
  type EvaluatedMap,
  type EvaluatedUnknown,
  unknown,
} from "../../values/evaluated.js";
import { unset } from "../../values/value.js";
import type { Block, Expression } from "../hcl/syntax-tree.js";
import { type Element, elementsOf } from "./elements.js";
import { isNotEmpty } from "./emptiness.js";
import { lazily } from "./lazy-entry.js";
import { lazyEntry } from "../../values/lazy-entry.js";
import { type Argument, type BlockContent, locate, type NestedBlock } from "./module.js";
import { contentOf } from "./read-declarations.js";
import type { Scope } from "./scope.js";

/** Arguments and blocks that Terraform itself reads, which are not passed on. */
export type MetaNames = ReadonlySet<string>;

const noMetaNames: MetaNames = new Set();

/**
 * What a block says, as a map: its arguments by name, and of each type of nested block a list of
 * maps, whose origins are the blocks' headers. Everything is evaluated when it is read. What is
 * null is unset, as if it were not written.
 */
export function evaluateBlock(
  content: BlockContent,
  header: Location,
  scope: Scope,
  metaNames: MetaNames = noMetaNames,
): EvaluatedMap {
  const entries = new Map<string, EvaluatedEntry>();
  for (const [name, argument] of content.arguments) {
    if (metaNames.has(name)) continue;
    entries.set(name, argumentEntry(argument, header, scope));
  }
  for (const [type, blocks] of groupByType(content.blocks)) {
    if (metaNames.has(type) || entries.has(type)) continue;
    entries.set(type, blocksEntry(type, blocks, scope));
  }
  return { state: "map", entries, origin: { location: header, step: "written" }, isBlock: true };
}

/** An argument, evaluated when read. */
function argumentEntry(
  { name, value, file }: Argument,
  header: Location,
  scope: Scope,
): EvaluatedEntry {
  const key = locate(file, name.range);
  const inFile = scope.at({ file, step: "written" });
  const read = (): Evaluated => {
    const evaluated = inFile.valueOf(value);
    return evaluated.state === "unset"
      ? unset({ location: header, step: "written", name: name.name })
      : evaluated;
  };
  return lazyEntry(key, lazily(read, key, name.name, scope.context));
}

/** A `dynamic` block counts as the type that it makes. */
function groupByType(blocks: readonly NestedBlock[]): ReadonlyMap<string, readonly NestedBlock[]> {
  const groups = new Map<string, NestedBlock[]>();
  for (const nested of blocks) {
    const type = dynamicType(nested.block) ?? nested.block.type.name;
    const group = groups.get(type);
    if (group === undefined) groups.set(type, [nested]);
    else group.push(nested);
  }
  return groups;
}

function dynamicType({ type, labels }: Block): string | undefined {
  return type.name === "dynamic" ? labels[0]?.value : undefined;
}

function blocksEntry(type: string, blocks: readonly NestedBlock[], scope: Scope): EvaluatedEntry {
  const [first] = blocks;
  const place = first === undefined ? nowhere(scope) : locate(first.file, first.block.header);
  return lazyEntry(
    place,
    lazily(() => evaluateBlocks(blocks, place, scope), place, type, scope.context),
  );
}

function nowhere({ file }: Scope): Location {
  return locate(file, { start: 0, end: 0 });
}

/**
 * All blocks of one type. What is written or certain to be made comes first, so that it is not lost
 * beside a `dynamic` block of which nobody knows how many blocks it makes: that follows as unknown,
 * and alone leaves unknown whether there is a block at all.
 */
function evaluateBlocks(blocks: readonly NestedBlock[], place: Location, scope: Scope): Evaluated {
  const certain: Evaluated[] = [];
  const open: EvaluatedUnknown[] = [];
  for (const nested of blocks) {
    const { block, file } = nested;
    if (dynamicType(block) === undefined) {
      const inner = contentOf(block.body, file);
      certain.push(evaluateBlock(inner, locate(file, block.header), scope));
      continue;
    }
    const made = expandDynamic(nested, scope);
    if (Array.isArray(made)) certain.push(...made);
    else open.push(made);
  }
  const [first] = open;
  if (certain.length === 0 && first !== undefined) return first;
  const origin = { location: place, step: "written" } as const;
  // A dynamic block over nothing is as good as none.
  if (certain.length === 0) return unset(origin);
  return { state: "list", collection: "list", items: [...certain, ...open], origin };
}

/**
 * The blocks that a `dynamic` block makes; unknown where that is open.
 * https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
 */
function expandDynamic(
  { block, file }: NestedBlock,
  scope: Scope,
): EvaluatedMap[] | EvaluatedUnknown {
  const { arguments: own, blocks } = contentOf(block.body, file);
  const header = locate(file, block.header);
  const forEach = own.get("for_each");
  const body = blocks.find((nested) => nested.block.type.name === "content");
  const inFile = scope.at({ file, step: "written" });
  if (forEach === undefined || body === undefined) {
    const place = { range: block.header };
    return inFile.reject(place, "a dynamic block needs for_each and content");
  }
  const collection = inFile.valueOf(forEach.value);
  const elements = elementsOf(collection);
  if (elements.kind === "none") return inFile.reject(forEach.value, elements.message);
  const iterator = iteratorName(own.get("iterator")?.value) ?? block.labels[0]?.value ?? "";
  const content = contentOf(body.block.body, file);
  const made =
    elements.kind === "elements"
      ? elements.elements
      : openElements(elements.value, forEach.value, iterator, inFile);
  if (made === undefined) return collection.state === "unknown" ? collection : [];
  const madeOf = elements.kind === "unknown" ? { madeOf: elements.value } : {};
  return made.map((element) => {
    const identity = `${file.path}:${block.range.start} ${element.identity}`;
    const value = () => iteratorValue(element);
    const inBlock = scope.bind({ name: iterator, identity, value });
    return { ...evaluateBlock(content, header, inBlock), ...madeOf };
  });
}

/**
 * Of a collection that is open: scenarios tell whether it has any element, and one stands for all of
 * them. Undefined where scenarios cannot tell.
 */
function openElements(
  collection: EvaluatedUnknown,
  expression: Expression,
  iterator: string,
  scope: Scope,
): readonly Element[] | undefined {
  const { reason, origin } = collection;
  const { openValues, scenarios } = scope.context;
  const isThere = scenarios.decide(isNotEmpty(collection, expression, scope));
  if (isThere === undefined) return undefined;
  if (!isThere) return [];
  const value = () => openValues.elementOf(collection, "[*]", `${iterator}.value`);
  return [{ key: unknown(reason, origin), identity: "[*]", value }];
}

function iteratorName(expression: Expression | undefined): string | undefined {
  return expression?.kind === "variable" ? expression.name : undefined;
}

function iteratorValue({ key, value }: Element): EvaluatedMap {
  const place = key.origin.location;
  const entries = new Map([
    ["key", { key: place, value: key }],
    ["value", lazyEntry(place, value)],
  ]);
  return { state: "map", entries, origin: key.origin };
}
