import type { ParseError } from "../parse-error.js";
import type { TextRange } from "../../source/text-range.js";
import { MAX_ALIASED_NODES, MAX_DEPTH, TOO_DEEP_MESSAGE } from "./limits.js";
import { inSourceOrder, type ParsedYaml } from "./parsed-yaml.js";
import { skipSeparation } from "./separation.js";
import type { DataNode, MappingEntry, ScalarNode } from "./syntax-tree.js";

/** What may stand before a node. `end` is the offset behind the last of them. */
export interface NodeProperties {
  /** Local with its mark (`!Ref`), standard in full. */
  readonly tag?: string | undefined;
  /** Without `&`. */
  readonly anchor?: string | undefined;
  readonly end: number;
}

interface Anchored {
  /** Undefined while the node itself is still being read. */
  node: DataNode | undefined;
  /** How many nodes it stands for with all aliases in it written out, and how deep. */
  size: number;
  height: number;
}

interface OpenCollection {
  start: number;
  readonly style: "flow" | "block";
  readonly tag: string | undefined;
  readonly anchored: Anchored | undefined;
  readonly content: SequenceContent | MappingContent;
  size: number;
  height: number;
}

interface SequenceContent {
  readonly kind: "sequence";
  readonly items: DataNode[];
}

interface MappingContent {
  readonly kind: "mapping";
  readonly entries: MappingEntry[];
  readonly keys: Set<string>;
  /** A key that waits for its value; "left-out" if it was no scalar. */
  key: ScalarNode | "left-out" | undefined;
}

/**
 * Builds the tree from what a parser meets in source order: collections that
 * open and close, scalars and aliases. Both parsers build through it, so that
 * anchors, duplicate keys, limits and the ranges that no parser tells are one thing.
 */
export class TreeBuilder {
  readonly #text: string;
  readonly #documents: DataNode[] = [];
  readonly #errors: ParseError[] = [];
  readonly #open: OpenCollection[] = [];
  readonly #anchors = new Map<string, Anchored>();
  #aliasedNodes = 0;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Behind everything built so far. */
  get offset(): number {
    return this.#offset;
  }

  /** Anchors do not reach beyond their document. */
  startDocument(): void {
    this.#anchors.clear();
    this.#aliasedNodes = 0;
  }

  /** `start` is the offset of the bracket, or of the first `-`, `?` or item. */
  openSequence(start: number, style: "flow" | "block", properties?: NodeProperties): void {
    this.#openCollection(start, style, properties, { kind: "sequence", items: [] });
  }

  /** `start` is the offset of the brace, or of the first `?`, key or key's property. */
  openMapping(start: number, style: "flow" | "block", properties?: NodeProperties): void {
    const content: MappingContent = {
      kind: "mapping",
      entries: [],
      keys: new Set(),
      key: undefined,
    };
    this.#openCollection(start, style, properties, content);
  }

