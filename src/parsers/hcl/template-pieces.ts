import { Char, lineEndingLength } from "./character.js";
import { type ForVariables, parseForVariables } from "./for-variables.js";
import { findClosingMarkerEnd } from "./heredoc-marker.js";
import type { Expression } from "./syntax-tree.js";
import { decodePlainText, decodeQuotedText } from "./template-text.js";
import { TokenKind } from "./token-kind.js";
import type { TokenReader } from "./token-reader.js";

/**
 * A template before its directives are nested: a flat row of texts and sequences. Trimming and
 * dedenting go by what stands next to each other in the source, so they work on this form.
 * Offsets are within the reader's text.
 */
export type TemplatePiece = TextPiece | SequencePiece;

/** Literal text; of heredocs and whole-text templates at most one line, which is what `~` trims. */
export interface TextPiece {
  readonly kind: "text";
  value: string;
  start: number;
  readonly end: number;
}

/** `${ … }` or `%{ … }`. */
export interface SequencePiece {
  readonly kind: "sequence";
  readonly content: SequenceContent;
  /** Whether it says `${~`, and so trims the text before it. */
  readonly trimsBefore: boolean;
  /** Whether it says `~}`. */
  readonly trimsAfter: boolean;
  readonly start: number;
  readonly end: number;
}

/** What is written in a sequence. */
export type SequenceContent = InterpolationContent | IfContent | ForContent | MarkContent;

/** `${ expression }`. */
export interface InterpolationContent {
  readonly kind: "interpolation";
  readonly expression: Expression;
}

/** `%{ if condition }`. */
export interface IfContent {
  readonly kind: "if";
  readonly condition: Expression;
}

/** `%{ for key, value in collection }`. */
export interface ForContent extends ForVariables {
  readonly kind: "for";
  readonly collection: Expression;
}

/** `%{ else }`, `%{ endif }` or `%{ endfor }`. */
export interface MarkContent {
  readonly kind: "else" | "endif" | "endfor";
}

/**
 * Reads a quoted template from behind its opening quote into `pieces`. Gives the offset behind the
 * closing one; a string that nobody closed ends with its line.
 */
export function readQuotedPieces(reader: TokenReader, pieces: TemplatePiece[]): number {
  const { text } = reader;
  let at = reader.end;
  let textStart = at;
  const endText = (end: number): void => {
    if (end === textStart) return;
    const value = decodeQuotedText(reader, textStart, end);
    pieces.push({ kind: "text", value, start: textStart, end });
  };
  for (;;) {
    const code = at < text.length ? text.charCodeAt(at) : Char.None;
    if (code === Char.DoubleQuote) {
      endText(at);
      return at + 1;
    }
    if (code === Char.None || lineEndingLength(text, at) > 0) {
      reader.fail('missing `"` at the end of the string', reader.range(at, at));
      endText(at);
      return at;
    }
    if (code === Char.Backslash) {
      at += at + 1 < text.length && lineEndingLength(text, at + 1) === 0 ? 2 : 1;
    } else if (startsSequence(text, at)) {
      endText(at);
      const sequence = readSequence(reader, at);
      pieces.push(sequence);
      at = textStart = sequence.end;
    } else {
      if (isLoneCarriageReturn(text, at)) reportLoneCarriageReturn(reader, at);
      at = skipMarks(text, at);
    }
  }
}

/**
 * Reads template text outside quotes into `pieces`, from `start` up to `limit` or to the line with
 * the closing marker of a heredoc. Gives the end of that line, or undefined if there is none.
 */
