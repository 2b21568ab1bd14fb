import { lineOffsets } from "../source/line-offsets.js";
import type { TextRange } from "../source/text-range.js";
import { offsetsInContent } from "./json/json-string.js";

/**
 * For each character of a scalar's text in YAML or JSON, or of the part of it that starts at its character
 * `offset`, and for the end, the offset in the source. `range` is the scalar's, with quotes or `|`. Undefined
 * where that is not simple, as in folded text.
 */
export function scalarOffsets(
  text: string,
  source: string,
  range: TextRange,
  offset = 0,
): readonly number[] | undefined {
  const length = offset + text.length + 1;
  const indentation = offset === 0 ? leadingSpaces(firstWithContent(text.split("\n"))) : 0;
  const own = offsetsOf(source, range, length, indentation)?.slice(offset, length);
  if (own?.length !== text.length + 1) return undefined;
  const isSame = own.slice(0, -1).every((at, index) => {
    // Escapes are written otherwise.
    return source.charAt(at) === text.charAt(index) || source.charAt(at) === "\\";
  });
  return isSame ? own : undefined;
}

/**
 * The same for lines of a text within a JSON string, of which `range` is the very stretch; they may stand
 * there further in than they are.
 */
export function escapedOffsets(
  text: string,
  source: string,
  { start, end }: TextRange,
): readonly number[] | undefined {
  const written = source.slice(start, end);
  const offsets = offsetsInContent(written).map((offset) => start + offset);
  const decoded = decodeContent(written);
  if (decoded?.length !== offsets.length - 1) return undefined;
  return lineOffsets(text, decoded, { start: 0, end: decoded.length })?.map(
    (index) => offsets[index] ?? start,
  );
}

function decodeContent(written: string): string | undefined {
  try {
    return JSON.parse(`"${written}"`) as string;
  } catch {
    return undefined;
  }
}

function offsetsOf(
  source: string,
  { start, end }: TextRange,
  length: number,
  indentation: number,
): readonly number[] | undefined {
  switch (source.charAt(start)) {
    case "|":
      return literalOffsets(source, start, length, indentation);
    case ">":
      return undefined;
    case '"': {
      const content = source.slice(start + 1, end - 1);
      return content.includes("\n")
        ? undefined
        : offsetsInContent(content).map((offset) => start + 1 + offset);
    }
    case "'":
      return consecutive(start + 1, end - 1);
    default:
      return consecutive(start, end);
  }
}

function consecutive(start: number, end: number): readonly number[] {
  return Array.from({ length: Math.max(0, end - start + 1) }, (_, index) => start + index);
}

/**
 * Lines stay what they are, without the indentation they have in common, which the first with content
 * shows: it has as much more as `indentation` says. A range may end before line breaks that the text keeps.
 */
function literalOffsets(
  source: string,
  start: number,
  length: number,
  indentation: number,
): readonly number[] {
  const offsets: number[] = [];
  let common: number | undefined;
  let lineStart = source.indexOf("\n", start) + 1;
  while (lineStart > 0 && lineStart <= source.length && offsets.length < length) {
    const newline = source.indexOf("\n", lineStart);
    const lineEnd = newline === -1 ? source.length : newline;
    const line = source.slice(lineStart, lineEnd);
    if (line.trim() !== "") common ??= leadingSpaces(line) - indentation;
    const first = Math.min(lineStart + (common ?? 0), lineEnd);
    const last = line.endsWith("\r") ? lineEnd - 1 : lineEnd;
    for (let position = first; position < last; position += 1) offsets.push(position);
    offsets.push(lineEnd);
    lineStart = lineEnd + 1;
  }
  // The end of a text whose last line has an ending.
  offsets.push(lineStart);
  return offsets;
}

function firstWithContent(lines: readonly string[]): string {
  return lines.find((line) => line.trim() !== "") ?? "";
}

function leadingSpaces(line: string): number {
  return line.length - line.trimStart().length;
}
