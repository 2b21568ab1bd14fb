import type { SourceFile } from "../source/source-file.js";

/** The line ending that a text uses; the first one counts. */
function lineEndingOf(text: string): "\n" | "\r\n" {
  const end = text.indexOf("\n");
  return end > 0 && text[end - 1] === "\r" ? "\r\n" : "\n";
}

/** Lines joined as the file's own lines are. */
export function inLineEndingsOf({ text }: SourceFile, written: string): string {
  const ending = lineEndingOf(text);
  return ending === "\n" ? written : written.replaceAll("\n", ending);
}

/** The offset where the line of `offset` starts. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** The offset where the line of `offset` ends, before its line ending. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end === -1) return text.length;
  return text[end - 1] === "\r" && end > offset ? end - 1 : end;
}

/** The white space that the line of `offset` starts with. */
export function indentationAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start, lineEnd(text, start)))?.[0] ?? "";
}

/** White space as wide as what stands before `offset` on its line, with its tabs. */
export function columnAt(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), offset).replace(/[^\t]/g, " ");
}

/** How much deeper the inner indentation is than the outer; two spaces where that cannot be seen. */
export function indentationStep(outer: string, inner: string): string {
  return inner.length > outer.length && inner.startsWith(outer) ? inner.slice(outer.length) : "  ";
}

/** Whether the two offsets are on one line. */
export function isOnOneLine(text: string, start: number, end: number): boolean {
  return !text.slice(start, end).includes("\n");
}

/** Whether nothing but white space stands before `offset` on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === "";
}

/** White space that is one level further in than `indentation`, in HCL. */
export function oneLevelDeeper(indentation: string): string {
  return `${indentation}${indentation.includes("\t") ? "\t" : "  "}`;
}
