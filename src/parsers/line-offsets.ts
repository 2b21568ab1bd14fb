import { offsetsInContent } from "./json/json-string.js";
import type { TextRange } from "../source/text-range.js";

/**
 * For each character of a text and for its end, its offset in the source, where the lines of a range
 * are those of the text behind their indentation; undefined where they are not.
 */
export function lineOffsets(
  text: string,
  source: string,
  { start, end }: TextRange,
): readonly number[] | undefined {
  const offsets: number[] = [];
  let lineStart = start;
  for (const line of text.split("\n")) {
    const newline = source.indexOf("\n", lineStart);
    const lineEnd = newline === -1 ? end : Math.min(newline, end);
    const written = source.slice(lineStart, lineEnd).replace(/\r$/, "");
    if (lineStart > end || !written.endsWith(line)) return undefined;
    const first = lineStart + written.length - line.length;
    for (let index = 0; index <= line.length; index++) offsets.push(first + index);
    lineStart = lineEnd + 1;
  }
  return offsets;
}

/**
 * The same for a scalar of YAML or JSON that is written out in a range: a block scalar, or text within
 * quotes, escapes or not.
 */
export function writtenOffsets(
  text: string,
  source: string,
  { start, end }: TextRange,
): readonly number[] | undefined {
  const written = source.slice(start, end);
  if (written.startsWith("|")) {
    const newline = source.indexOf("\n", start);
    // The range may end before the line breaks that the text keeps.
    return newline === -1
      ? undefined
      : lineOffsets(text, source, {
          start: newline + 1,
          end: Math.max(end, newline + 1) + text.length,
        });
  }
  if (written.startsWith('"') && !written.includes("\n")) {
    const offsets = offsetsInContent(written.slice(1, -1)).map((offset) => start + 1 + offset);
    return offsets.length === text.length + 1 ? offsets : undefined;
  }
  const inset = written.startsWith("'") ? 1 : 0;
  if (source.slice(start + inset, end - inset) !== text) return undefined;
  return Array.from({ length: text.length + 1 }, (_, index) => start + inset + index);
}
