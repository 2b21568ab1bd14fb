import type { TextRange } from "../../source/text-range.js";

/** The line at `offset`, or the nearest above it that is not blank; without its line break. */
export function lineWithText(text: string, offset: number): TextRange | undefined {
  let end = offset < 0 ? -1 : endOfLine(text, offset);
  while (end >= 0) {
    const start = startOfLine(text, end);
    if (text.slice(start, end).trim() !== "") return { start, end };
    end = start - 1;
  }
  return undefined;
}

/** Where the last of the lines ends that follow `line` and stand deeper; its own end if there are none. */
export function endOfBlock(text: string, line: TextRange): number {
  const indentation = indentationOf(text.slice(line.start, line.end));
  let blockEnd = line.end;
  for (let start = line.end + 1; start < text.length; start = endOfLine(text, start) + 1) {
    const end = endOfLine(text, start);
    const content = text.slice(start, end);
    if (content.trim() === "") continue;
    if (indentationOf(content) <= indentation) break;
    blockEnd = end;
  }
  return blockEnd;
}

/** Without the white space at both ends. */
export function trimRange(text: string, { start, end }: TextRange): TextRange {
  const content = text.slice(start, end);
  const trimmed = content.trim();
  const trimmedStart = start + content.indexOf(trimmed);
  return { start: trimmedStart, end: trimmedStart + trimmed.length };
}

function startOfLine(text: string, offset: number): number {
  // Without the test, -1 would make lastIndexOf look at the first character.
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

function endOfLine(text: string, offset: number): number {
  const lineBreak = text.indexOf("\n", offset);
  return lineBreak < 0 ? text.length : lineBreak;
}

/** In spaces: a tab indents nothing in YAML. */
function indentationOf(line: string): number {
  let width = 0;
  while (line[width] === " ") width++;
  return width;
}
