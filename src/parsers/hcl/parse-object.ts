import { parseForExpression } from "./parse-for.js";
import { skipToSeparator } from "./skip.js";
import type { Expression, ObjectItem } from "./syntax-tree.js";
import { TokenKind } from "./token-kind.js";
import type { TokenReader } from "./token-reader.js";

/** Reads `{ a = 1 }` or `{for …}`; the current token must be the `{`. */
export function parseObject(reader: TokenReader): Expression {
  const { start } = reader;
  const outer = reader.open(TokenKind.CloseBrace, false);
  skipNewlines(reader);
  if (reader.atWord("for")) {
    return parseForExpression(reader, TokenKind.CloseBrace, outer, start);
  }
  const items: ObjectItem[] = [];
  while (!reader.at(TokenKind.CloseBrace) && !reader.atEnd()) {
    const item = parseItem(reader);
    if (item !== undefined) items.push(item);
    if (!finishItem(reader)) break;
  }
  reader.close(TokenKind.CloseBrace, outer, "object", start);
  return { kind: "object", items, range: reader.range(start, reader.previousEnd) };
}

function parseItem(reader: TokenReader): ObjectItem | undefined {
  const { start } = reader;
  const key = nameToString(reader.parseExpression());
  if (key.kind === "invalid") return undefined;
  let value: Expression;
  if (reader.at(TokenKind.Assign) || reader.at(TokenKind.Colon)) {
    reader.next();
    value = reader.parseExpression();
  } else {
    reader.failExpected("`=` behind the key");
    value = reader.missing();
  }
  return { key, value, range: reader.range(start, reader.previousEnd) };
}

/** In the place of a key a bare name, `true` and its like included, is a string. */
function nameToString(key: Expression): Expression {
  const value = nameOf(key);
  if (value === undefined) return key;
  const { range } = key;
  return { kind: "template", style: "quoted", parts: [{ kind: "text", value, range }], range };
}

function nameOf(key: Expression): string | undefined {
  if (key.kind === "variable") return key.name;
  return key.kind === "literal" && typeof key.value !== "number" ? key.text : undefined;
}

/** Goes to where the next item starts. Gives whether there can be one. */
function finishItem(reader: TokenReader): boolean {
  if (reader.isRecovering) skipToSeparator(reader);
  if (reader.at(TokenKind.CloseBrace) || reader.atEnd()) return false;
  if (!reader.at(TokenKind.Comma) && !reader.at(TokenKind.Newline)) {
    reader.failExpected("`,`, `}` or a new line");
    skipToSeparator(reader);
    if (!reader.at(TokenKind.Comma) && !reader.at(TokenKind.Newline)) return false;
  }
  reader.isRecovering = false;
  reader.next();
  skipNewlines(reader);
  return true;
}

function skipNewlines(reader: TokenReader): void {
  while (reader.at(TokenKind.Newline)) reader.next();
}
