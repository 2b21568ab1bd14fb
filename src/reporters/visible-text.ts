/**
 * Characters that show as nothing or change how others show: controls (ESC among them), formats
 * (bidi controls, zero-width ones), line separators, halves of surrogate pairs. Templates are other
 * people's text, and a report must not let them rewrite a terminal or a log.
 * https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const INVISIBLE = /[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}]/gu;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The text on one line, with invisible characters spelt out: `\n`, `\u{1b}`, `\u{202e}`. */
export function makeVisible(text: string): string {
  return text.replace(
    INVISIBLE,
    (character) => SHORT_ESCAPES[character] ?? `\\u{${codePointOf(character).toString(16)}}`,
  );
}

/** A value as indented JSON with a final newline. Means exactly `value`, and is safe to print. */
export function toJsonText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  // Line feeds are the only invisible characters outside of strings.
  const printable = text.replace(INVISIBLE, (character) =>
    character === "\n" ? character : toJsonEscape(character),
  );
  return `${printable}\n`;
}

/** Characters beyond the basic plane take two escapes. */
function toJsonEscape(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
