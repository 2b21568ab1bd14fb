import { parseJson } from "../../parsers/json/parse-json.js";
import type { TolerantYamlParser } from "../../parsers/yaml/parsed-yaml.js";
import { parseYaml } from "../../parsers/yaml/parse-yaml.js";
import {
  type DataNode,
  entryOf,
  type MappingEntry,
  type MappingNode,
} from "../../parsers/yaml/syntax-tree.js";
import type { SourceFile } from "../../source/source-file.js";
import type { TextRange } from "../../source/text-range.js";
import {
  type CommentLine,
  commentLines,
  type DeclaredMetadata,
  type Element,
  type FileStructure,
} from "./file-structure.js";

/** The structure of a CloudFormation template, or of a file that one includes. Never throws. */
export function dataStructure(
  file: SourceFile,
  loadTolerantYaml: () => TolerantYamlParser,
): FileStructure {
  const isJson = /^\s*\{/.test(file.text);
  const roots = isJson ? jsonRoots(file.text) : parseYaml(file.text, loadTolerantYaml).documents;
  const declared = new Set<MappingEntry>(roots.slice(0, 1).flatMap(declaredEntries));
  const elements: Element[] = [];
  const metadata: DeclaredMetadata[] = [];
  const [root] = roots;
  if (root?.kind === "mapping") metadata.push(...metadataOf(root, undefined));
  for (const entry of roots.flatMap((document) => [...entriesIn(document)])) {
    const { key, value } = entry;
    const element: Element = {
      range: { start: key.range.start, end: Math.max(key.range.end, endOf(entry)) },
      column: file.position(key.range.start).column,
      ...(declared.has(entry) ? { name: key.text } : {}),
    };
    elements.push(element);
    if (declared.has(entry) && value.kind === "mapping")
      metadata.push(...metadataOf(value, element));
  }
  const comments = isJson ? [] : yamlComments(file.text, roots);
  return { comments, elements, metadata, isIndented: true };
}

function jsonRoots(text: string): readonly DataNode[] {
  const { root } = parseJson(text);
  return root === undefined ? [] : [root];
}

/** What stands in the sections of a template: resources, parameters, mappings. Of an included file, what stands in it. */
function declaredEntries(root: DataNode): readonly MappingEntry[] {
  if (root.kind !== "mapping") return [];
  if (entryOf(root, "Resources") === undefined) return root.entries;
  return root.entries.flatMap(({ key, value }) =>
    value.kind === "mapping" && key.text !== "Metadata" ? value.entries : [],
  );
}

/** All entries, in source order. An alias stands elsewhere and is met there. */
function* entriesIn(node: DataNode, from = 0): Iterable<MappingEntry> {
  for (const part of partsOf(node, from)) {
    if ("key" in part) yield part;
    const value = "key" in part ? part.value : part;
    yield* entriesIn(value, "key" in part ? part.key.range.end : value.range.start);
  }
}

/** Items or entries, without those that are only aliases of what stands before `from` or before them. */
function* partsOf(node: DataNode, from: number): Iterable<DataNode | MappingEntry> {
  if (node.range.start < from || node.kind === "scalar") return;
  let last = node.range.start;
  for (const part of node.kind === "sequence" ? node.items : node.entries) {
    const { start, end } = "key" in part ? part.key.range : part.range;
    if (start < last) continue;
    last = end;
    yield part;
  }
}

function endOf({ key, value }: MappingEntry): number {
  return value.range.start < key.range.start ? key.range.end : value.range.end;
}

function metadataOf(node: MappingNode, element: Element | undefined): readonly DeclaredMetadata[] {
  const metadata = entryOf(node, "Metadata")?.value;
  if (metadata?.kind !== "mapping") return [];
  return [{ node: metadata, ...(element === undefined ? {} : { element }) }];
}

/**
 * The comments of a YAML text: from `#` to the end of the line, where the `#` is part of no scalar and
 * stands first or behind white space.
 * https://yaml.org/spec/1.2.2/#66-comments
 */
function yamlComments(text: string, roots: readonly DataNode[]): readonly CommentLine[] {
  const scalars = roots
    .flatMap((root) => [...scalarsIn(root, text)])
    .sort((left, right) => left.start - right.start);
  const comments: CommentLine[] = [];
  let next = 0;
  for (let at = text.indexOf("#"); at !== -1; at = text.indexOf("#", at)) {
    while ((scalars[next]?.end ?? Infinity) <= at) next += 1;
    const scalar = scalars[next];
    if (scalar !== undefined && scalar.start <= at) at = scalar.end;
    else if (at > 0 && !/\s/.test(text.charAt(at - 1))) at += 1;
    else {
      const end = endOfLine(text, at);
      comments.push(...commentLines(text, { start: at, end }));
      at = end;
    }
  }
  return comments;
}

/** Of block scalars only the text below the line of `|`, on which a comment can stand. */
function* scalarsIn(node: DataNode, text: string, from = 0): Iterable<TextRange> {
  if (node.kind !== "scalar") {
    for (const part of partsOf(node, from)) {
      if ("key" in part) yield part.key.range;
      const value = "key" in part ? part.value : part;
      yield* scalarsIn(value, text, "key" in part ? part.key.range.end : value.range.start);
    }
  } else if (node.range.start >= from) {
    const isBlock = node.style === "literal" || node.style === "folded";
    const start = isBlock ? endOfLine(text, node.range.start) : node.range.start;
    yield { start, end: Math.max(start, node.range.end) };
  }
}

function endOfLine(text: string, from: number): number {
  const ending = /[\r\n]|$/g;
  ending.lastIndex = from;
  return ending.exec(text)?.index ?? text.length;
}
