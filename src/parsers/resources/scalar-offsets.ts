import { lineOffsets } from "../../source/line-offsets.js";
import type { TextRange } from "../../source/text-range.js";
import { offsetsInContent } from "../json/json-string.js";

/**
 * For each character of a part of a scalar's text, and for its end, its offset in the source; undefined
 * where that is not simple, as in folded text. `range` is the scalar's, with quotes or `|`; `offset` says
 * from which character of its text on the part runs.
 */
export function scalarOffsets(
  source: string,
  range: TextRange,
  part: string,
  offset: number,
): readonly number[] | undefined {
  const all = offsetsOf(source, range);
  const own = all?.slice(offset, offset + part.length + 1);
  if (own?.length !== part.length + 1) return undefined;
  const isSame = own.slice(0, -1).every((at, index) => {
    // Escapes are written otherwise.
    return source.charAt(at) === part.charAt(index) || source.charAt(at) === "\\";
  });
  return isSame ? own : undefined;
}

/**
 * The same for lines of a text within a JSON string, of which `range` is the very stretch; they may stand
 * there further in than they are.
 */
export function escapedOffsets(
  source: string,
  { start, end }: TextRange,
  text: string,
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

function offsetsOf(source: string, { start, end }: TextRange): readonly number[] | undefined {
  switch (source.charAt(start)) {
    case "|":
      return literalOffsets(source, { start, end });
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

/** Lines stay what they are, without the indentation of the first that is not empty. */
function literalOffsets(source: string, { start, end }: TextRange): readonly number[] {
  const offsets: number[] = [];
  let lineStart = source.indexOf("\n", start) + 1;
  let indentation: number | undefined;
  while (lineStart > 0 && lineStart <= end) {
    const newline = source.indexOf("\n", lineStart);
    const lineEnd = newline === -1 ? source.length : newline;
    const line = source.slice(lineStart, lineEnd);
    if (line.trim() !== "") indentation ??= line.length - line.trimStart().length;
    const first = Math.min(lineStart + (indentation ?? 0), lineEnd);
    const last = line.endsWith("\r") ? lineEnd - 1 : lineEnd;
    for (let position = first; position < last; position += 1) offsets.push(position);
    offsets.push(lineEnd);
    lineStart = lineEnd + 1;
    if (newline === -1) break;
  }
  // The end of a text whose last line has an ending.
  offsets.push(lineStart);
  return offsets;
}
