import { TokenKind } from "./token-kind.js";

/** What to say about characters that other languages have a use for. */
const invalidTokenHints = new Map([
  ["'", "strings take double quotes, not single ones"],
  ["`", "strings take double quotes, not backquotes"],
  [";", "there is no `;` in HCL; start a new line instead"],
  ["&", "there is no operator `&`; did you mean `&&`?"],
  ["|", "there is no operator `|`; did you mean `||`?"],
  ["~", "there is no operator `~`; did you mean `!`?"],
  ["\r", "a carriage return may only stand before a line feed"],
  ["<<", "a heredoc starts with `<<` or `<<-` and a name, with nothing behind them on the line"],
]);

/** Longest piece of the text to repeat in a message. */
const MAXIMUM_QUOTE = 30;

/** Says what is wrong with a token of kind `Invalid`; undefined if nothing is known about it. */
export function describeInvalidToken(token: string): string | undefined {
  if (token.startsWith("/*")) return "missing `*/` at the end of the comment";
  return invalidTokenHints.get(token);
}

/** Names a token as something found instead of something expected; undefined if that says nothing. */
export function describeToken(kind: TokenKind, token: string): string | undefined {
  if (kind === TokenKind.EndOfText) return "the end of the text";
  if (kind === TokenKind.Newline) return "the end of the line";
  if (kind === TokenKind.Outdent) return undefined;
  if (kind === TokenKind.Quote) return "a string";
  if (kind === TokenKind.HeredocStart) return "a heredoc";
  return token.length > MAXIMUM_QUOTE ? `\`${token.slice(0, MAXIMUM_QUOTE)}…\`` : `\`${token}\``;
}

/** Spells a closing bracket. */
export function spellCloser(closer: TokenKind): "}" | "]" | ")" {
  if (closer === TokenKind.CloseBracket) return "]";
  return closer === TokenKind.CloseParen ? ")" : "}";
}
