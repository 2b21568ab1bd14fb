import { offsetsInContent } from "./json/json-string.js";
import { lineOffsets } from "../source/line-offsets.js";
import type { TextRange } from "../source/text-range.js";

/**
 * For each character of a scalar of YAML or JSON that is written out in a range, and for its end, its offset
 * in the source: of a block scalar, or of text within quotes, escapes or not.
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
