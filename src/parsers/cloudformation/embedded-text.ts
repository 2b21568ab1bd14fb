import type { SourceFile } from "../../source/source-file.js";
import type { Location, TextRange } from "../../source/text-range.js";
import { scalarOffsets } from "../scalar-offsets.js";
import type { DataNode } from "../yaml/syntax-tree.js";
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
  const offsets = isWrittenOut ? scalarOffsets(text, file.text, node.range) : undefined;
  const toLocation = ({ start, end }: TextRange): Location => {
    const [first, last] = [offsets?.[start], offsets?.[end]];
    if (first === undefined || last === undefined) return place;
    return { path: place.path, range: { start: first, end: last } };
  };
  return { path: place.path, text, toLocation };
}
