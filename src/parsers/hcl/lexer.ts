import type { TextRange } from "../../source/text-range.js";
import { Char, findIdentifierEnd, isBlank, isDigit, lineEndingLength } from "./character.js";
import { TokenKind } from "./token-kind.js";

/** Kinds of the characters that are a token by themselves and never the start of a longer one. */
const singleCharacterKind = new Uint8Array(128).fill(TokenKind.Invalid);
singleCharacterKind[Char.OpenBrace] = TokenKind.OpenBrace;
singleCharacterKind[Char.CloseBrace] = TokenKind.CloseBrace;
singleCharacterKind[Char.OpenBracket] = TokenKind.OpenBracket;
singleCharacterKind[Char.CloseBracket] = TokenKind.CloseBracket;
singleCharacterKind[Char.OpenParen] = TokenKind.OpenParen;
singleCharacterKind[Char.CloseParen] = TokenKind.CloseParen;
singleCharacterKind[Char.DoubleQuote] = TokenKind.Quote;
singleCharacterKind[Char.Comma] = TokenKind.Comma;
singleCharacterKind[Char.Question] = TokenKind.Question;
singleCharacterKind[Char.Plus] = TokenKind.Plus;
singleCharacterKind[Char.Minus] = TokenKind.Minus;
singleCharacterKind[Char.Star] = TokenKind.Star;
singleCharacterKind[Char.Slash] = TokenKind.Slash;
singleCharacterKind[Char.Percent] = TokenKind.Percent;

const numberToken = /\d+(?:\.*(?:[eE][+-]?)?\d+)*/y;

/**
 * Where a text stands in its file: the offset at which it starts or, for a text that is not written
 * there letter by letter, the offset of each of its code units and of its end.
 */
export type Placement = number | readonly number[];

/**
 * Cuts HCL into tokens, one at a time. Inside templates the reader of templates
 * looks at the text itself and then goes on with `continueAt`.
 */
export class Lexer {
  readonly text: string;
  /** Where the text stands in its file. The fields below are offsets within the text alone. */
  readonly placement: Placement;
  readonly comments: TextRange[] = [];

  /** The current token. */
  kind: TokenKind = TokenKind.EndOfText;
  start = 0;
  end = 0;
  /** End of the token before it: of the last thing that was read. */
  previousEnd = 0;
  /** End of the last thing that was read and was no line ending. */
  contentEnd = 0;
  /** Whether line endings are mere whitespace, as between parentheses. */
  ignoresNewlines = false;

  /** From here on no comment ends; known so that not every open one is searched to the end of the text. */
  #noCommentEndsFrom = Infinity;

  constructor(text: string, placement: Placement) {
    this.text = text;
    this.placement = placement;
    if (text.charCodeAt(0) === Char.ByteOrderMark) this.end = 1;
  }

  /** What stands from `start` to `end` of this text, as a range of the file that it is part of. */
  range(start: number, end: number): TextRange {
    const { placement } = this;
    return typeof placement === "number"
      ? { start: start + placement, end: end + placement }
      : { start: placement[start] ?? start, end: placement[end] ?? end };
  }

  /** Goes to the next token. At the end of the text it stays there. */
  next(): void {
    this.previousEnd = this.end;
    if (this.kind !== TokenKind.Newline) this.contentEnd = this.end;
    this.start = this.#skipWhitespace(this.end);
    this.kind = this.#read(this.start);
  }

  /** Makes the token at or behind `at` the current one, as if everything up to `at` had been read. */
  continueAt(at: number): void {
    this.end = at;
    this.forgetCommentsFrom(at);
    this.next();
    this.contentEnd = at;
  }

  /** To be called where text that was read as tokens is going to be read once more. */
  forgetCommentsFrom(at: number): void {
    const from = this.range(at, at).start;
    let last = this.comments.at(-1);
    while (last !== undefined && last.start >= from) {
      this.comments.pop();
      last = this.comments.at(-1);
    }
  }

  #skipWhitespace(from: number): number {
    const { text } = this;
    let at = from;
    for (;;) {
      const code = this.#codeAt(at);
      if (isBlank(code)) {
        at++;
      } else if (code === Char.LineFeed || code === Char.CarriageReturn) {
        const length = lineEndingLength(text, at);
        if (!this.ignoresNewlines || length === 0) return at;
        at += length;
      } else if (code === Char.Hash || (code === Char.Slash && this.#codeAt(at + 1) === code)) {
        at = this.#skipComment(at, this.#endOfLine(at));
      } else if (code === Char.Slash && this.#codeAt(at + 1) === Char.Star) {
        const end = this.#endOfComment(at + 2);
        if (end === undefined) return at;
        at = this.#skipComment(at, end);
      } else {
        return at;
      }
    }
  }

