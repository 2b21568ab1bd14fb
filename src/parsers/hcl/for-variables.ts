import type { Identifier } from "./syntax-tree.js";
import { TokenKind } from "./token-kind.js";
import type { TokenReader } from "./token-reader.js";

/** The variables of a `for` expression or directive. */
export interface ForVariables {
  readonly key: Identifier | undefined;
  readonly value: Identifier;
}

/** Reads `key, value in` or `value in`. Gives undefined after reporting that it is neither. */
export function parseForVariables(reader: TokenReader): ForVariables | undefined {
  const first = parseVariable(reader);
  if (first === undefined) return undefined;
  let variables: ForVariables = { key: undefined, value: first };
  if (reader.at(TokenKind.Comma)) {
    reader.next();
    const second = parseVariable(reader);
    if (second === undefined) return undefined;
    variables = { key: first, value: second };
  }
  if (!reader.atWord("in")) {
    reader.failExpected("`in`");
    return undefined;
  }
  reader.next();
  return variables;
}

function parseVariable(reader: TokenReader): Identifier | undefined {
  if (reader.at(TokenKind.Identifier)) return reader.parseIdentifier();
  reader.failExpected("the name of a variable");
  return undefined;
}
