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

/**
 * The same, but of a location that spans lines only what stands on its first one: annotations on
 * several lines have no columns.
 */
export function oneBasedLine(files: Report["files"], location: Location): OneBasedRange {
  const { line, startColumn, endColumn } = firstLine(files, location);
  return {
    start: oneBased({ line, column: startColumn }),
    end: oneBased({ line, column: endColumn }),
  };
}

/** A stretch of text as Sonar counts it: lines from one, columns in UTF-16 code units from zero. */
export interface SonarRange {
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn?: number;
  readonly endColumn?: number;
}

/** Cut at the end of its first line; of an empty range, which Sonar rejects, the line alone. */
export function sonarRange(files: Report["files"], location: Location): SonarRange {
  const { line, startColumn, endColumn } = firstLine(files, location);
  const lines = { startLine: line + 1, endLine: line + 1 };
  return startColumn === endColumn ? lines : { ...lines, startColumn, endColumn };
}

/** Where a location begins and ends, lines and columns from one, columns in bytes of UTF-8. */
export function byteRange(files: Report["files"], location: Location): OneBasedRange {
  const file = fileOf(files, location);
  const position = (offset: number): Position => {
    const { line, column } = file.position(offset);
    return oneBased({ line, column: utf8Length(file.lineText(line).slice(0, column)) });
  };
  return { start: position(location.range.start), end: position(location.range.end) };
}

/** How many bytes the text has in UTF-8; half a surrogate pair counts as U+FFFD, which replaces it. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function fileOf(files: Report["files"], { path }: Location): SourceFile {
  return files.get(path) ?? new SourceFile(path, "");
}

function oneBased({ line, column }: Position): Position {
  return { line: line + 1, column: column + 1 };
}
