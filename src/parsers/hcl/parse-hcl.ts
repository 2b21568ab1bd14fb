import type { ParseError } from "../parse-error.js";
import type { Placement } from "./lexer.js";
import { parseFileBody } from "./parse-body.js";
import { parseExpression } from "./parse-expression.js";
import { parseBareTemplate } from "./parse-template.js";
import type { Body, Comment, Expression, TemplatePart } from "./syntax-tree.js";
import { TokenKind } from "./token-kind.js";
import { TokenReader } from "./token-reader.js";

/** What `parseHcl` makes of a text. */
export interface ParsedHcl {
  readonly body: Body;
  /** In source order. */
  readonly comments: readonly Comment[];
  /** In source order; empty if the text is valid. */
  readonly errors: readonly ParseError[];
}

/** Where an expression or template comes from. */
export interface FragmentOptions {
  /**
   * Offset of the text within its file, in UTF-16 code units; all ranges are ranges of the file. Of a
   * text whose escapes have been decoded, the offset of each code unit and of the end. 0 by default.
   */
  readonly offset?: number | readonly number[];
}

/** What `parseHclExpression` makes of a text. */
export interface ParsedHclExpression {
  /** Of kind `invalid` if there is none. */
  readonly expression: Expression;
  /** In source order; empty if the text is valid. */
  readonly errors: readonly ParseError[];
}

/** What `parseHclTemplate` makes of a text. */
export interface ParsedHclTemplate {
  readonly parts: readonly TemplatePart[];
  /** In source order; empty if the text is valid. */
  readonly errors: readonly ParseError[];
}

/**
 * Parses a file in HCL's native syntax, such as `main.tf` or `terraform.tfvars`. Never throws: of
 * broken text it reads what can be read. All ranges are in UTF-16 code units. A byte order mark at
 * the start is passed over but counted.
 */
export function parseHcl(text: string): ParsedHcl {
  const byBrackets = parseFile(text, false);
  if (!byBrackets.errors.some((error) => error.code === "syntax")) return byBrackets;
  // Brackets may be what is broken. Whichever reading finds less to complain about is right.
  const byLayout = parseFile(text, true);
  return byLayout.errors.length <= byBrackets.errors.length ? byLayout : byBrackets;
}

/**
 * Parses a text that is one expression, in which line endings are mere whitespace. Never throws.
 */
export function parseHclExpression(
  text: string,
  options: FragmentOptions = {},
): ParsedHclExpression {
  const reader = createReader(text, options.offset ?? 0, false);
  reader.ignoresNewlines = true;
  reader.next();
  const expression = reader.parseExpression();
  if (!reader.at(TokenKind.EndOfText)) reader.failExpected("the end of the expression");
  return { expression, errors: reader.errors };
}

/**
 * Parses a text that is a template as a whole: a file for `templatefile`, or a string in
 * `.tf.json`. Backslashes mean nothing in it. Never throws.
 */
export function parseHclTemplate(text: string, options: FragmentOptions = {}): ParsedHclTemplate {
  const reader = createReader(text, options.offset ?? 0, false);
  const parts = parseBareTemplate(reader);
  return { parts, errors: reader.errors };
}

function parseFile(text: string, trustsLayout: boolean): ParsedHcl {
  const reader = createReader(text, 0, trustsLayout);
  const body = parseFileBody(reader);
  const errors = reader.errors.sort((a, b) => a.range.start - b.range.start);
  const comments = reader.comments.map((range): Comment => ({ range }));
  return { body, comments, errors };
}

function createReader(text: string, placement: Placement, trustsLayout: boolean): TokenReader {
  return new TokenReader(text, { placement, trustsLayout, parseExpression });
}
