import type { Location } from "../../source/text-range.js";
import {
  type Evaluated,
  type EvaluatedEntry,
  type EvaluatedMap,
  unknown,
} from "../../values/evaluated.js";
import type { Expression } from "../hcl/syntax-tree.js";
import { type DeclaredBlock, declareBlock, type InFile, typeOfBlock } from "./declared-block.js";
import type { Block } from "../hcl/syntax-tree.js";
import { evaluateExpression } from "./evaluate-expression.js";
import { EvaluationError } from "./evaluation-error.js";
import { type ExpressionContext, originOf, withNames } from "./expression-context.js";
import { elementsOf } from "./for-expression.js";

/** The context for expressions of one file; blocks can be put together from several. */
export type ContextOf = (path: string) => ExpressionContext;

/** An entry that is computed when it is read, in the scenario of that moment. */
export class LazyEntry implements EvaluatedEntry {
  readonly key: Location;
  readonly #compute: () => Evaluated;

  /** Takes where the name stands, and how to get the value. */
  constructor(key: Location, compute: () => Evaluated) {
    this.key = key;
    this.#compute = compute;
  }

  get value(): Evaluated {
    return this.#compute();
  }
}

/** The value of an expression; what Terraform would reject is unknown, and noted. */
export function evaluateOrSkip(expression: Expression, context: ExpressionContext): Evaluated {
  try {
    return evaluateExpression(expression, context);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const what = `${context.sourceText(expression.range)}: ${error.message}`;
    context.skip("not-supported", what, expression.range);
    return unknown({ kind: "not-supported", what }, originOf(expression.range, context));
  }
}

/** A block's arguments and nested blocks as a map; of nested blocks each type is a list of maps. */
export function evaluateBlock(block: DeclaredBlock, contextOf: ContextOf): EvaluatedMap {
  const { path, node } = block.header;
  const entries = new Map<string, EvaluatedEntry>();
  for (const [name, { path: file, node: attribute }] of block.attributes) {
    const key = { path: file, range: attribute.name.range };
    entries.set(name, new LazyEntry(key, () => evaluateOrSkip(attribute.value, contextOf(file))));
  }
  for (const [type, blocks] of groupByType(block.blocks)) {
    const [first] = blocks;
    if (first === undefined || entries.has(type)) continue;
    const key = { path: first.path, range: first.node.header };
    entries.set(type, new LazyEntry(key, () => evaluateNestedBlocks(blocks, key, contextOf)));
  }
  return {
    state: "map",
    entries,
    origin: { location: { path, range: node.header }, step: "written" },
  };
}

function groupByType(
  blocks: readonly InFile<Block>[],
): ReadonlyMap<string, readonly InFile<Block>[]> {
  const groups = new Map<string, InFile<Block>[]>();
  for (const block of blocks) {
    const type = typeOfBlock(block.node);
    const group = groups.get(type);
    if (group === undefined) groups.set(type, [block]);
    else group.push(block);
  }
  return groups;
}

/** Static and dynamic blocks of one type, in source order. */
function evaluateNestedBlocks(
  blocks: readonly InFile<Block>[],
  key: Location,
  contextOf: ContextOf,
): Evaluated {
  const items: Evaluated[] = [];
  let open: Evaluated | undefined;
  for (const block of blocks) {
    if (block.node.type.name !== "dynamic") {
      items.push(evaluateBlock(declareBlock(block), contextOf));
      continue;
    }
    const made = evaluateDynamicBlock(block, contextOf);
    if (made.state === "list") items.push(...made.items);
    else open = made;
  }
  // Whether a dynamic block makes anything may be open; a block beside it is there in any case.
  if (open !== undefined && items.length === 0) return open;
  return { state: "list", collection: "list", items, origin: { location: key, step: "written" } };
}

/** https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks */
function evaluateDynamicBlock({ path, node }: InFile<Block>, contextOf: ContextOf): Evaluated {
  const attribute = (name: string) =>
    node.body.attributes.find((candidate) => candidate.name.name === name)?.value;
  const origin = { location: { path, range: node.header }, step: "written" } as const;
  const content = node.body.blocks.find(({ type }) => type.name === "content");
  const forEach = attribute("for_each");
  if (content === undefined || forEach === undefined) return unknown({ kind: "invalid" }, origin);
  const iterator = attribute("iterator");
  const name = iterator?.kind === "variable" ? iterator.name : (node.labels[0]?.value ?? "");
  const collection = evaluateOrSkip(forEach, contextOf(path));
  if (collection.state === "unknown") return collection;
  if (collection.state !== "list" && collection.state !== "map") {
    return unknown({ kind: "invalid" }, collection.origin);
  }
  const items = elementsOf(collection).map(([key, value]) => {
    const element: Evaluated = {
      state: "map",
      origin,
      entries: new Map([
        ["key", { key: key.origin.location, value: key }],
        ["value", { key: value.origin.location, value }],
      ]),
    };
    const body = evaluateBlock(declareBlock({ path, node: content }), (file) =>
      withNames(contextOf(file), [[name, element]]),
    );
    return { ...body, origin };
  });
  return { state: "list", collection: "list", items, origin };
}