  /** Closes the innermost collection; without `end`, where its last item ends. */
  close(end = this.#offset): void {
    const collection = this.#open.pop();
    if (collection === undefined) return;
    this.#offset = Math.max(this.#offset, end);
    const { anchored, size, height } = collection;
    const node = toNode(collection, this.#offset);
    if (anchored !== undefined) Object.assign(anchored, { node, size, height });
    this.#add(node, node.range, size, height);
  }

  addScalar(node: ScalarNode, anchor?: string): void {
    this.#offset = Math.max(this.#offset, node.range.end);
    if (anchor !== undefined) this.#anchors.set(anchor, { node, size: 1, height: 0 });
    this.#add(node, node.range, 1, 0);
  }

  /** Where a key, value or item is nothing, or nothing but properties. */
  addEmptyScalar(properties?: NodeProperties): void {
    const at = properties?.end ?? this.#offsetOfEmpty();
    this.addScalar(emptyScalar(at, properties?.tag), properties?.anchor);
  }

  /** `range` covers the `*` too. */
  addAlias(name: string, range: TextRange): void {
    this.#offset = Math.max(this.#offset, range.end);
    const target = this.#anchors.get(name);
    const problem = this.#problemOfAlias(name, target);
    if (problem === undefined && target?.node !== undefined) {
      this.#aliasedNodes += target.size;
      this.#add(target.node, range, target.size, target.height);
      return;
    }
    if (problem !== undefined) this.#errors.push({ ...problem, range });
    this.#add(emptyScalar(range.end, undefined), range, 1, 0);
  }

  /** The documents and errors so far. `syntaxErrors` are those that the parser itself has met. */
  finish(syntaxErrors: readonly ParseError[] = []): ParsedYaml {
    return { documents: this.#documents, errors: inSourceOrder(this.#errors, syntaxErrors) };
  }

  #openCollection(
    start: number,
    style: "flow" | "block",
    properties: NodeProperties | undefined,
    content: SequenceContent | MappingContent,
  ): void {
    const hasBracket = style === "flow" && /[[{]/.test(this.#text.charAt(start));
    this.#offset = Math.max(this.#offset, hasBracket ? start + 1 : start);
    if (this.#open.length === MAX_DEPTH) {
      const range = { start, end: start + 1 };
      this.#errors.push({ code: "too-deep", message: TOO_DEEP_MESSAGE, range });
    }
    let anchored: Anchored | undefined;
    if (properties?.anchor !== undefined) {
      anchored = { node: undefined, size: 0, height: 0 };
      this.#anchors.set(properties.anchor, anchored);
    }
    const tag = properties?.tag;
    this.#open.push({ start, style, tag, anchored, content, size: 1, height: 1 });
  }

  /** Puts a node where it belongs; `range` is where it is written, which differs for aliases. */
  #add(node: DataNode, range: TextRange, size: number, height: number): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) {
      const isNothing = node.kind === "scalar" && isEmpty(node);
      if (!isNothing) this.#documents.push(node);
      return;
    }
    // What lies deeper than the limit has been reported and is left out.
    if (this.#open.length > MAX_DEPTH) return;

    parent.size += size;
    parent.height = Math.max(parent.height, height + 1);
    const { content } = parent;
    if (content.kind === "sequence") content.items.push(node);
    else if (content.key === undefined) {
      content.key = this.#checkKey(content, node, range);
      if (content.entries.length === 0) this.#startAtFirstKey(parent, range);
    } else {
      if (content.key !== "left-out") content.entries.push({ key: content.key, value: node });
      content.key = undefined;
    }
  }

  /** Parsers disagree about tags and anchors of the first key; they do not belong to the mapping's range. */
  #startAtFirstKey(mapping: OpenCollection, key: TextRange): void {
    const startsWithProperty = /[!&]/.test(this.#text.charAt(mapping.start));
    if (startsWithProperty || key.start < mapping.start) mapping.start = key.start;
  }

  #checkKey(mapping: MappingContent, node: DataNode, range: TextRange): ScalarNode | "left-out" {
    if (node.kind !== "scalar") {
      const message = `keys must be scalars, this is a ${node.kind}`;
      this.#errors.push({ code: "syntax", message, range });
      return "left-out";
    }
    // Merge keys may stand any number of times.
    const isMergeKey = node.text === "<<" && node.style === "plain";
    if (mapping.keys.has(node.text) && !isMergeKey) {
      const message = `key ${JSON.stringify(node.text)} is already in this mapping`;
      this.#errors.push({ code: "duplicate-key", message, range });
    }
    mapping.keys.add(node.text);
    return node;
  }

  #problemOfAlias(
    name: string,
    target: Anchored | undefined,
  ): Pick<ParseError, "code" | "message"> | undefined {
    if (target === undefined) {
      return { code: "syntax", message: `alias *${name} has no anchor before it` };
    }
    if (target.node === undefined) {
      return { code: "syntax", message: `alias *${name} stands inside its own anchor` };
    }
    if (this.#open.length + target.height > MAX_DEPTH) {
      return { code: "too-deep", message: `alias *${name} nests too deep` };
    }
    if (this.#aliasedNodes + target.size > MAX_ALIASED_NODES) {
      const message = `aliases stand for more than ${String(MAX_ALIASED_NODES)} nodes`;
      return { code: "too-deep", message };
    }
    return undefined;
  }

  /** Right behind the mark after which nothing stands, or behind the key if there is no mark. */
  #offsetOfEmpty(): number {
    const parent = this.#open.at(-1);
    if (parent === undefined) return this.#offset;
    let next = skipSeparation(this.#text, this.#offset);
    const { content, style } = parent;
    if (content.kind === "mapping" && content.key === undefined) {
      if (style === "flow" && this.#text[next] === ",") {
        next = skipSeparation(this.#text, next + 1);
      }
      return this.#isMark("?", next) ? next + 1 : next;
    }
    const mark = content.kind === "mapping" ? ":" : "-";
    return this.#isMark(mark, next) ? next + 1 : this.#offset;
  }

  /** Whether the mark stands there, and not a scalar that starts with it. */
  #isMark(mark: "?" | ":" | "-", offset: number): boolean {
    return this.#text[offset] === mark && /^[\s,\]}]?$/.test(this.#text.charAt(offset + 1));
  }
}

function toNode({ content, start, style, tag }: OpenCollection, end: number): DataNode {
  const range = { start, end };
  if (content.kind === "sequence") {
    const { kind, items } = content;
    return tag === undefined ? { kind, items, style, range } : { kind, items, style, tag, range };
  }
  const { kind, entries } = content;
  return tag === undefined ? { kind, entries, style, range } : { kind, entries, style, tag, range };
}

function isEmpty(node: ScalarNode): boolean {
  const { start, end } = node.range;
  return node.text === "" && node.style === "plain" && node.tag === undefined && start === end;
}

function emptyScalar(offset: number, tag: string | undefined): ScalarNode {
  const range = { start: offset, end: offset };
  const base = { kind: "scalar", text: "", style: "plain", range } as const;
  return tag === undefined ? base : { ...base, tag };
}
