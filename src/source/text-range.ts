/**
 * Half-open stretch `[start, end)` of one file's text. Offsets are zero-based
 * UTF-16 code units, as JavaScript strings, LSP and the `yaml` package count.
 */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A stretch of a named file. `path` is absolute, with forward slashes. */
export interface Location {
  readonly path: string;
  readonly range: TextRange;
}

/** Zero-based line and zero-based UTF-16 column, as LSP counts. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Replaces the text at `location` by `newText`; an empty range inserts. */
export interface TextEdit {
  readonly location: Location;
  readonly newText: string;
}

/** Whether `inner` lies within `outer`; touching ends count as within. */
export function contains(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
