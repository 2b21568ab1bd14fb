import type { NewProperty } from "../findings/fix.js";
import type { Block, Body, Comment } from "../parsers/hcl/syntax-tree.js";
import type { SourceFile } from "../source/source-file.js";
import type { TextEdit } from "../source/text-range.js";
import { alignWith, assignmentOf } from "./hcl-alignment.js";
import { endOfLine } from "./hcl-comments.js";
import { columnAt, indentationAt, isOnOneLine } from "./layout.js";

/** Adds arguments behind a block's last one, with `=` aligned where it is among the lines before. */
export function addAttributes(
  { file, comments }: { readonly file: SourceFile; readonly comments: readonly Comment[] },
  { body, range }: Block,
  properties: readonly NewProperty[],
): readonly TextEdit[] {
  const { text } = file;
  const indentation = indentationWithin(text, body, range.start);
  if (isOnOneLine(text, body.range.start, body.range.end)) {
    const [there] = body.attributes;
    const least = there?.name.name.length ?? 0;
    const lines = renderAttributes(properties, indentation, least);
    return [spreadOut(file, body, range.start, lines)];
  }
  const last = body.attributes.at(-1);
  const { width, edits } = alignWith(file, body.attributes.map(assignmentOf), properties);
  const start = endOfLine(text, last?.range.end ?? body.range.start, comments);
  const newText = `\n${renderAttributes(properties, indentation, width)}`;
  return [...edits, { location: file.location({ start, end: start }), newText }];
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
  return isOwnLine ? columnAt(text, first) : `${indentationAt(text, start)}  `;
}

/** A block on one line takes one argument at most, so that what is there gets a line of its own. */
export function spreadOut(file: SourceFile, body: Body, start: number, added: string): TextEdit {
  const outer = indentationAt(file.text, start);
  const there = file.text.slice(body.range.start, body.range.end).trim();
  const before = there === "" ? "" : `${outer}  ${there}\n`;
  return { location: file.location(body.range), newText: `\n${before}${added}\n${outer}` };
}
