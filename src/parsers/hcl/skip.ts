import { spellCloser } from "./describe-token.js";
import { parseHeredoc, parseQuotedTemplate } from "./parse-template.js";
import { TokenKind } from "./token-kind.js";
import type { TokenReader } from "./token-reader.js";

/** Skips to the end of the line, of the bracket now open, or of the text. */
export function skipToLineEnd(reader: TokenReader): void {
  skip(reader, (kind) => kind === TokenKind.Newline);
}

/** Skips to the next `,` or, where they count, line ending of the bracket now open, or to its end. */
export function skipToSeparator(reader: TokenReader): void {
  skip(reader, (kind) => kind === TokenKind.Newline || kind === TokenKind.Comma);
}

/** Skips what is left in the bracket now open, reporting that there is something, and closes it. */
export function closeBracket(
  reader: TokenReader,
  closer: TokenKind,
  outer: boolean,
  what: string,
  start: number,
): void {
  if (!reader.at(closer) && !reader.atEnd()) {
    reader.failExpected(`\`${spellCloser(closer)}\``);
    skip(reader, () => false);
  }
  reader.close(closer, outer, what, start);
}

/** Skips brackets and strings as wholes, and closing brackets that close nothing. */
function skip(reader: TokenReader, isWanted: (kind: TokenKind) => boolean): void {
  let depth = 0;
  for (;;) {
    const { kind } = reader;
    if (reader.atEnd() || (depth === 0 && isWanted(kind))) return;
    switch (kind) {
      case TokenKind.OpenBrace:
      case TokenKind.OpenBracket:
      case TokenKind.OpenParen:
        depth++;
        reader.next();
        break;
      case TokenKind.CloseBrace:
      case TokenKind.CloseBracket:
      case TokenKind.CloseParen:
      case TokenKind.TrimBrace:
        if (depth > 0) depth--;
        else if (isDue(reader, kind)) return;
        reader.next();
        break;
      case TokenKind.Quote:
        parseQuotedTemplate(reader);
        break;
      case TokenKind.HeredocStart:
        parseHeredoc(reader);
        break;
      default:
        reader.next();
    }
  }
}

/** Template sequences, for which `~}` is due, may also end with `}`. */
function isDue(reader: TokenReader, closer: TokenKind): boolean {
  return (
    reader.isDue(closer) || (closer === TokenKind.CloseBrace && reader.isDue(TokenKind.TrimBrace))
  );
}
