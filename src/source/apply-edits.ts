import type { TextEdit } from "./text-range.js";

/**
 * The text with all edits made, whose ranges are in the text as it was and must not overlap. Edits that
 * insert at the same place are made in the order given.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let edited = "";
  let end = 0;
  const inOrder = [...edits].sort(
    (left, right) => left.location.range.start - right.location.range.start,
  );
  for (const { location, newText } of inOrder) {
    edited += text.slice(end, location.range.start) + newText;
    end = location.range.end;
  }
  return edited + text.slice(end);
}
