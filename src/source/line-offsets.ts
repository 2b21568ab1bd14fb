import type { TextRange } from "./text-range.js";

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
