import { Char } from "./character.js";
import { findHeredocLimit, readHeredocMarker } from "./heredoc-marker.js";
import type { TemplateExpression, TemplatePart } from "./syntax-tree.js";
import { dedentPieces, nestPieces, trimPieces } from "./template-parts.js";
import { readPlainPieces, readQuotedPieces, type TemplatePiece } from "./template-pieces.js";
import type { TokenReader } from "./token-reader.js";

/** Reads a quoted template; the current token must be its opening quote. */
export function parseQuotedTemplate(reader: TokenReader): TemplateExpression {
  const { start } = reader;
  const plainEnd = findPlainEnd(reader.text, reader.end);
  let end: number;
  let parts: readonly TemplatePart[];
  if (plainEnd === undefined) {
    const pieces: TemplatePiece[] = [];
    end = readQuotedPieces(reader, pieces);
    trimPieces(pieces);
    parts = nestPieces(reader, pieces);
  } else {
    end = plainEnd + 1;
    parts = plainParts(reader, start + 1, plainEnd);
  }
  reader.continueAt(end);
  return { kind: "template", style: "quoted", parts, range: reader.range(start, end) };
}

/** Reads a heredoc; the current token must be its start. */
export function parseHeredoc(reader: TokenReader): TemplateExpression {
  const { text, start, end: contentStart } = reader;
  const token = text.slice(start, contentStart);
  const marker = readHeredocMarker(token);
  if (/[ \t]\r?\n$/.test(token)) {
    const message = `nothing may stand behind \`${token.trimEnd()}\` on its line, not even blanks`;
    reader.report("syntax", message, reader.range(start, start + token.trimEnd().length));
  }
  const limit = findHeredocLimit(reader, contentStart, marker);
  const pieces: TemplatePiece[] = [];
  const markerEnd = readPlainPieces(reader, pieces, contentStart, limit, marker.name);
  if (markerEnd === undefined) {
    const message = `missing \`${marker.name}\` on a line of its own to end the heredoc`;
    reader.fail(message, reader.range(start, start + 2));
  } else if (markerEnd === text.length) {
    const message = `missing line ending behind \`${marker.name}\`, which ends the heredoc`;
    reader.report("syntax", message, reader.range(markerEnd, markerEnd));
  }
  trimPieces(pieces);
  if (marker.isIndented) dedentPieces(pieces);
  const parts = nestPieces(reader, pieces);
  const end = markerEnd ?? Math.max(limit, pieces.at(-1)?.end ?? 0);
  reader.continueAt(end);
  return { kind: "template", style: "heredoc", parts, range: reader.range(start, end) };
}

/** Reads the whole text as a template. */
export function parseBareTemplate(reader: TokenReader): readonly TemplatePart[] {
  const pieces: TemplatePiece[] = [];
  readPlainPieces(reader, pieces, reader.end, reader.text.length, undefined);
  trimPieces(pieces);
  return nestPieces(reader, pieces);
}

/** Where the closing quote is, if everything up to it stands for itself: the common case. */
function findPlainEnd(text: string, start: number): number | undefined {
  for (let at = start; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case Char.DoubleQuote:
        return at;
      case Char.Backslash:
      case Char.LineFeed:
      case Char.CarriageReturn:
        return undefined;
      case Char.Dollar:
      case Char.Percent:
        if (text.charCodeAt(at + 1) === Char.OpenBrace) return undefined;
        break;
    }
  }
  return undefined;
}

function plainParts(reader: TokenReader, start: number, end: number): readonly TemplatePart[] {
  if (start === end) return [];
  return [{ kind: "text", value: reader.text.slice(start, end), range: reader.range(start, end) }];
}
