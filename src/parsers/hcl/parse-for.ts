import { parseForVariables } from "./for-variables.js";
import { closeBracket } from "./skip.js";
import type { Expression } from "./syntax-tree.js";
import { TokenKind } from "./token-kind.js";
import type { TokenReader } from "./token-reader.js";

/**
 * Reads a `for` expression whose bracket, at `start`, is open already; the current token must be
 * `for`. `closer` says whether it makes a tuple or an object; `outer` is what opening gave.
 */
export function parseForExpression(
  reader: TokenReader,
  closer: typeof TokenKind.CloseBracket | typeof TokenKind.CloseBrace,
  outer: boolean,
  start: number,
): Expression {
  reader.ignoreNewlines();
  reader.next();
  const content = parseContent(reader, closer === TokenKind.CloseBrace);
  closeBracket(reader, closer, outer, "`for` expression", start);
  if (content === undefined) return reader.invalid(start);
  return { kind: "for", ...content, range: reader.range(start, reader.previousEnd) };
}

type ForContent = Omit<Extract<Expression, { kind: "for" }>, "kind" | "range">;

/** What is behind `for`. Gives undefined after an error in what comes before the results. */
function parseContent(reader: TokenReader, isObject: boolean): ForContent | undefined {
  const variables = parseForVariables(reader);
  if (variables === undefined) return undefined;
  const collection = reader.parseExpression();
  if (!reader.at(TokenKind.Colon)) {
    reader.failExpected("`:` behind what `for` goes through");
    return undefined;
  }
  reader.next();
  let value = reader.parseExpression();
  let key: Expression | undefined;
  let grouping = false;
  if (isObject) {
    if (!reader.at(TokenKind.Arrow)) {
      reader.failExpected("`=>`");
      return undefined;
    }
    reader.next();
    key = value;
    value = reader.parseExpression();
    grouping = reader.at(TokenKind.Ellipsis);
    if (grouping) reader.next();
  }
  let condition: Expression | undefined;
  if (reader.atWord("if")) {
    reader.next();
    condition = reader.parseExpression();
  }
  return {
    ...(variables.key === undefined ? undefined : { keyVariable: variables.key }),
    valueVariable: variables.value,
    collection,
    ...(key === undefined ? undefined : { key }),
    value,
    grouping,
    ...(condition === undefined ? undefined : { condition }),
  };
}
