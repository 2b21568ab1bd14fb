/** Code units the lexer and the template reader look for. */
export const Char = {
  /** Stands for "behind the last character". */
  None: -1,
  Tab: 0x09,
  LineFeed: 0x0a,
  CarriageReturn: 0x0d,
  Space: 0x20,
  Exclamation: 0x21,
  DoubleQuote: 0x22,
  Hash: 0x23,
  Dollar: 0x24,
  Percent: 0x25,
  Ampersand: 0x26,
  OpenParen: 0x28,
  CloseParen: 0x29,
  Star: 0x2a,
  Plus: 0x2b,
  Comma: 0x2c,
  Minus: 0x2d,
  Dot: 0x2e,
  Slash: 0x2f,
  Digit0: 0x30,
  Digit9: 0x39,
  Colon: 0x3a,
  Less: 0x3c,
  Assign: 0x3d,
  Greater: 0x3e,
  Question: 0x3f,
  OpenBracket: 0x5b,
  Backslash: 0x5c,
  CloseBracket: 0x5d,
  LowerN: 0x6e,
  LowerR: 0x72,
  LowerT: 0x74,
  LowerU: 0x75,
  UpperU: 0x55,
  OpenBrace: 0x7b,
  Pipe: 0x7c,
  CloseBrace: 0x7d,
  Tilde: 0x7e,
  ByteOrderMark: 0xfeff,
} as const;

const STARTS_IDENTIFIER = 1;
const CONTINUES_IDENTIFIER = 2;

/** Which of the two an ASCII character may do; HCL adds `_` to the first and `-` to the second. */
const asciiIdentifier = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) asciiIdentifier[code] = STARTS_IDENTIFIER | CONTINUES_IDENTIFIER;
  else if (/[0-9-]/.test(character)) asciiIdentifier[code] = CONTINUES_IDENTIFIER;
}

const unicodeStart = /^\p{ID_Start}/u;
const unicodeContinue = /^\p{ID_Continue}/u;
const unicodeWhiteSpace = /\p{White_Space}/u;

/**
 * End of the identifier that starts at `start`, or `start` if none does there.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#identifiers
 */
export function findIdentifierEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const wanted = at === start ? STARTS_IDENTIFIER : CONTINUES_IDENTIFIER;
    if (code < 128) {
      if (((asciiIdentifier[code] ?? 0) & wanted) === 0) break;
      at++;
    } else {
      const character = String.fromCodePoint(text.codePointAt(at) ?? code);
      const allowed = at === start ? unicodeStart : unicodeContinue;
      if (!allowed.test(character)) break;
      at += character.length;
    }
  }
  return at;
}

/** Whether the code unit is one of `0` to `9`. */
export function isDigit(code: number): boolean {
  return code >= Char.Digit0 && code <= Char.Digit9;
}

/** Whether the code unit is a space or a tab, which is all the white space HCL has between tokens. */
export function isBlank(code: number): boolean {
  return code === Char.Space || code === Char.Tab;
}

/** Length of the line ending at `at`: 1 for LF, 2 for CRLF, 0 for anything else, a lone CR included. */
export function lineEndingLength(text: string, at: number): 0 | 1 | 2 {
  const code = text.charCodeAt(at);
  if (code === Char.LineFeed) return 1;
  if (code === Char.CarriageReturn && text.charCodeAt(at + 1) === Char.LineFeed) return 2;
  return 0;
}

/** Whether Unicode calls the code unit white space; that is what `~` trims and `<<-` removes. */
export function isWhiteSpace(code: number): boolean {
  if (code < 128) return code === Char.Space || (code >= Char.Tab && code <= Char.CarriageReturn);
  return unicodeWhiteSpace.test(String.fromCharCode(code));
}
