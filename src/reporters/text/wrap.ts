import { displayWidth } from "./display-width.js";

/** Fewer cells than this are no column to read. */
const NARROWEST = 20;

/** The text in lines of at most `width` cells, broken at spaces; a longer word has a line of its own. */
export function wrap(text: string, width: number): readonly string[] {
  const most = Math.max(width, NARROWEST);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && displayWidth(longer) > most) {
      lines.push(line.trimEnd());
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** The text below an indent, further lines two cells deeper. */
export function hang(text: string, indent: string, width: number): string {
  return wrap(text, width - indent.length - 2)
    .map((line, index) => (index === 0 ? indent + line : `${indent}  ${line}`))
    .join("\n");
}
