/** What a token is; a number, so that comparing is cheap. Operators stand together, loosest first. */
export const TokenKind = {
  EndOfText: 0,
  Newline: 1,
  Identifier: 2,
  Number: 3,
  /** The opening quote of a template; what follows is not tokens but text. */
  Quote: 4,
  /** `<<NAME` or `<<-NAME` with its line ending; what follows is text. */
  HeredocStart: 5,
  OpenBrace: 6,
  CloseBrace: 7,
  OpenBracket: 8,
  CloseBracket: 9,
  OpenParen: 10,
  CloseParen: 11,
  /** `~}`, which ends a template sequence and trims the text behind it. */
  TrimBrace: 12,
  Comma: 13,
  Dot: 14,
  Ellipsis: 15,
  Colon: 16,
  DoubleColon: 17,
  Question: 18,
  Assign: 19,
  Arrow: 20,
  Not: 21,
  Or: 22,
  And: 23,
  Equal: 24,
  NotEqual: 25,
  Less: 26,
  LessOrEqual: 27,
  Greater: 28,
  GreaterOrEqual: 29,
  Plus: 30,
  Minus: 31,
  Star: 32,
  Slash: 33,
  Percent: 34,
  /** Stands where indentation says that an open bracket should have been closed; see `Layout`. */
  Outdent: 35,
  /** A character that HCL has no use for, or a comment without an end. */
  Invalid: 36,
} as const;

/** One of the numbers in the table of the same name. */
export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];
