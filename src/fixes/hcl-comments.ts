import type { Comment } from "../parsers/hcl/syntax-tree.js";
import type { SourceFile } from "../source/source-file.js";
import type { TextEdit } from "../source/text-range.js";
import { lineEnd, lineStart } from "./layout.js";

/** The end of the line of `offset`, behind a comment that starts on it, however many lines that has. */
export function endOfLine(text: string, offset: number, comments: readonly Comment[]): number {
  const end = lineEnd(text, offset);
  const over = comments.find(({ range }) => range.start < end && end < range.end);
  return over === undefined ? end : endOfLine(text, over.range.end, comments);
}

/** A line that ends with a comment. Offsets count in the file. */
interface CommentedLine {
  readonly start: number;
  /** Where what the comment stands behind ends. */
  readonly contentEnd: number;
  readonly comment: number;
}

/**
 * Edits within adjoining lines, and those that keep the comments at the ends of these and further lines below
 * each other as `terraform fmt` does: one space behind the longest line. Comments that do not stand so stay
 * where they are.
 */
export function withAlignedComments(
  file: SourceFile,
  comments: readonly Comment[],
  edits: readonly TextEdit[],
): readonly TextEdit[] {
  const { text } = file;
  const [first] = edits;
  if (first === undefined) return [];
  const lines = commentedLinesAround(text, comments, first.location.range.start);
  const columnBefore = commentColumn(lines, () => 0);
  if (lines.some((line) => line.comment - line.start !== columnBefore)) return edits;
  const growthOf = (line: CommentedLine) =>
    edits
      .filter(({ location: { range } }) => line.start <= range.start && range.end <= line.comment)
      .reduce(
        (sum, { location: { range }, newText }) => sum + newText.length - (range.end - range.start),
        0,
      );
  const column = commentColumn(lines, growthOf);
  const gaps = lines.flatMap((line): readonly TextEdit[] => {
    const width = column - (line.contentEnd - line.start + growthOf(line));
    if (width === line.comment - line.contentEnd) return [];
    const range = { start: line.contentEnd, end: line.comment };
    return [{ location: file.location(range), newText: " ".repeat(width) }];
  });
  return [...edits, ...gaps];
}

function commentColumn(
  lines: readonly CommentedLine[],
  growthOf: (line: CommentedLine) => number,
): number {
  return Math.max(0, ...lines.map((line) => line.contentEnd - line.start + growthOf(line) + 1));
}

/** The line of an offset and those right above and below that end with a comment, too; none where it does not. */
function commentedLinesAround(
  text: string,
  comments: readonly Comment[],
  offset: number,
): readonly CommentedLine[] {
  const own = commentedLine(text, comments, offset);
  if (own === undefined) return [];
  return [
    ...adjoining(own, (line) => commentedLine(text, comments, line.start - 1)).toReversed(),
    own,
    ...adjoining(own, (line) => commentedLine(text, comments, nextLine(text, line.comment))),
  ];
}

/** The offset where the line after that of `offset` starts; -1 where there is none. */
function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end === -1 ? -1 : end + 1;
}

function adjoining(
  from: CommentedLine,
  next: (line: CommentedLine) => CommentedLine | undefined,
): readonly CommentedLine[] {
  const lines: CommentedLine[] = [];
  for (let line = next(from); line !== undefined; line = next(line)) lines.push(line);
  return lines;
}

function commentedLine(
  text: string,
  comments: readonly Comment[],
  offset: number,
): CommentedLine | undefined {
  if (offset < 0 || offset > text.length) return undefined;
  const start = lineStart(text, offset);
  const end = lineEnd(text, start);
  const comment = comments.find(({ range }) => start <= range.start && range.start < end);
  if (comment === undefined || text.startsWith("/*", comment.range.start)) return undefined;
  const content = text.slice(start, comment.range.start).trimEnd();
  if (content === "") return undefined;
  return { start, contentEnd: start + content.length, comment: comment.range.start };
}
