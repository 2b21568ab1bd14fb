import type { Attribute, Block } from "../hcl/syntax-tree.js";

/** A node with the file it stands in. */
export interface InFile<Node> {
  readonly path: string;
  readonly node: Node;
}

/** A block's arguments and nested blocks, each with its file: overrides bring theirs from another. */
export interface DeclaredBlock {
  readonly header: InFile<Block>;
  readonly attributes: ReadonlyMap<string, InFile<Attribute>>;
  readonly blocks: readonly InFile<Block>[];
}

/** A block as it stands in its file. */
export function declareBlock(header: InFile<Block>): DeclaredBlock {
  const { path, node } = header;
  return {
    header,
    attributes: new Map(
      node.body.attributes.map((attribute) => [attribute.name.name, { path, node: attribute }]),
    ),
    blocks: node.body.blocks.map((block) => ({ path, node: block })),
  };
}

/** The block with an override's arguments in place of its own; nested blocks are replaced by type. */
export function overrideBlock(base: DeclaredBlock, override: DeclaredBlock): DeclaredBlock {
  const types = new Set(override.blocks.map(({ node }) => typeOfBlock(node)));
  const kept = base.blocks.filter(({ node }) => !types.has(typeOfBlock(node)));
  return {
    header: base.header,
    attributes: new Map([...base.attributes, ...override.attributes]),
    blocks: [...kept, ...override.blocks],
  };
}

/** What a block makes: `dynamic "x"` makes blocks of type x. */
export function typeOfBlock({ type, labels }: Block): string {
  return type.name === "dynamic" ? (labels[0]?.value ?? "") : type.name;
}

/**
 * Whether a file overrides what others declare instead of declaring something itself.
 * https://developer.hashicorp.com/terraform/language/files/override
 */
export function isOverrideFile(name: string): boolean {
  return /(?:^|_)override\.(?:tf|tofu)$/.test(name);
}
