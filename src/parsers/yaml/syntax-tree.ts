import type { TextRange } from "../../source/text-range.js";

/**
 * One tree for YAML and JSON, so that nobody after the parsers needs to know
 * which of the two a template was written in. An alias is the anchored node
 * itself, whose range lies where the anchor is; apart from that, ranges nest.
 */
export type DataNode = ScalarNode | SequenceNode | MappingNode;

/** How a scalar was written, which decides how YAML types it. JSON strings are `double-quoted`. */
export type ScalarStyle = "plain" | "single-quoted" | "double-quoted" | "literal" | "folded";

/**
 * A scalar as text. What a plain `true`, `1` or `yes` means is the reader's business
 * (CloudFormation reads YAML 1.1), so that an account id such as 012345678901 survives.
 */
export interface ScalarNode {
  readonly kind: "scalar";
  /** Text after quotes, escapes and folding. */
  readonly text: string;
  readonly style: ScalarStyle;
  /** A local tag with its mark (`!Ref`), or a standard one in full (`tag:yaml.org,2002:str`). */
  readonly tag?: string;
  /** The scalar alone, quotes included, tag and anchor excluded; of block scalars from `|` or `>`. */
  readonly range: TextRange;
}

/** A list. `range` runs from its first mark or item to the end of the last. */
export interface SequenceNode {
  readonly kind: "sequence";
  readonly items: readonly DataNode[];
  readonly style: "flow" | "block";
  readonly tag?: string;
  readonly range: TextRange;
}

/** A mapping; JSON calls it an object. */
export interface MappingNode {
  readonly kind: "mapping";
  /** In source order. Of equal keys all are kept; `duplicate-key` errors name the later ones. */
  readonly entries: readonly MappingEntry[];
  readonly style: "flow" | "block";
  readonly tag?: string;
  readonly range: TextRange;
}

/** `key: value`. Keys of CloudFormation templates are scalars; other keys are reported and left out. */
export interface MappingEntry {
  readonly key: ScalarNode;
  readonly value: DataNode;
}

/** The value of the first entry with that key, or undefined. */
export function entryOf(mapping: MappingNode, key: string): MappingEntry | undefined {
  return mapping.entries.find((entry) => entry.key.text === key);
}
