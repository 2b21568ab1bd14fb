import type { Location as LspLocation, Position, Range } from "vscode-languageserver";
import { SourceFile } from "../source/source-file.js";
import type { Location, TextRange } from "../source/text-range.js";
import { uriOf } from "./uris.js";

/** The texts that locations count in, by path. */
export type Files = ReadonlyMap<string, SourceFile>;

/** A location as the protocol has it: zero-based lines and UTF-16 columns, as ours are. */
export function rangeOf(files: Files, { path, range }: Location): Range {
  return rangeIn(files.get(path) ?? new SourceFile(path, ""), range);
}

/** A stretch of a text as the protocol has it. */
export function rangeIn(file: SourceFile, range: TextRange): Range {
  const toPosition = (offset: number) => {
    const { line, column } = file.position(offset);
    return { line, character: column };
  };
  return { start: toPosition(range.start), end: toPosition(range.end) };
}

/** The offset of a position of the protocol; that of the line's end beyond it. */
export function offsetOf(file: SourceFile, { line, character }: Position): number {
  return file.offset({ line, column: Math.min(character, file.lineText(line).length) });
}

/** A location with the URI of its file. */
export function locationOf(files: Files, location: Location): LspLocation {
  return { uri: uriOf(location.path), range: rangeOf(files, location) };
}

/** Whether two ranges have a position in common; touching ends count. */
export function overlap(one: Range, other: Range): boolean {
  return !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
}

function isBefore(one: Range["start"], other: Range["start"]): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}
