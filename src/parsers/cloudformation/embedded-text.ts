import type { SourceFile } from "../../source/source-file.js";
import type { Location, TextRange } from "../../source/text-range.js";
import { offsetsInContent } from "../json/json-string.js";
import type { DataNode, ScalarNode } from "../yaml/syntax-tree.js";
import type { EmbeddedTemplate } from "./template-files.js";

/**
 * The text that a node comes to, as a template that is written there. Ranges of it are those of the
 * node's own characters where it is written out in one piece, else the node as a whole.
 */
export function embeddedTemplate(
  text: string,
  node: DataNode,
  place: Location,
  file: SourceFile,
): EmbeddedTemplate {
  const isWrittenOut = node.kind === "scalar" && node.text === text && place.path === file.path;
  const offsets = isWrittenOut ? sourceOffsets(node, file.text) : undefined;
  const toLocation = ({ start, end }: TextRange): Location => {
    const [first, last] = [offsets?.[start], offsets?.[end]];
    if (first === undefined || last === undefined) return place;
    return { path: place.path, range: { start: first, end: last } };
  };
  return { path: place.path, text, toLocation };
}

/** For each character of a scalar's text and for its end, its offset in the source; undefined where that is not simple. */
function sourceOffsets(node: ScalarNode, source: string): readonly number[] | undefined {
  const { start, end } = node.range;
  switch (node.style) {
    case "literal":
      return literalOffsets(node, source);
    case "double-quoted": {
      const content = source.slice(start + 1, end - 1);
      const offsets = offsetsInContent(content).map((offset) => start + 1 + offset);
      const isInOneLine = !content.includes("\n") && offsets.length === node.text.length + 1;
      return isInOneLine ? offsets : undefined;
    }
    case "plain":
      return source.slice(start, end) === node.text ? consecutive(start, end) : undefined;
    case "single-quoted":
      return source.slice(start + 1, end - 1) === node.text
        ? consecutive(start + 1, end - 1)
        : undefined;
    case "folded":
      return undefined;
  }
}

function consecutive(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start + 1 }, (_, index) => start + index);
}

/** Lines stay what they are, without the indentation they have in common. */
function literalOffsets(
  { text, range }: ScalarNode,
  source: string,
): readonly number[] | undefined {
  const offsets: number[] = [];
  let lineStart = source.indexOf("\n", range.start) + 1;
  let indentation: number | undefined;
  for (const line of text.split("\n")) {
    const lineEnd = source.indexOf("\n", lineStart);
    const end = lineEnd === -1 ? source.length : lineEnd;
    const written = source.slice(lineStart, end).replace(/\r$/, "");
    if (line.trim() !== "") indentation ??= written.length - line.length;
    const start = lineStart + (line === "" ? 0 : (indentation ?? 0));
    if (source.slice(start, start + line.length) !== line) return undefined;
    for (let index = 0; index <= line.length; index++) offsets.push(start + index);
    lineStart = end + 1;
  }
  return offsets;
}
