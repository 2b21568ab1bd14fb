/** Beyond this column a quoted string goes on in the next line at its next space. */
const BEST_WIDTH = 80;

/** What libyaml shows as it is in quotes: no control characters, line ends, or what lies beyond U+FFFF. */
const PRINTABLE = /^[\x20-\x7E\u00A0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD]$/u;

const namedEscapes: Readonly<Record<string, string>> = {
  "\0": "0",
  "\x07": "a",
  "\b": "b",
  "\t": "t",
  "\n": "n",
  "\v": "v",
  "\f": "f",
  "\r": "r",
  "\x1B": "e",
  '"': '"',
  "\\": "\\",
  "\x85": "N",
  "\u2028": "L",
  "\u2029": "P",
};

/**
 * A string in double quotes as libyaml writes it from that column on. Its further lines are indented
 * by `indent`; without, it stays in one line.
 */
export function quotedYaml(text: string, column: number, indent?: number): string {
  const characters = Array.from(text);
  const lines: string[] = [];
  let line = '"';
  let width = column + 1;
  for (const [index, character] of characters.entries()) {
    const isInner = index > 0 && index < characters.length - 1;
    const isBreak = character === " " && characters[index - 1] !== " " && width > BEST_WIDTH;
    if (indent !== undefined && isBreak && isInner) {
      lines.push(line);
      // A space that begins the next line would be lost without a backslash.
      line = " ".repeat(indent) + (characters[index + 1] === " " ? "\\" : "");
      width = line.length;
      continue;
    }
    const written = escaped(character);
    line += written;
    width += written.length;
  }
  return [...lines, `${line}"`].join("\n");
}

function escaped(character: string): string {
  const named = namedEscapes[character];
  if (named !== undefined) return `\\${named}`;
  if (PRINTABLE.test(character)) return character;
  const codePoint = character.codePointAt(0) ?? 0;
  const [letter, digits] = codePoint <= 0xff ? ["x", 2] : codePoint <= 0xffff ? ["u", 4] : ["U", 8];
  return `\\${letter}${codePoint.toString(16).toUpperCase().padStart(digits, "0")}`;
}

/** A string of several lines as a literal block, or undefined where it must be quoted. */
export function literalBlock(text: string, indent: number): string | undefined {
  if (!text.includes("\n") || / (?:[\n\u2028\u2029]|$)/.test(text)) return undefined;
  if (!Array.from(text).every((character) => isShownInBlock(character))) return undefined;
  const hint = /^[ \n\u2028\u2029]/.test(text) ? "2" : "";
  const isKept = /^[\n\u2028\u2029]$|[\n\u2028\u2029]{2}$/.test(text);
  const chomping = isKept ? "+" : /[\n\u2028\u2029]$/.test(text) ? "" : "-";
  const body = text
    .replace(/\n$/, "")
    .replace(/[^\n\u2028\u2029]+/g, (line) => " ".repeat(indent) + line);
  return `|${hint}${chomping}\n${body}`;
}

function isShownInBlock(character: string): boolean {
  return PRINTABLE.test(character) || /^[\n\u2028\u2029]$/.test(character);
}
