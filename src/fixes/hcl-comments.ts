import type { Comment } from "../parsers/hcl/syntax-tree.js";
import { lineEnd } from "./layout.js";

/** The end of the line of `offset`, behind a comment that starts on it, however many lines that has. */
export function endOfLine(text: string, offset: number, comments: readonly Comment[]): number {
  const end = lineEnd(text, offset);
  const over = comments.find(({ range }) => range.start < end && end < range.end);
  return over === undefined ? end : endOfLine(text, over.range.end, comments);
}