export function readPlainPieces(
  reader: TokenReader,
  pieces: TemplatePiece[],
  start: number,
  limit: number,
  marker: string | undefined,
): number | undefined {
  const { text } = reader;
  let at = start;
  let textStart = start;
  let startsLine = true;
  const endText = (end: number): void => {
    if (end === textStart) return;
    const value = decodePlainText(text.slice(textStart, end));
    pieces.push({ kind: "text", value, start: textStart, end });
    textStart = end;
  };
  while (at < limit) {
    if (startsLine && marker !== undefined) {
      const markerEnd = findClosingMarkerEnd(text, at, marker);
      if (markerEnd !== undefined) return markerEnd;
    }
    startsLine = false;
    const code = text.charCodeAt(at);
    if (code === Char.LineFeed) {
      at++;
      endText(at);
      startsLine = true;
    } else if (startsSequence(text, at)) {
      endText(at);
      const sequence = readSequence(reader, at);
      pieces.push(sequence);
      at = textStart = sequence.end;
    } else if (isLoneCarriageReturn(text, at)) {
      if (marker === undefined) {
        // HCL's own lexer gives up here: the rest of such a file is text, `${` and all.
        endText(at);
        at = limit;
      } else {
        reportLoneCarriageReturn(reader, at);
        at++;
      }
    } else {
      at = skipMarks(text, at);
    }
  }
  endText(Math.max(textStart, limit));
  return undefined;
}

/** Whether a sequence starts at `at`: `$` or `%`, and `{`. To be asked at the first of several marks. */
function startsSequence(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (
    (code === Char.Dollar || code === Char.Percent) && text.charCodeAt(at + 1) === Char.OpenBrace
  );
}

/** Behind the character at `at`, and behind all of `$$$` and its `{`: two marks or more are an escape. */
function skipMarks(text: string, at: number): number {
  const mark = text.charCodeAt(at);
  let end = at + 1;
  if (mark !== Char.Dollar && mark !== Char.Percent) return end;
  while (text.charCodeAt(end) === mark) end++;
  return text.charCodeAt(end) === Char.OpenBrace ? end + 1 : end;
}

function isLoneCarriageReturn(text: string, at: number): boolean {
  return text.charCodeAt(at) === Char.CarriageReturn && lineEndingLength(text, at) === 0;
}

function reportLoneCarriageReturn(reader: TokenReader, at: number): void {
  const message = "a carriage return may only stand before a line feed";
  reader.report("syntax", message, reader.range(at, at + 1));
}

/** Reads the sequence that starts at `start`. An unclosed one ends where reading it did. */
function readSequence(reader: TokenReader, start: number): SequencePiece {
  const { text } = reader;
  const isDirective = text.charCodeAt(start) === Char.Percent;
  const trimsBefore = text.charCodeAt(start + 2) === Char.Tilde;
  const contentStart = trimsBefore ? start + 3 : start + 2;
  const outer = reader.open(TokenKind.TrimBrace, true, contentStart);
  const content: SequenceContent = isDirective
    ? readDirective(reader)
    : { kind: "interpolation", expression: reader.parseExpression() };
  const trimsAfter = reader.at(TokenKind.TrimBrace);
  const isClosed = trimsAfter || reader.at(TokenKind.CloseBrace);
  if (!isClosed) {
    reader.failMissing(TokenKind.CloseBrace, isDirective ? "directive" : "interpolation", start);
  }
  reader.leave(outer);
  const end = isClosed ? reader.end : reader.previousEnd;
  reader.forgetCommentsFrom(end);
  return { kind: "sequence", content, trimsBefore, trimsAfter, start, end };
}

function readDirective(reader: TokenReader): SequenceContent {
  const { start } = reader;
  if (reader.atWord("if")) {
    reader.next();
    return { kind: "if", condition: reader.parseExpression() };
  }
  if (reader.atWord("for")) {
    reader.next();
    const variables = parseForVariables(reader);
    if (variables === undefined) {
      return { kind: "interpolation", expression: reader.invalid(start) };
    }
    const { key, value } = variables;
    return { kind: "for", key, value, collection: reader.parseExpression() };
  }
  for (const kind of ["else", "endif", "endfor"] as const) {
    if (!reader.atWord(kind)) continue;
    reader.next();
    return { kind };
  }
  reader.failExpected("`if`, `else`, `endif`, `for` or `endfor`");
  return { kind: "interpolation", expression: reader.missing() };
}
