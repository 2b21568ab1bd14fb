import type { NewProperty } from "../findings/fix.js";
import type { Attribute, Block, Body, Comment } from "../parsers/hcl/syntax-tree.js";
import type { SourceFile } from "../source/source-file.js";
import type { TextEdit } from "../source/text-range.js";
import { alignWith, assignmentOf } from "./hcl-alignment.js";
import { endOfLine } from "./hcl-comments.js";
import { columnAt, indentationAt, isOnOneLine, lineEnd, oneLevelDeeper } from "./layout.js";

/**
 * Adds arguments behind the last of a block's first ones, which an empty line or a comment parts from others,
 * with `=` aligned where it is among the lines before.
 */
export function addAttributes(
  { file, comments }: { readonly file: SourceFile; readonly comments: readonly Comment[] },
  { body, range }: Block,
  properties: readonly NewProperty[],
): readonly TextEdit[] {
  const { text } = file;
  const indentation = indentationWithin(text, body, range.start);
  if (isOnOneLine(text, body.range.start, body.range.end)) {
    const [there] = body.attributes;
    const names = [there?.name.name ?? "", ...properties.map(({ name }) => name)];
    const width = Math.max(...names.map(({ length }) => length));
    const lines = renderAttributes(properties, indentation, width);
    return [spreadOut(file, body, range.start, { lines, width })];
  }
  const above = firstRun(text, body.attributes);
  const { width, edits } = alignWith(file, above.map(assignmentOf), properties);
  const start = endOfLine(text, above.at(-1)?.range.end ?? body.range.start, comments);
  const newText = `\n${renderAttributes(properties, indentation, width)}`;
  return [...edits, { location: file.location({ start, end: start }), newText }];
}

function firstRun(text: string, attributes: readonly Attribute[]): readonly Attribute[] {
  const end = attributes.findIndex((attribute, index) => {
    const before = attributes[index - 1];
    if (before === undefined) return false;
    const gap = text.slice(lineEnd(text, before.range.end), attribute.range.start);
    return !/^\r?\n[ \t]*$/.test(gap);
  });
  return end === -1 ? attributes : attributes.slice(0, end);
}

/** Arguments on lines of their own, aligned with each other and with names of `least` code units. */
export function renderAttributes(
  properties: readonly NewProperty[],
  indentation: string,
  least = 0,
): string {
  const width = Math.max(least, ...properties.map(({ name }) => name.length));
  return properties
    .map(({ name, value }) => `${indentation}${name.padEnd(width)} = ${JSON.stringify(value)}`)
    .join("\n");
}

/** How the lines within a block are indented, or would be. `start` is where the block starts. */
export function indentationWithin(text: string, body: Body, start: number): string {
  const first = [...body.attributes, ...body.blocks].reduce(
    (least, { range }) => Math.min(least, range.start),
    body.range.end,
  );
  const isOwnLine = first < body.range.end && !isOnOneLine(text, body.range.start, first);
  return isOwnLine ? columnAt(text, first) : oneLevelDeeper(indentationAt(text, start));
}

/** What a block on one line gets. */
interface AddedLines {
  readonly lines: string;
  /** How wide names have to be for `=` to stand below each other. */
  readonly width?: number;
  /** Whether it is a block, which an empty line parts from arguments. */
  readonly isBlock?: boolean;
}

/** A block on one line takes one argument at most, so that what is there gets a line of its own. */
export function spreadOut(
  file: SourceFile,
  { range, attributes: [there] }: Body,
  start: number,
  { lines, width = 0, isBlock = false }: AddedLines,
): TextEdit {
  const { text } = file;
  const outer = indentationAt(text, start);
  const name = there?.name.range ?? range;
  const padding = " ".repeat(Math.max(0, width - (name.end - name.start)));
  const written =
    there === undefined
      ? text.slice(range.start, range.end)
      : `${text.slice(range.start, name.end)}${padding}${text.slice(name.end, range.end)}`;
  const apart = isBlock ? "\n\n" : "\n";
  const before = written.trim() === "" ? "" : `${oneLevelDeeper(outer)}${written.trim()}${apart}`;
  return { location: file.location(range), newText: `\n${before}${lines}\n${outer}` };
}
