import { closeBracket } from "./skip.js";
import type {
  Expression,
  IndexAccess,
  LiteralExpression,
  VariableExpression,
} from "./syntax-tree.js";
import { TokenKind } from "./token-kind.js";
import { MAXIMUM_CHAIN, type TokenReader } from "./token-reader.js";

/**
 * Reads `.name`, `.0`, `[index]`, `.*` and `[*]` behind an expression that starts at `start`.
 * Behind `.*` only the first two are part of what is done to each element.
 */
export function parseTraversal(
  reader: TokenReader,
  root: Expression,
  start: number,
  isBehindStar = false,
): Expression {
  let target = root;
  let steps = 0;
  while (reader.at(TokenKind.Dot) || (reader.at(TokenKind.OpenBracket) && !isBehindStar)) {
    const next = reader.at(TokenKind.Dot)
      ? parseDot(reader, target, start, isBehindStar)
      : parseBracket(reader, target, start);
    if (next.kind === "invalid") return next;
    steps++;
    if (steps <= MAXIMUM_CHAIN) {
      target = next;
      continue;
    }
    if (steps === MAXIMUM_CHAIN + 1) {
      const message = `more than ${MAXIMUM_CHAIN} steps in one traversal`;
      reader.report("too-deep", message, reader.range(reader.previousEnd, reader.previousEnd));
    }
    target = reader.invalid(start);
  }
  return target;
}

function parseDot(
  reader: TokenReader,
  target: Expression,
  start: number,
  isBehindStar: boolean,
): Expression {
  const dot = reader.start;
  reader.next();
  if (reader.at(TokenKind.Identifier)) {
    const name = reader.parseIdentifier();
    const range = reader.range(start, reader.previousEnd);
    return { kind: "attribute", target, name, range };
  }
  if (reader.at(TokenKind.Number)) return parseLegacyIndex(reader, target, start);
  if (!reader.at(TokenKind.Star) || isBehindStar) {
    reader.failExpected("a name behind `.`");
    return reader.invalid(start);
  }
  reader.next();
  const each = parseTraversal(reader, makeElement(reader, dot), dot, true);
  if (each.kind === "invalid") return reader.invalid(start);
  const range = reader.range(start, reader.previousEnd);
  return { kind: "splat", style: "attribute-only", target, each, range };
}

/**
 * `list.0`. HCL rejects `list.0.1`, where `0.1` is one token, but what is meant is clear.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#index-operator
 */
function parseLegacyIndex(reader: TokenReader, target: Expression, start: number): Expression {
  const { start: numberStart, end: numberEnd } = reader;
  const written = reader.text.slice(numberStart, numberEnd);
  reader.next();
  const [first = written, second] = /^\d+\.\d+$/.test(written) ? written.split(".") : [written];
  if (second !== undefined) {
    const message = `one index cannot follow another so; write \`[${first}][${second}]\``;
    reader.report("syntax", message, reader.range(numberStart, numberEnd));
    const firstEnd = numberStart + first.length;
    const inner = makeIndex(reader, target, start, numberStart, firstEnd);
    return makeIndex(reader, inner, start, firstEnd + 1, numberEnd);
  }
  if (Number.isNaN(Number(written)) || written.includes(".")) {
    const range = reader.range(numberStart, numberEnd);
    reader.report("syntax", `\`${written}\` is no index`, range);
    return reader.invalid(start);
  }
  return makeIndex(reader, target, start, numberStart, numberEnd);
}

/** Indexes `target` by the number that is written from `numberStart` to `end`. */
function makeIndex(
  reader: TokenReader,
  target: Expression,
  start: number,
  numberStart: number,
  end: number,
): IndexAccess {
  const text = reader.text.slice(numberStart, end);
  const range = reader.range(numberStart, end);
  const index: LiteralExpression = { kind: "literal", value: Number(text), text, range };
  return { kind: "index", target, index, range: reader.range(start, end) };
}

function parseBracket(reader: TokenReader, target: Expression, start: number): Expression {
  const bracket = reader.start;
  // Line endings still count between `[` and `*`, but not before an index.
  const outer = reader.open(TokenKind.CloseBracket, reader.ignoresNewlines);
  if (reader.at(TokenKind.Star)) {
    reader.next();
    closeBracket(reader, TokenKind.CloseBracket, outer, "splat", bracket);
    return parseFullSplat(reader, target, start, bracket);
  }
  reader.ignoreNewlines();
  const index = reader.parseExpression();
  closeBracket(reader, TokenKind.CloseBracket, outer, "index", bracket);
  const range = reader.range(start, reader.previousEnd);
  return { kind: "index", target, index, range };
}

function parseFullSplat(
  reader: TokenReader,
  target: Expression,
  start: number,
  bracket: number,
): Expression {
  if (!reader.descend()) return reader.invalid(start);
  const each = parseTraversal(reader, makeElement(reader, bracket), bracket);
  reader.ascend();
  if (each.kind === "invalid") return reader.invalid(start);
  const range = reader.range(start, reader.previousEnd);
  return { kind: "splat", style: "full", target, each, range };
}

/** The element that a splat goes over; it stands where `.*` or `[*]` does. */
function makeElement(reader: TokenReader, start: number): VariableExpression {
  return { kind: "variable", name: "*", range: reader.range(start, reader.previousEnd) };
}
