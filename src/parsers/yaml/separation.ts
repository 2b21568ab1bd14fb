/** Offset of the first character at or after `from` that is neither white space nor part of a comment. */
export function skipSeparation(text: string, from: number): number {
  let position = from;
  for (;;) {
    const character = text[position];
    if (character === "#") {
      position = endOfLine(text, position);
    } else if (character !== undefined && isWhiteSpace(character)) {
      position++;
    } else {
      return position;
    }
  }
}

/**
 * Where a block scalar ends whose `|` or `>` stands at `indicator`: behind its
 * last line that is not blank, without the line break. Parsers disagree about
 * the blank lines behind it, so `end` may include any number of them.
 */
export function blockScalarEnd(text: string, indicator: number, end: number): number {
  const header = /[|>][-+\d]*/y;
  header.lastIndex = indicator;
  const headerEnd = indicator + (header.exec(text)?.[0].length ?? 0);
  const contentStart = Math.min(endOfLine(text, headerEnd), end);

  let last = end;
  while (last > contentStart && isWhiteSpace(text.charAt(last - 1))) last--;
  if (last <= contentStart) return headerEnd;
  while (last < end && (text[last] === " " || text[last] === "\t")) last++;
  return last;
}

function endOfLine(text: string, offset: number): number {
  const lineBreak = /[\r\n]|$/g;
  lineBreak.lastIndex = offset;
  return lineBreak.exec(text)?.index ?? text.length;
}

/** Whether the character is a space, a tab or part of a line break. */
export function isWhiteSpace(character: string): boolean {
  return character === " " || character === "\n" || character === "\r" || character === "\t";
}
