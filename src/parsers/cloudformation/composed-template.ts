import type { SourceFile } from "../../source/source-file.js";
import type { Location, TextRange } from "../../source/text-range.js";
import type { Evaluated, Piece } from "../../values/evaluated.js";
import { lineOffsets } from "../../source/line-offsets.js";
import { encodedTemplate } from "./encoded-template.js";
import { type OuterSpan, withOuterValues } from "./outer-values.js";
import type { ParsedTemplate, TemplateFiles } from "./template-files.js";

/** Gives the file at a path that locations of values name. */
export type SourceOf = (path: string) => SourceFile | undefined;

/**
 * The template that a text of another dialect is, with places in that dialect's files. Parts of it
 * that are evaluated count as values from outside, known or not; undefined where what is not known
 * leaves no template.
 */
export function composedTemplate(
  text: Evaluated,
  files: TemplateFiles,
  sourceOf: SourceOf,
): ParsedTemplate | undefined {
  if (text.state !== "known" && text.state !== "unknown") return undefined;
  const { composition } = text;
  const place = text.origin.location;
  switch (composition?.kind) {
    case "file":
      return files.load(composition.path);
    case "encoded":
      return encodedTemplate(composition.value, place);
    case "pieces":
      return templateOfPieces(composition.pieces, place, files, sourceOf);
    // No template is passed in Base64, or as a part of an archive.
    case "base64":
    case "archive":
      return undefined;
    case undefined: {
      if (text.state === "unknown") return undefined;
      const { path } = place;
      return files.parseEmbedded({ path, text: String(text.value), toLocation: () => place });
    }
  }
}

/** A piece with its place in the text that all of them make. */
interface PlacedPiece {
  readonly range: TextRange;
  readonly location: Location;
  /** Of what is written as it is: the offset in the source of each character, and of the end. */
  readonly offsets?: readonly number[] | undefined;
}

function templateOfPieces(
  pieces: readonly Piece[],
  place: Location,
  files: TemplateFiles,
  sourceOf: SourceOf,
): ParsedTemplate | undefined {
  let text = "";
  const placed: PlacedPiece[] = [];
  const spans: OuterSpan[] = [];
  const mark = unusedWord(pieces);
  for (const [index, { isWritten, value }] of pieces.entries()) {
    const start = text.length;
    const name = `${mark}${index}`;
    text += value.state === "known" ? String(value.value) : name;
    const range = { start, end: text.length };
    const { location } = value.origin;
    const source = isWritten ? sourceOf(location.path) : undefined;
    const offsets =
      source === undefined
        ? undefined
        : lineOffsets(text.slice(start), source.text, location.range);
    placed.push({ range, location, offsets });
    if (!isWritten) spans.push({ range, name, value });
  }
  const toLocation = (range: TextRange) => locate(range, placed) ?? place;
  const parsed = files.parseEmbedded({ path: place.path, text, toLocation });
  const isGuessed = spans.some(({ value }) => value.state !== "known");
  if (isGuessed && parsed.errors.length > 0) return undefined;
  return withOuterValues(parsed, spans);
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
