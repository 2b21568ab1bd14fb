import type { Report } from "../findings/report.js";
import { SourceFile } from "../source/source-file.js";
import type { Location, Position } from "../source/text-range.js";

/**
 * A stretch of text as people, JSON and SARIF count it: lines and columns from one, columns in
 * UTF-16 code units, `end` behind the last character.
 */
export interface OneBasedRange {
  readonly start: Position;
  readonly end: Position;
}

/** The part of a location that stands on its first line. */
export interface LineRange {
  /** Zero-based. */
  readonly line: number;
  /** The whole line, without its line ending. */
  readonly text: string;
  /** Zero-based UTF-16 columns, half-open, within `text`. */
  readonly startColumn: number;
  readonly endColumn: number;
}

/** Where a location begins and ends; a file that is not in the report counts as empty. */
export function oneBasedRange(files: Report["files"], location: Location): OneBasedRange {
  const file = fileOf(files, location);
  return {
    start: oneBased(file.position(location.range.start)),
    end: oneBased(file.position(location.range.end)),
  };
}

/** Cuts a location at the end of its first line: enough to find the place, and tight enough to show. */
export function firstLine(files: Report["files"], location: Location): LineRange {
  const file = fileOf(files, location);
  const start = file.position(location.range.start);
  const end = file.position(location.range.end);
  const text = file.lineText(start.line);
  // A range may begin within a line ending, which is not part of the line's text.
  const startColumn = Math.min(start.column, text.length);
  const isMultiLine = end.line > start.line;
  const endColumn = isMultiLine ? text.trimEnd().length : Math.min(end.column, text.length);
  return { line: start.line, text, startColumn, endColumn: Math.max(startColumn, endColumn) };
}

function fileOf(files: Report["files"], { path }: Location): SourceFile {
  return files.get(path) ?? new SourceFile(path, "");
}

function oneBased({ line, column }: Position): Position {
  return { line: line + 1, column: column + 1 };
}