  #skipComment(start: number, end: number): number {
    this.comments.push(this.range(start, end));
    return end;
  }

  #endOfComment(from: number): number | undefined {
    if (from >= this.#noCommentEndsFrom) return undefined;
    const mark = this.text.indexOf("*/", from);
    if (mark !== -1) return mark + 2;
    this.#noCommentEndsFrom = from;
    return undefined;
  }

  #endOfLine(from: number): number {
    const lineFeed = this.text.indexOf("\n", from);
    if (lineFeed === -1) return this.text.length;
    return this.#codeAt(lineFeed - 1) === Char.CarriageReturn ? lineFeed - 1 : lineFeed;
  }

  #read(at: number): TokenKind {
    const code = this.#codeAt(at);
    const identifierEnd = findIdentifierEnd(this.text, at);
    if (identifierEnd > at) {
      this.end = identifierEnd;
      return TokenKind.Identifier;
    }
    if (isDigit(code)) return this.#readNumber(at);
    return this.#readPunctuation(at, code);
  }

  /**
   * `1`, `1.5`, `1e-3`. Like HCL's own lexer takes `1.2.3` and worse as one token: that is no
   * number, but what is written as `list.0.1` can only be understood as a whole.
   */
  #readNumber(start: number): TokenKind {
    numberToken.lastIndex = start;
    numberToken.test(this.text);
    this.end = numberToken.lastIndex;
    return TokenKind.Number;
  }

  #readPunctuation(at: number, code: number): TokenKind {
    const following = this.#codeAt(at + 1);
    switch (code) {
      case Char.None:
        this.end = at;
        return TokenKind.EndOfText;
      case Char.LineFeed:
        return this.#token(at, 1, TokenKind.Newline);
      case Char.CarriageReturn:
        if (following === Char.LineFeed) return this.#token(at, 2, TokenKind.Newline);
        return this.#token(at, 1, TokenKind.Invalid);
      case Char.Assign:
        if (following === Char.Assign) return this.#token(at, 2, TokenKind.Equal);
        if (following === Char.Greater) return this.#token(at, 2, TokenKind.Arrow);
        return this.#token(at, 1, TokenKind.Assign);
      case Char.Exclamation:
        if (following === Char.Assign) return this.#token(at, 2, TokenKind.NotEqual);
        return this.#token(at, 1, TokenKind.Not);
      case Char.Greater:
        if (following === Char.Assign) return this.#token(at, 2, TokenKind.GreaterOrEqual);
        return this.#token(at, 1, TokenKind.Greater);
      case Char.Less:
        if (following === Char.Assign) return this.#token(at, 2, TokenKind.LessOrEqual);
        if (following === Char.Less) return this.#readHeredocStart(at);
        return this.#token(at, 1, TokenKind.Less);
      case Char.Ampersand:
        if (following === code) return this.#token(at, 2, TokenKind.And);
        return this.#token(at, 1, TokenKind.Invalid);
      case Char.Pipe:
        if (following === code) return this.#token(at, 2, TokenKind.Or);
        return this.#token(at, 1, TokenKind.Invalid);
      case Char.Colon:
        if (following === code) return this.#token(at, 2, TokenKind.DoubleColon);
        return this.#token(at, 1, TokenKind.Colon);
      case Char.Dot:
        if (following === code && this.#codeAt(at + 2) === code) {
          return this.#token(at, 3, TokenKind.Ellipsis);
        }
        return this.#token(at, 1, TokenKind.Dot);
      case Char.Tilde:
        if (following === Char.CloseBrace) return this.#token(at, 2, TokenKind.TrimBrace);
        return this.#token(at, 1, TokenKind.Invalid);
      case Char.Slash:
        // A comment that ends was skipped as whitespace. This one is taken to be on one line.
        if (following === Char.Star) {
          return this.#token(at, this.#endOfLine(at) - at, TokenKind.Invalid);
        }
        return this.#token(at, 1, TokenKind.Slash);
      default:
        if (code < 128) return this.#token(at, 1, singleCharacterKind[code] as TokenKind);
        return this.#token(at, this.#isPair(at) ? 2 : 1, TokenKind.Invalid);
    }
  }

  /**
   * The name and the line ending are part of the token: `<<` alone is nothing in HCL. Blanks
   * between them are an error, but one that leaves no doubt; the parser reports it.
   */
  #readHeredocStart(at: number): TokenKind {
    const name = this.#codeAt(at + 2) === Char.Minus ? at + 3 : at + 2;
    const nameEnd = findIdentifierEnd(this.text, name);
    let lineEnd = nameEnd;
    while (isBlank(this.#codeAt(lineEnd))) lineEnd++;
    const lineEnding = lineEndingLength(this.text, lineEnd);
    if (nameEnd === name || lineEnding === 0) return this.#token(at, 2, TokenKind.Invalid);
    return this.#token(at, lineEnd + lineEnding - at, TokenKind.HeredocStart);
  }

  /** Whether the character at `at` takes two code units. */
  #isPair(at: number): boolean {
    return (this.text.codePointAt(at) ?? 0) > 0xffff;
  }

  #token(at: number, length: number, kind: TokenKind): TokenKind {
    this.end = at + length;
    return kind;
  }

  #codeAt(at: number): number {
    // Asking beyond the end gives NaN, which is slow to carry around.
    return at < this.text.length ? this.text.charCodeAt(at) : Char.None;
  }
}
