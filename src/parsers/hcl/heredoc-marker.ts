import { Char, isWhiteSpace, lineEndingLength } from "./character.js";
import type { TokenReader } from "./token-reader.js";

/** What the first line of a heredoc says. */
export interface HeredocMarker {
  readonly name: string;
  /** Whether it was `<<-`, which takes common indentation away. */
  readonly isIndented: boolean;
}

/** Reads `<<NAME` or `<<-NAME` from a token of kind `HeredocStart`. */
export function readHeredocMarker(token: string): HeredocMarker {
  const isIndented = token.charCodeAt(2) === Char.Minus;
  return { name: token.slice(isIndented ? 3 : 2).trimEnd(), isIndented };
}

/** End of the line at `lineStart` (before its line ending) if it holds the marker and nothing else. */
export function findClosingMarkerEnd(
  text: string,
  lineStart: number,
  name: string,
): number | undefined {
  const nameStart = skipBlanks(text, lineStart);
  if (!text.startsWith(name, nameStart)) return undefined;
  const end = skipBlanks(text, nameStart + name.length);
  return end === text.length || lineEndingLength(text, end) > 0 ? end : undefined;
}

/** Skips white space within the line. A lone carriage return is an error and no white space. */
function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === Char.LineFeed || code === Char.CarriageReturn || !isWhiteSpace(code)) break;
    at++;
  }
  return at;
}

/** `name "label" {`: hardly ever the text of a heredoc if it is indented less than the heredoc's start. */
const labelledHeader = /([ \t]*)[\w-]+(?:[ \t]+"[^"\n]*")+[ \t]*\{[ \t]*\r?$/my;

/** `name = …` or `name {`. Shell scripts write the first without blanks. */
const item = /([ \t]*)(?:[\w-]+[ \t]+=[ \t]|[\w-]+(?:[ \t]+[\w-]+)*[ \t]*\{[ \t]*\r?$)/my;

/** `}`, if what comes next looks like HCL as well or is the end: scripts have such lines too. */
const closingBrace = /([ \t]*)\}[ \t]*\r?\n\s*(?:[\w-]+[ \t]+(?:=[ \t]|"|\{)|[}#/]|(?![^]))/y;

/**
 * Where a heredoc ends at the latest, going by indentation: before the line ending in front of the
 * first line that looks like HCL again. `start` is where its text starts, after `marker`. Only asked
 * about broken texts; a heredoc with its closing marker is believed unless a labelled block header
 * comes first.
 */
export function findHeredocLimit(
  reader: TokenReader,
  start: number,
  marker: HeredocMarker,
): number {
  const { text, layout } = reader;
  if (layout === undefined) return text.length;
  const indent = layout.indentOf(reader.start);
  const isClosed = layout.hasLineFrom(start, marker.name);
  let lineStart = start;
  while (lineStart < text.length) {
    if (findClosingMarkerEnd(text, lineStart, marker.name) !== undefined) return text.length;
    const header = matchIndent(labelledHeader, text, lineStart);
    const other = isClosed
      ? undefined
      : (matchIndent(item, text, lineStart) ?? matchIndent(closingBrace, text, lineStart));
    if ((header !== undefined && header < indent) || (other !== undefined && other <= indent)) {
      return lineStart - (text.charCodeAt(lineStart - 2) === Char.CarriageReturn ? 2 : 1);
    }
    const lineFeed = text.indexOf("\n", lineStart);
    if (lineFeed === -1) break;
    lineStart = lineFeed + 1;
  }
  return text.length;
}

/** How far the line at `lineStart` is indented, if the sticky pattern matches it. */
function matchIndent(pattern: RegExp, text: string, lineStart: number): number | undefined {
  pattern.lastIndex = lineStart;
  return pattern.exec(text)?.[1]?.length;
}
