import { awsAttributeTexts } from "./aws-attributes.generated.js";

/** A block of a resource type, or the resource itself, as the AWS provider knows it. */
export interface AwsBlock {
  /** Its arguments, and what becomes of each that is left out. */
  readonly attributes: ReadonlyMap<string, LeftOut>;
  /** The types of blocks in it. */
  readonly blocks: ReadonlyMap<string, NestedAwsBlock>;
}

/** A type of blocks within another block. */
export interface NestedAwsBlock extends AwsBlock {
  /** `one`: a list of at most one. */
  readonly nesting: "list" | "set" | "one";
  /** Whether the provider may fill in blocks where none is written. */
  readonly isComputed: boolean;
}

/** A default, null for none; `computed` where only deploying tells. */
export type LeftOut = "computed" | { readonly default: string | number | boolean | null };

interface BlockInMaking extends AwsBlock {
  readonly attributes: Map<string, LeftOut>;
  readonly blocks: Map<string, NestedAwsBlock>;
}

/**
 * The notation: `metadata_options one?: http_endpoint="enabled" http_tokens? …`. Before the colon stand the
 * types of blocks that lead to this one, nothing for the resource itself, its nesting, and `?` if it is
 * computed; behind it the arguments, with `?` if computed, with `=` and the default if there is one.
 */
const line = /^(?:([\w.]*?)(\w+) (list|set|one)(\??))?:(.*)$/;

const argument = / (\w+)(\?|=("[^"]*"|\S+))?/g;

const read = new Map<string, AwsBlock>();

/**
 * What the AWS provider makes of what a resource of that type leaves out, as release 5.100.0 plans it;
 * undefined for types of which that is not recorded.
 */
export function awsBlockOf(type: string): AwsBlock | undefined {
  const before = read.get(type);
  if (before !== undefined) return before;
  const text = Object.hasOwn(awsAttributeTexts, type) ? awsAttributeTexts[type] : undefined;
  if (text === undefined) return undefined;
  const block = parseBlocks(text);
  read.set(type, block);
  return block;
}

/** Each block comes after the one that it stands in. */
function parseBlocks(text: string): AwsBlock {
  const root: BlockInMaking = { attributes: new Map(), blocks: new Map() };
  const byPath = new Map<string, BlockInMaking>([["", root]]);
  for (const entry of text.trim().split("\n")) {
    const [, around = "", name, nesting, mark, list = ""] = line.exec(entry) ?? [];
    const attributes = parseArguments(list);
    if (name === undefined) {
      for (const [key, leftOut] of attributes) root.attributes.set(key, leftOut);
      continue;
    }
    const block = {
      attributes,
      blocks: new Map<string, NestedAwsBlock>(),
      nesting: nesting === "set" || nesting === "one" ? nesting : "list",
      isComputed: mark === "?",
    } as const;
    byPath.get(around)?.blocks.set(name, block);
    byPath.set(`${around}${name}.`, block);
  }
  return root;
}

function parseArguments(list: string): Map<string, LeftOut> {
  const attributes = new Map<string, LeftOut>();
  for (const [, name = "", mark, value = "null"] of list.matchAll(argument)) {
    const fallback = () => ({ default: JSON.parse(value) as string | number | boolean | null });
    attributes.set(name, mark === "?" ? "computed" : fallback());
  }
  return attributes;
}
