import type { SourceFile } from "../source/source-file.js";
import type { Location, TextRange } from "../source/text-range.js";
import type { Evaluated, Piece } from "../values/evaluated.js";
import { lineOffsets } from "../source/line-offsets.js";
import { escapedOffsets, scalarOffsets } from "./scalar-offsets.js";

/** Gives the file at a path that locations of values name. */
export type SourceOf = (path: string) => SourceFile | undefined;

/** A text that was put together, with a word for each part that is not known. */
export interface ComposedText {
  readonly text: string;
  /** The parts that were evaluated, known or not, in order. */
  readonly spans: readonly EvaluatedSpan[];
  /** Where a range of the text is written. */
  readonly toLocation: (range: TextRange) => Location;
}

/** A part of a text that stands for a value. */
export interface EvaluatedSpan {
  readonly range: TextRange;
  /** What stands there in the text where the value is not known; it occurs nowhere else. */
  readonly name: string;
  readonly value: Evaluated;
}

/** A piece with its place in the text that all of them make. */
interface PlacedPiece {
  readonly range: TextRange;
  readonly location: Location;
  /** Of what is written as it is: the offset in the source of each character, and of the end. */
  readonly offsets?: readonly number[] | undefined;
}

/** Puts the pieces of a text together, which as a whole stands at `place`. */
export function composeText(
  pieces: readonly Piece[],
  place: Location,
  sourceOf: SourceOf,
): ComposedText {
  let text = "";
  const placed: PlacedPiece[] = [];
  const spans: EvaluatedSpan[] = [];
  const mark = unusedWord(pieces);
  for (const [index, { isWritten, offset, value }] of pieces.entries()) {
    const start = text.length;
    const name = `${mark}${index}x`;
    text += value.state === "known" ? String(value.value) : name;
    const range = { start, end: text.length };
    const { location } = value.origin;
    const source = isWritten ? sourceOf(location.path) : undefined;
    const offsets =
      source === undefined
        ? undefined
        : offsetsIn(source.text, text.slice(start), location.range, offset);
    placed.push({ range, location, offsets });
    if (!isWritten) spans.push({ range, name, value });
  }
  return { text, spans, toLocation: (range) => locate(range, placed) ?? place };
}

/**
 * Of a part of a longer scalar, `offset` says from which character on; any other text stands in lines, or in
 * quotes with escapes.
 */
function offsetsIn(source: string, text: string, range: TextRange, offset?: number) {
  return offset === undefined
    ? (lineOffsets(text, source, range) ?? escapedOffsets(text, source, range))
    : scalarOffsets(text, source, range, offset);
}

/** A word that occurs nowhere in the texts, to stand for what is not known. */
function unusedWord(pieces: readonly Piece[]): string {
  const all = pieces.map(({ value }) => (value.state === "known" ? String(value.value) : ""));
  let word = "Unknown";
  while (all.some((text) => text.includes(word))) word += "X";
  return word;
}

/** From where the first character stands to where the last does; undefined if those are different files. */
function locate({ start, end }: TextRange, pieces: readonly PlacedPiece[]): Location | undefined {
  const first = pieces.find(({ range }) => range.start <= start && start < range.end);
  const last = pieces.find(({ range }) => range.start < end && end <= range.end) ?? first;
  if (first === undefined || last === undefined || first.location.path !== last.location.path) {
    return undefined;
  }
  const from = first.offsets?.[start - first.range.start] ?? first.location.range.start;
  const to = last.offsets?.[end - last.range.start] ?? last.location.range.end;
  // Values may stand before the text that they are put into.
  return from <= to
    ? { path: first.location.path, range: { start: from, end: to } }
    : first.location;
}
