import type { MappingEntry, MappingNode } from "../parsers/yaml/syntax-tree.js";
import type { SourceFile } from "../source/source-file.js";
import type { TextEdit } from "../source/text-range.js";
import { columnAt, indentationAt, indentationStep, isFirstOnLine, isOnOneLine } from "./layout.js";
import { type NewEntry, plain } from "./literal.js";

/** Entries that are further in stand below the first of them, not a level deeper than their brace. */
const WIDEST_STEP = 8;

/** What is written anew within a mapping in braces. */
interface NewContent {
  readonly names: readonly string[];
  readonly properties: readonly NewEntry[];
}

/** A mapping in braces, and what around it says how it is written. */
export interface FlowPlace {
  readonly mapping: MappingNode;
  /** By how much each level is indented further where the mapping itself does not show it. */
  readonly step: string;
  /** The entries among which the mapping's own key stands, that one included. */
  readonly siblings: readonly MappingEntry[];
}

/** How entries are written. */
interface Style {
  readonly isQuoted: boolean;
  /** Between a key and its colon; where colons stand below each other, how far from the key's start they are. */
  readonly before: string | number;
  /** Between a colon and its value. */
  readonly behind: string;
  /** Behind the comma, where entries stand on one line. */
  readonly gap: string;
  /** Within braces that stand on one line. */
  readonly padding: string;
  /** Of entries on lines of their own: the indentation, and by how much more the next level has. */
  readonly lines?: { readonly column: string; readonly step: string };
}

/** Adds to a mapping in braces, as JSON has them, on lines of their own where it has those. */
export function addToFlow(
  file: SourceFile,
  { mapping, step, siblings }: FlowPlace,
  content: NewContent,
): readonly TextEdit[] {
  const { text } = file;
  const { entries, range } = mapping;
  const last = entries.at(-1);
  if (last === undefined) {
    const isOnLines = ({ key }: MappingEntry) => isFirstOnLine(text, key.range.start);
    const style = styleOf(file, siblings, step, isOnLines);
    return [{ location: file.location(range), newText: inBraces(content, style) }];
  }
  const isMultiline = !isOnOneLine(text, range.start, last.key.range.start);
  const within = indentationStep(
    indentationAt(text, range.start),
    columnAt(text, last.key.range.start),
  );
  const own = within.length <= WIDEST_STEP ? within : step;
  const style = styleOf(file, entries, own, () => isMultiline);
  const separator = style.lines === undefined ? style.gap : `\n${style.lines.column}`;
  const entry = renderEntries(content, style).join(`,${separator}`);
  const comma = /^\s*,/.exec(text.slice(last.value.range.end))?.[0].length ?? 0;
  const start = last.value.range.end + comma;
  const newText = comma > 0 ? `${separator}${entry},` : `,${separator}${entry}`;
  return [{ location: file.location({ start, end: start }), newText }];
}

/** As the last of these entries is written, if there is one. */
function styleOf(
  { text, path }: SourceFile,
  entries: readonly MappingEntry[],
  step: string,
  isOnLines: (last: MappingEntry) => boolean,
): Style {
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) {
    const isQuoted = path.endsWith(".json") || /^\s*\{/.test(text);
    return { isQuoted, before: "", behind: " ", gap: " ", padding: " " };
  }
  const { key, value } = last;
  const written = text.slice(key.range.end, value.range.start);
  const [, before = "", after = " "] = /^(\s*):(\s*)/.exec(written) ?? [];
  const behind = after.replace(/\s+$/, " ");
  const isTight = text[key.range.start - 1] === "," || (first === last && behind === "");
  return {
    isQuoted: key.style !== "plain",
    before: before.length > 1 ? key.range.end - key.range.start + before.length : before,
    behind,
    gap: isTight ? "" : " ",
    padding: text[first.key.range.start - 1] === "{" ? "" : " ",
    ...(isOnLines(last) ? { lines: { column: columnAt(text, key.range.start), step } } : {}),
  };
}

function renderEntries({ names, properties }: NewContent, style: Style): readonly string[] {
  const [name, ...deeper] = names;
  if (name === undefined) {
    return properties.map((property) => {
      const value = style.isQuoted ? JSON.stringify(property.value) : plain(property.value);
      return `${renderKey(property.name, style)}${value}`;
    });
  }
  return [`${renderKey(name, style)}${inBraces({ names: deeper, properties }, style)}`];
}

function renderKey(name: string, { isQuoted, before, behind }: Style): string {
  const key = isQuoted ? JSON.stringify(name) : name;
  const space = typeof before === "string" ? before : " ".repeat(Math.max(1, before - key.length));
  return `${key}${space}:${behind}`;
}

function inBraces(content: NewContent, style: Style): string {
  const { lines, gap, padding, before } = style;
  if (lines === undefined) {
    return `{${padding}${renderEntries(content, style).join(`,${gap}`)}${padding}}`;
  }
  const column = `${lines.column}${lines.step}`;
  const entries = renderEntries(content, {
    ...style,
    // Nothing stands there yet that colons could stand below.
    before: typeof before === "string" ? before : " ",
    lines: { ...lines, column },
  });
  return `{\n${entries.map((entry) => `${column}${entry}`).join(",\n")}\n${lines.column}}`;
}
