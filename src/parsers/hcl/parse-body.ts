import { parseQuotedTemplate } from "./parse-template.js";
import { skipToLineEnd } from "./skip.js";
import type { Attribute, Block, Body, Identifier, Label } from "./syntax-tree.js";
import { TokenKind } from "./token-kind.js";
import type { TokenReader } from "./token-reader.js";

/** Reads the whole text as a body. */
export function parseFileBody(reader: TokenReader): Body {
  const content: BodyContent = { attributes: [], blocks: [] };
  reader.next();
  parseItems(reader, content);
  reportDuplicates(reader, content.attributes);
  return { ...content, range: reader.range(0, reader.text.length) };
}

interface BodyContent {
  readonly attributes: Attribute[];
  readonly blocks: Block[];
}

/** Reads attributes and blocks up to the closing brace that is due, or the end of the text. */
function parseItems(reader: TokenReader, content: BodyContent): void {
  for (;;) {
    while (reader.at(TokenKind.Newline)) reader.next();
    if (reader.atEnd()) return;
    if (reader.at(TokenKind.CloseBrace)) {
      if (!isStrayBrace(reader)) return;
      reader.fail("no block is open that this `}` could close");
      reader.next();
    } else {
      parseItem(reader, content);
    }
    finishItem(reader);
  }
}

function isStrayBrace(reader: TokenReader): boolean {
  if (!reader.isDue(TokenKind.CloseBrace)) return true;
  return reader.layout?.isIndentedTooDeep(reader.start) === true;
}

/** Goes to the end of the line, where an attribute or block must end. */
function finishItem(reader: TokenReader): void {
  if (!reader.at(TokenKind.Newline) && !reader.atEnd()) reader.failExpected("a new line");
  if (reader.isRecovering) skipToLineEnd(reader);
  reader.isRecovering = false;
}

function parseItem(reader: TokenReader, content: BodyContent): void {
  if (!reader.at(TokenKind.Identifier)) {
    reader.failExpected("the name of an attribute or block");
    return;
  }
  const { start } = reader;
  const name = reader.parseIdentifier();
  switch (reader.kind) {
    case TokenKind.Colon:
      reader.fail("attributes are set with `=`, not `:`");
      content.attributes.push(parseAttribute(reader, name, start));
      break;
    case TokenKind.Assign:
      content.attributes.push(parseAttribute(reader, name, start));
      break;
    case TokenKind.OpenBrace:
    case TokenKind.Quote:
    case TokenKind.Identifier:
      content.blocks.push(parseBlock(reader, name, start));
      break;
    default:
      reader.failExpected(`\`=\`, \`{\` or a label behind \`${name.name}\``);
  }
}

function parseAttribute(reader: TokenReader, name: Identifier, start: number): Attribute {
  reader.next();
  const value = reader.parseExpression();
  return { name, value, range: reader.range(start, reader.previousEnd) };
}

/** Reads a block from behind its type. A header without a body gives a block with an empty one. */
function parseBlock(reader: TokenReader, type: Identifier, start: number): Block {
  const labels: Label[] = [];
  while (reader.at(TokenKind.Quote) || reader.at(TokenKind.Identifier)) {
    labels.push(parseLabel(reader));
  }
  const header = reader.range(start, reader.previousEnd);
  const body = parseBlockBody(reader, start);
  return { type, labels, body, header, range: reader.range(start, reader.previousEnd) };
}

function parseLabel(reader: TokenReader): Label {
  if (reader.at(TokenKind.Identifier)) {
    const { name, range } = reader.parseIdentifier();
    return { value: name, range };
  }
  const { parts, range } = parseQuotedTemplate(reader);
  let value = "";
  for (const part of parts) {
    if (part.kind === "text") {
      value += part.value;
    } else {
      reader.fail("labels cannot contain `${…}` or `%{…}`", part.range);
    }
  }
  return { value, range };
}

function parseBlockBody(reader: TokenReader, blockStart: number): Body {
  const content: BodyContent = { attributes: [], blocks: [] };
  let start = reader.previousEnd;
  if (reader.at(TokenKind.OpenBrace)) {
    start = reader.end;
  } else {
    reader.failExpected("`{`");
    const isBraceForgotten =
      reader.at(TokenKind.Newline) && reader.layout?.isFollowedByDeeperLine(start) === true;
    if (!isBraceForgotten) return { ...content, range: reader.range(start, start) };
  }
  if (!reader.descend()) return { ...content, range: reader.range(start, start) };
  const outer = reader.open(TokenKind.CloseBrace, false, start);
  if (!reader.at(TokenKind.Newline)) parseOneLineContent(reader, content);
  parseItems(reader, content);
  reportDuplicates(reader, content.attributes);
  const closer = reader.at(TokenKind.CloseBrace) ? reader.start : undefined;
  reader.close(TokenKind.CloseBrace, outer, "block", blockStart);
  reader.ascend();
  return { ...content, range: reader.range(start, closer ?? reader.previousEnd) };
}

/** Without a line ending behind the `{` there may be one attribute, and `}` right behind it. */
function parseOneLineContent(reader: TokenReader, content: BodyContent): void {
  if (reader.at(TokenKind.CloseBrace) || reader.atEnd()) return;
  const { start } = reader;
  parseItem(reader, content);
  if (content.blocks.length > 0) {
    const message = "a block written on one line cannot contain another; start a new line here";
    reader.fail(message, reader.range(start, reader.previousEnd));
  } else if (!reader.at(TokenKind.CloseBrace)) {
    reader.failExpected("`}` right behind the only attribute of a one-line block");
  }
  if (reader.at(TokenKind.Comma)) reader.next();
}

function reportDuplicates(reader: TokenReader, attributes: readonly Attribute[]): void {
  if (attributes.length < 2) return;
  const firsts = new Map<string, Attribute>();
  for (const attribute of attributes) {
    const { name, range } = attribute.name;
    const first = firsts.get(name);
    if (first === undefined) {
      firsts.set(name, attribute);
    } else {
      const line = reader.lineOf(first.range.start);
      const message = `attribute \`${name}\` is already set on line ${line}`;
      reader.report("duplicate-key", message, range);
    }
  }
}
