import type { NewProperty } from "../findings/fix.js";
import type { Attribute, Block, Body, Comment } from "../parsers/hcl/syntax-tree.js";
import type { SourceFile } from "../source/source-file.js";
import type { TextEdit } from "../source/text-range.js";
import { endOfLine } from "./hcl-comments.js";
import { columnAt, indentationAt, isOnOneLine, lineEnd } from "./layout.js";

/** Adds arguments behind a block's last one, with `=` aligned where it is among the lines before. */
export function addAttributes(
  { file, comments }: { readonly file: SourceFile; readonly comments: readonly Comment[] },
  { body, range }: Block,
  properties: readonly NewProperty[],
): readonly TextEdit[] {
  const { text } = file;
  const indentation = indentationWithin(text, body, range.start);
  if (isOnOneLine(text, body.range.start, body.range.end)) {
    return [spreadOut(file, body, range.start, renderAttributes(properties, indentation))];
  }
  const last = body.attributes.at(-1);
  const run = alignedRun(text, body.attributes);
  const width = Math.max(...[...run, ...properties].map(nameLength));
  const start = endOfLine(text, last?.range.end ?? body.range.start, comments);
  const newText = `\n${renderAttributes(properties, indentation, width)}`;
  return [
    ...run.flatMap((attribute) => pad(file, attribute, width)),
    { location: file.location({ start, end: start }), newText },
  ];
}

/** Arguments on lines of their own, aligned with each other and to names of `width` code units. */
export function renderAttributes(
  properties: readonly NewProperty[],
  indentation: string,
  width = Math.max(...properties.map(nameLength)),
): string {
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
  const isBlock = added.trimEnd().endsWith("}");
  const before = there === "" ? "" : `${outer}  ${there}\n${isBlock ? "\n" : ""}`;
  return { location: file.location(body.range), newText: `\n${before}${added}\n${outer}` };
}

/**
 * The arguments right above where a new one goes, one a line, whose `=` stand below each other; none
 * where they do not.
 */
function alignedRun(text: string, attributes: readonly Attribute[]): readonly Attribute[] {
  const run: Attribute[] = [];
  for (const attribute of [...attributes].reverse()) {
    const { range } = attribute;
    if (!isOnOneLine(text, range.start, range.end)) break;
    const next = run[0];
    const gap = next === undefined ? "" : text.slice(lineEnd(text, range.end), next.range.start);
    if (next !== undefined && !/^\r?\n[ \t]*$/.test(gap)) break;
    run.unshift(attribute);
  }
  const width = Math.max(0, ...run.map(nameLength));
  const isAligned = run.every(
    ({ name, value }) =>
      text.slice(name.range.end, value.range.start) ===
      `${" ".repeat(width - name.name.length)} = `,
  );
  return isAligned ? run : [];
}

function nameLength({ name }: Attribute | NewProperty): number {
  return typeof name === "string" ? name.length : name.name.length;
}

function pad(file: SourceFile, { name, value }: Attribute, width: number): readonly TextEdit[] {
  const range = { start: name.range.end, end: value.range.start };
  const newText = `${" ".repeat(width - name.name.length)} = `;
  if (file.text.slice(range.start, range.end) === newText) return [];
  return [{ location: file.location(range), newText }];
}
