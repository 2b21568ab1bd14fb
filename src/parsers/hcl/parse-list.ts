import { spellCloser } from "./describe-token.js";
import { parseForExpression } from "./parse-for.js";
import { skipToSeparator } from "./skip.js";
import type { Expression, FunctionCall, Identifier } from "./syntax-tree.js";
import { TokenKind } from "./token-kind.js";
import type { TokenReader } from "./token-reader.js";

/** Reads `[a, b]` or `[for …]`; the current token must be the `[`. */
export function parseTuple(reader: TokenReader): Expression {
  const { start } = reader;
  const outer = reader.open(TokenKind.CloseBracket, true);
  if (reader.atWord("for")) {
    return parseForExpression(reader, TokenKind.CloseBracket, outer, start);
  }
  const items: Expression[] = [];
  parseItems(reader, TokenKind.CloseBracket, items);
  reader.close(TokenKind.CloseBracket, outer, "list", start);
  return { kind: "tuple", items, range: reader.range(start, reader.previousEnd) };
}

/** Reads the arguments of a call whose name starts at `start`; the current token must be the `(`. */
export function parseArguments(reader: TokenReader, name: Identifier, start: number): FunctionCall {
  const outer = reader.open(TokenKind.CloseParen, true);
  const items: Expression[] = [];
  const expandLast = parseItems(reader, TokenKind.CloseParen, items);
  reader.close(TokenKind.CloseParen, outer, "call", start);
  const range = reader.range(start, reader.previousEnd);
  return { kind: "call", name, arguments: items, expandLast, range };
}

/** Reads expressions with commas between them. Gives whether the last is followed by `...`. */
function parseItems(reader: TokenReader, closer: TokenKind, items: Expression[]): boolean {
  while (!reader.at(closer) && !reader.atEnd()) {
    items.push(reader.parseExpression());
    if (closer === TokenKind.CloseParen && reader.at(TokenKind.Ellipsis)) {
      reader.next();
      if (reader.at(closer)) return true;
      reader.failExpected("`)` behind `...`");
    }
    if (!finishItem(reader, closer)) break;
  }
  return false;
}

/** Goes to where the next item starts. Gives whether there can be one. */
function finishItem(reader: TokenReader, closer: TokenKind): boolean {
  if (reader.isRecovering) skipToSeparator(reader);
  if (reader.at(closer) || reader.atEnd()) return false;
  if (!reader.at(TokenKind.Comma)) {
    reader.failExpected(`\`,\` or \`${spellCloser(closer)}\``);
    if (startsExpression(reader.kind)) {
      // Only the comma is missing.
      reader.isRecovering = false;
      return true;
    }
    skipToSeparator(reader);
    if (!reader.at(TokenKind.Comma)) return false;
  }
  reader.isRecovering = false;
  reader.next();
  return true;
}

function startsExpression(kind: TokenKind): boolean {
  switch (kind) {
    case TokenKind.Identifier:
    case TokenKind.Number:
    case TokenKind.Quote:
    case TokenKind.HeredocStart:
    case TokenKind.OpenBrace:
    case TokenKind.OpenBracket:
    case TokenKind.OpenParen:
      return true;
    default:
      return false;
  }
}
