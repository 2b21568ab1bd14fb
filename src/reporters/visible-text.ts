/**
 * Characters that show as nothing or change how others show: controls (ESC among them), formats
 * (bidi controls, zero-width ones), line separators, halves of surrogate pairs. Templates are other
 * people's text, and a report must not let them rewrite a terminal or a log.
 * https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const INVISIBLE = /[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}]/gu;

/** Nearly every text is plain; compiling what knows Unicode's properties takes milliseconds. */
const PLAIN = /^[\n\x20-\x7e]*$/;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * What CI systems run when they see it in a log: `##vso[` and `##[` of Azure Pipelines and GitHub
 * Actions and `##teamcity[` anywhere in a line.
 * https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands
 * https://www.jetbrains.com/help/teamcity/service-messages.html
 */
const LOG_COMMAND = /##(vso|teamcity)?\[/gi;

/**
 * What GitHub Actions runs at the start of a line, blanks before it not counted. Lines are broken
 * between words, so that any word may come to stand there.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
const WORKFLOW_COMMAND = /(?<!\S)::/g;

/**
 * The text on one line, fit to be printed: invisible characters spelt out (`\n`, `\u{1b}`, `\u{202e}`),
 * and nothing left that a CI system would take for a command to it.
 */
export function makeVisible(text: string): string {
  return replaceInvisible(
    text,
    (character) => SHORT_ESCAPES[character] ?? `\\u{${codePointOf(character).toString(16)}}`,
  )
    .replace(LOG_COMMAND, disarm)
    .replace(WORKFLOW_COMMAND, ":\\u{3a}");
}

function replaceInvisible(text: string, spell: (character: string) => string): string {
  if (PLAIN.test(text)) return text.replaceAll("\n", spell);
  return text.replace(INVISIBLE, spell);
}

/** Takes what is left of a command after its parts were made visible; the text keeps its length. */
export function disarmCommands(line: string): string {
  return line.replace(LOG_COMMAND, disarm);
}

function disarm(command: string): string {
  return `${command.slice(0, -1)}(`;
}

/** A value as indented JSON with a final newline. Means exactly `value`, and is safe to print. */
export function toJsonText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  // Line feeds are the only invisible characters outside of strings, as are brackets behind no `#`.
  const printable = replaceInvisible(text, (character) =>
    character === "\n" ? character : toJsonEscape(character),
  ).replace(LOG_COMMAND, (command) => `${command.slice(0, -1)}${toJsonEscape("[")}`);
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
