import type { ReadText } from "./file-system.js";
import type { Location, Position, TextRange } from "./text-range.js";

/**
 * One file's text. The line table is made on the first question about a
 * position, so files without findings never pay for it.
 */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  /** Whether a byte order mark stands before the text, for whoever counts the file's very characters. */
  readonly hasByteOrderMark: boolean;
  #lineStarts: readonly number[] | undefined;

  /** Takes an absolute path with forward slashes, and the decoded text without a byte order mark. */
  constructor(path: string, text: string, hasByteOrderMark = false) {
    this.path = path;
    this.text = text;
    this.hasByteOrderMark = hasByteOrderMark;
  }

  /** A file by its absolute path and what reading it gave. */
  static of(path: string, read: ReadText): SourceFile {
    return new SourceFile(path, read.text, read.hasByteOrderMark);
  }

  /**
   * Line and column of an offset, both zero-based; the column counts UTF-16 code
   * units. Offsets outside the text are taken as its nearer end.
   */
  position(offset: number): Position {
    const lineStarts = this.#lines();
    const wanted = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lineStarts[middle] ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: wanted - (lineStarts[low] ?? 0) };
  }

  /** Where somebody who reads of a stretch of the text is sent. */
  location(range: TextRange): Location {
    return { path: this.path, range };
  }

  /** The offset of a zero-based line and column; that of the text's end beyond the last line. */
  offset({ line, column }: Position): number {
    return Math.min((this.#lines()[line] ?? this.text.length) + column, this.text.length);
  }

  /** Text of the zero-based line, without its line ending; empty beyond the last line. */
  lineText(line: number): string {
    const lineStarts = this.#lines();
    const start = lineStarts[line];
    if (start === undefined) return "";
    const end = lineStarts[line + 1] ?? this.text.length;
    return this.text.slice(start, end).replace(/\r?\n$|\r$/, "");
  }

  #lines(): readonly number[] {
    this.#lineStarts ??= findLineStarts(this.text);
    return this.#lineStarts;
  }
}

/** Offsets at which lines start. `\n`, `\r\n` and a lone `\r` end a line, as in LSP. */
function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  const ending = /\r\n|\n|\r/g;
  while (ending.exec(text) !== null) starts.push(ending.lastIndex);
  return starts;
}
