import { Char, isWhiteSpace } from "./character.js";
import type { TokenReader } from "./token-reader.js";

/** Escape sequences of one letter. */
const simpleEscapes = new Map<number, string>([
  [Char.LowerN, "\n"],
  [Char.LowerR, "\r"],
  [Char.LowerT, "\t"],
  [Char.DoubleQuote, '"'],
  [Char.Backslash, "\\"],
]);

/** Value of literal text outside quotes, where only `$${` and `%%{` are escapes. */
export function decodePlainText(text: string): string {
  return text.includes("{") ? text.replace(/([$%])\1\{/g, "$1{") : text;
}

/** Value of the literal text from `start` to `end` within quotes. Reports escapes that HCL does not know. */
export function decodeQuotedText(reader: TokenReader, start: number, end: number): string {
  const text = reader.text.slice(start, end);
  let value = "";
  let at = 0;
  for (;;) {
    const backslash = text.indexOf("\\", at);
    if (backslash === -1) return value + decodePlainText(text.slice(at));
    const escape = decodeEscape(text, backslash);
    if (escape.error !== undefined) {
      const range = reader.range(start + backslash, start + escape.end);
      reader.report("syntax", escape.error, range);
    }
    value += decodePlainText(text.slice(at, backslash)) + escape.value;
    at = escape.end;
  }
}

interface Escape {
  readonly value: string;
  readonly end: number;
  readonly error?: string;
}

/** The escape at `at`, where a backslash stands. A bad one stands for itself. */
function decodeEscape(text: string, at: number): Escape {
  const selector = text.charCodeAt(at + 1);
  const simple = simpleEscapes.get(selector);
  if (simple !== undefined) return { value: simple, end: at + 2 };
  if (selector === Char.LowerU) return decodeCodePoint(text, at, 4);
  if (selector === Char.UpperU) return decodeCodePoint(text, at, 8);
  const written = text.slice(at, at + 2);
  return {
    value: written,
    end: at + written.length,
    error: `unknown escape sequence \`${written}\``,
  };
}

/** `\uNNNN` or `\UNNNNNNNN`. Surrogates are no characters, so two of them cannot make one either. */
function decodeCodePoint(text: string, at: number, digits: 4 | 8): Escape {
  const end = at + 2 + digits;
  const written = text.slice(at, end);
  const hexadecimal = /^\\[uU]([0-9A-Fa-f]+)$/.exec(written)?.[1];
  if (hexadecimal?.length !== digits) {
    const error = `\`${written.slice(0, 2)}\` must be followed by ${digits} hexadecimal digits`;
    // Only the letter is taken, since what follows may be an escape of its own.
    return { value: written.slice(0, 2), end: at + 2, error };
  }
  const codePoint = Number.parseInt(hexadecimal, 16);
  if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
    return { value: written, end, error: `\`${written}\` is not a Unicode character` };
  }
  return { value: String.fromCodePoint(codePoint), end };
}

/** Number of white space characters that the text starts with. */
export function countLeadingWhiteSpace(text: string): number {
  let count = 0;
  while (count < text.length && isWhiteSpace(text.charCodeAt(count))) count++;
  return count;
}

/** The text without the white space that it starts with, by Unicode's definition. */
export function trimStart(text: string): string {
  return text.slice(countLeadingWhiteSpace(text));
}

/** The text without the white space that it ends with, by Unicode's definition. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isWhiteSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(0, end);
}
