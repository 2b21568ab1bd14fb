import { parseArguments, parseTuple } from "./parse-list.js";
import { parseObject } from "./parse-object.js";
import { parseHeredoc, parseQuotedTemplate } from "./parse-template.js";
import { parseTraversal } from "./parse-traversal.js";
import { closeBracket } from "./skip.js";
import type { BinaryOperator, Expression, Identifier } from "./syntax-tree.js";
import { TokenKind } from "./token-kind.js";
import { MAXIMUM_CHAIN, type TokenReader } from "./token-reader.js";

/** https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#operations */
const binaryOperators: readonly (readonly [TokenKind, BinaryOperator, number])[] = [
  [TokenKind.Or, "||", 1],
  [TokenKind.And, "&&", 2],
  [TokenKind.Equal, "==", 3],
  [TokenKind.NotEqual, "!=", 3],
  [TokenKind.Less, "<", 4],
  [TokenKind.LessOrEqual, "<=", 4],
  [TokenKind.Greater, ">", 4],
  [TokenKind.GreaterOrEqual, ">=", 4],
  [TokenKind.Plus, "+", 5],
  [TokenKind.Minus, "-", 5],
  [TokenKind.Star, "*", 6],
  [TokenKind.Slash, "/", 6],
  [TokenKind.Percent, "%", 6],
];

/** By token kind; 0 for what is no binary operator. */
const precedences = new Uint8Array(Object.keys(TokenKind).length);
const operators = new Map<TokenKind, BinaryOperator>();
for (const [kind, operator, precedence] of binaryOperators) {
  precedences[kind] = precedence;
  operators.set(kind, operator);
}

/** Reads any expression. Where there is none, reports that and gives an empty `invalid` one. */
export function parseExpression(reader: TokenReader): Expression {
  if (!reader.descend()) return reader.missing();
  const expression = parseConditional(reader);
  reader.ascend();
  return expression;
}

function parseConditional(reader: TokenReader): Expression {
  const { start } = reader;
  const condition = parseBinary(reader, 1);
  if (condition.kind === "invalid" || !reader.at(TokenKind.Question)) return condition;
  reader.next();
  const then = parseExpression(reader);
  let otherwise: Expression;
  if (reader.at(TokenKind.Colon)) {
    reader.next();
    otherwise = parseExpression(reader);
  } else {
    reader.failExpected("`:` and a value for when the condition is false");
    otherwise = reader.missing();
  }
  const range = reader.range(start, reader.previousEnd);
  return { kind: "conditional", condition, then, otherwise, range };
}

/** Reads operators that bind at least as tight as `minimum`, joining equal ones from the left. */
function parseBinary(reader: TokenReader, minimum: number): Expression {
  const { start } = reader;
  let left = parseUnary(reader);
  if (left.kind === "invalid") return left;
  for (let count = 1; ; count++) {
    const operator = operators.get(reader.kind);
    const precedence = precedences[reader.kind] ?? 0;
    if (operator === undefined || precedence < minimum) return left;
    if (count === MAXIMUM_CHAIN + 1) {
      const message = `more than ${MAXIMUM_CHAIN} operators in a row`;
      reader.report("too-deep", message, reader.range(reader.start, reader.end));
    }
    if (!reader.descend()) return left;
    reader.next();
    const right = parseBinary(reader, precedence + 1);
    reader.ascend();
    const range = reader.range(start, reader.previousEnd);
    if (count > MAXIMUM_CHAIN) left = { kind: "invalid", range };
    else left = { kind: "binary", operator, left, right, range };
    if (right.kind === "invalid") return left;
  }
}

function parseUnary(reader: TokenReader): Expression {
  const { start } = reader;
  const operator = unaryOperator(reader.kind);
  if (operator === undefined) return parseOperand(reader);
  if (!reader.descend()) return reader.missing();
  reader.next();
  const operand = parseUnary(reader);
  reader.ascend();
  return { kind: "unary", operator, operand, range: reader.range(start, reader.previousEnd) };
}

function unaryOperator(kind: TokenKind): "-" | "!" | undefined {
  if (kind === TokenKind.Minus) return "-";
  return kind === TokenKind.Not ? "!" : undefined;
}

function parseOperand(reader: TokenReader): Expression {
  const { start } = reader;
  const term = parseTerm(reader);
  return term.kind === "invalid" ? term : parseTraversal(reader, term, start);
}

function parseTerm(reader: TokenReader): Expression {
  switch (reader.kind) {
    case TokenKind.Identifier:
      return parseName(reader);
    case TokenKind.Quote:
      return parseQuotedTemplate(reader);
    case TokenKind.Number:
      return parseNumber(reader);
    case TokenKind.OpenBracket:
      return parseTuple(reader);
    case TokenKind.OpenBrace:
      return parseObject(reader);
    case TokenKind.OpenParen:
      return parseParentheses(reader);
    case TokenKind.HeredocStart:
      return parseHeredoc(reader);
    default:
      reader.failExpected("an expression");
      return reader.missing();
  }
}

/** A variable, a keyword, or the name of a function with its arguments. */
function parseName(reader: TokenReader): Expression {
  const { start } = reader;
  const { name, range } = reader.parseIdentifier();
  if (reader.at(TokenKind.OpenParen)) return parseArguments(reader, { name, range }, start);
  if (reader.at(TokenKind.DoubleColon)) return parseNamespacedCall(reader, name, start);
  switch (name) {
    case "true":
      return { kind: "literal", value: true, text: name, range };
    case "false":
      return { kind: "literal", value: false, text: name, range };
    case "null":
      return { kind: "literal", value: null, text: name, range };
    default:
      return { kind: "variable", name, range };
  }
}

/** `provider::aws::arn_parse(…)`. Blanks around `::` do not become part of the name. */
function parseNamespacedCall(reader: TokenReader, namespace: string, start: number): Expression {
  const names = [namespace];
  while (reader.at(TokenKind.DoubleColon)) {
    reader.next();
    if (!reader.at(TokenKind.Identifier)) {
      reader.failExpected("the name of a function behind `::`");
      return reader.invalid(start);
    }
    names.push(reader.parseIdentifier().name);
  }
  const range = reader.range(start, reader.previousEnd);
  const name: Identifier = { name: names.join("::"), range };
  if (!reader.at(TokenKind.OpenParen)) {
    reader.failExpected("`(` behind the name of a function");
    return reader.invalid(start);
  }
  return parseArguments(reader, name, start);
}

function parseNumber(reader: TokenReader): Expression {
  const { start, end } = reader;
  const text = reader.text.slice(start, end);
  const value = Number(text);
  reader.next();
  if (Number.isNaN(value)) {
    reader.report("syntax", `\`${text}\` is not a number`, reader.range(start, end));
    return reader.invalid(start);
  }
  return { kind: "literal", value, text, range: reader.range(start, end) };
}

function parseParentheses(reader: TokenReader): Expression {
  const { start } = reader;
  const outer = reader.open(TokenKind.CloseParen, true);
  const expression = parseExpression(reader);
  closeBracket(reader, TokenKind.CloseParen, outer, "expression in parentheses", start);
  return { kind: "parentheses", expression, range: reader.range(start, reader.previousEnd) };
}
