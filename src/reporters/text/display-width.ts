const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const COMBINING = /^\p{Mark}$/u;
/** Close to https://www.unicode.org/reports/tr11/ without its table: scripts and emoji that take two cells. */
const WIDE =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u;
const HALFWIDTH = /^[\uff61-\uffdc]$/;

/** How many cells of a terminal a text without control characters takes. */
export function displayWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) && !HALFWIDTH.test(character) ? 2 : 1;
}
