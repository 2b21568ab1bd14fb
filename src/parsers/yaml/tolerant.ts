import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Parser,
  type ParsedNode,
  type Scalar,
  type YAMLParseError,
} from "yaml";
import type { ParseError } from "../parse-error.js";
import { nestsDeeperThan } from "./nesting.js";
import type { TolerantlyParsedYaml } from "./parsed-yaml.js";
import { blockScalarEnd, isWhiteSpace } from "./separation.js";
import type { ScalarStyle } from "./syntax-tree.js";
import { NON_SPECIFIC_TAGS } from "./tags.js";
import { TreeBuilder, type NodeProperties } from "./tree-builder.js";

/**
 * Reads YAML with `yaml`, which goes on behind errors. Where a text is well
 * formed the trees equal those of `parseFast`. To be loaded only for texts that
 * `parseFast` refuses: loading it takes longer than reading dozens of templates.
 * Never throws; gives undefined for texts that may nest deeper than `yaml` survives.
 */
export function parseTolerantly(text: string): TolerantlyParsedYaml | undefined {
  const tokens = [...new Parser().parse(asKnownToYaml(text))];
  if (nestsDeeperThan(MAX_NESTING, tokens)) return undefined;
  const composer = new Composer({
    schema: "failsafe",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const documents = [...composer.compose(tokens)];
  const builder = new TreeBuilder(text);
  for (const document of documents) {
    builder.startDocument();
    if (document.contents !== null) addNode(document.contents, text, builder);
  }
  const errors = documents.flatMap((document) => document.errors.map(toParseError));
  return { ...builder.finish(errors), syntaxError: errors[0] };
}

/** CloudFormation's short forms are tags, and its authors do put one behind another. */
const MULTIPLE_TAGS =
  "a node can have at most one tag; of two short forms, write out the first, as in `Fn::Base64: !Sub`";

/**
 * The composer of `yaml` recurses without a limit. A stack that overflows while V8
 * compiles a regular expression does not throw but ends the whole process.
 */
const MAX_NESTING = 1000;

/** Lone carriage returns are line breaks too, which `yaml` does not know; offsets stay. */
function asKnownToYaml(text: string): string {
  return text.replace(/\r(?!\n)/g, "\n");
}

function addNode(node: ParsedNode | null, text: string, builder: TreeBuilder): void {
  if (isAlias(node)) {
    const [start, end] = node.range;
    builder.addAlias(node.source, { start, end });
  } else if (isScalar(node)) {
    addScalar(node, text, builder);
  } else if (isMap(node)) {
    const style = node.flow === true ? "flow" : "block";
    builder.openMapping(node.range[0], style, propertiesOf(node, text));
    for (const { key, value } of node.items) {
      addNode(key, text, builder);
      addNode(value, text, builder);
    }
    // `[key: value]` has a mapping without braces, which ends with its value.
    const hasBraces = text[node.range[0]] === "{";
    builder.close(hasBraces ? node.range[1] : undefined);
  } else if (isSeq(node)) {
    const style = node.flow === true ? "flow" : "block";
    builder.openSequence(node.range[0], style, propertiesOf(node, text));
    for (const item of node.items) addNode(item, text, builder);
    builder.close(style === "flow" ? node.range[1] : undefined);
  } else {
    builder.addEmptyScalar();
  }
}

const SCALAR_STYLES: Readonly<Record<Scalar.Type, ScalarStyle>> = {
  PLAIN: "plain",
  QUOTE_SINGLE: "single-quoted",
  QUOTE_DOUBLE: "double-quoted",
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
};

function addScalar(node: Scalar.Parsed, text: string, builder: TreeBuilder): void {
  const style = SCALAR_STYLES[node.type ?? "PLAIN"];
  const [start, end] = node.range;
  const properties = propertiesOf(node, text);
  if (style === "plain" && start === end) {
    builder.addEmptyScalar(properties);
    return;
  }
  const isBlock = style === "literal" || style === "folded";
  const range = { start, end: isBlock ? blockScalarEnd(text, start, end) : end };
  const scalar = { kind: "scalar", text: node.source, style, range } as const;
  const tag = properties?.tag;
  builder.addScalar(tag === undefined ? scalar : { ...scalar, tag }, properties?.anchor);
}

/** Their end is what precedes the node, apart from spaces: only empty nodes ask for it. */
function propertiesOf(node: ParsedNode, text: string): NodeProperties | undefined {
  // On collections, `yaml` itself says what a bare `!` means.
  const tag = node.tag === "!" ? NON_SPECIFIC_TAGS.scalar : node.tag;
  const anchor = isAlias(node) ? undefined : node.anchor;
  if (tag === undefined && anchor === undefined) return undefined;
  let end = node.range[0];
  while (end > 0 && isWhiteSpace(text.charAt(end - 1))) end--;
  return { tag, anchor, end };
}

function toParseError(error: YAMLParseError): ParseError {
  const [start, end] = error.pos;
  if (error.code === "MULTIPLE_TAGS") {
    return { code: "syntax", message: MULTIPLE_TAGS, range: { start, end } };
  }
  const message = error.message.charAt(0).toLowerCase() + error.message.slice(1);
  return { code: "syntax", message, range: { start, end } };
}
