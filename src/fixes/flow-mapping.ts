import type { NewProperty } from "../findings/fix.js";
import type { MappingNode } from "../parsers/yaml/syntax-tree.js";
import type { SourceFile } from "../source/source-file.js";
import type { TextEdit } from "../source/text-range.js";
import { columnAt, indentationAt, indentationStep, isOnOneLine } from "./layout.js";
import { plain } from "./literal.js";

/** What is written anew within a mapping in braces. */
interface NewContent {
  readonly names: readonly string[];
  readonly properties: readonly NewProperty[];
}

/** How the entries around are written. */
interface Style {
  readonly isQuoted: boolean;
  /** Between key and value, the colon included. */
  readonly colon: string;
  /** Of lines of their own: the indentation, and by how much more the next level has. */
  readonly lines?: { readonly column: string; readonly step: string };
}

/** Adds to a mapping in braces, as JSON has them, on lines of their own where it has those. */
export function addToFlow(
  file: SourceFile,
  { entries, range }: MappingNode,
  content: NewContent,
): readonly TextEdit[] {
  const { text, path } = file;
  const isJson = path.endsWith(".json") || /^\s*\{/.test(text);
  const last = entries.at(-1);
  if (last === undefined) {
    const style = { isQuoted: isJson, colon: ": " };
    return [{ location: file.location(range), newText: inBraces(content, style) }];
  }
  const isMultiline = !isOnOneLine(text, range.start, last.key.range.start);
  const column = columnAt(text, last.key.range.start);
  const step = indentationStep(indentationAt(text, range.start), column);
  const style: Style = {
    isQuoted: last.key.style !== "plain",
    colon: text.slice(last.key.range.end, last.value.range.start).replace(/\s+$/, " "),
    ...(isMultiline ? { lines: { column, step } } : {}),
  };
  const separator = isMultiline ? `\n${column}` : " ";
  const entry = renderEntries(content, style).join(`,${separator}`);
  const comma = /^\s*,/.exec(text.slice(last.value.range.end))?.[0].length ?? 0;
  const start = last.value.range.end + comma;
  const newText = comma > 0 ? `${separator}${entry},` : `,${separator}${entry}`;
  return [{ location: file.location({ start, end: start }), newText }];
}

function renderEntries({ names, properties }: NewContent, style: Style): readonly string[] {
  const key = (name: string) => (style.isQuoted ? JSON.stringify(name) : name);
  const [name, ...deeper] = names;
  if (name === undefined) {
    return properties.map((property) => {
      const value = style.isQuoted ? JSON.stringify(property.value) : plain(property.value);
      return `${key(property.name)}${style.colon}${value}`;
    });
  }
  const within = inBraces({ names: deeper, properties }, style);
  return [`${key(name)}${style.colon}${within}`];
}

function inBraces(content: NewContent, style: Style): string {
  const { lines } = style;
  if (lines === undefined) return `{ ${renderEntries(content, style).join(", ")} }`;
  const column = `${lines.column}${lines.step}`;
  const entries = renderEntries(content, { ...style, lines: { ...lines, column } });
  return `{\n${entries.map((entry) => `${column}${entry}`).join(",\n")}\n${lines.column}}`;
}
