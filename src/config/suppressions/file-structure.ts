import type { TextRange } from "../../source/text-range.js";
import type { MappingNode } from "../../parsers/yaml/syntax-tree.js";

/** What suppressions need to know of a file: its comments, and what they can stand above or in. */
export interface FileStructure {
  /** In source order. */
  readonly comments: readonly CommentLine[];
  /** Everything that has a name and a body or value, in source order, the outer before the inner. */
  readonly elements: readonly Element[];
  /** `Metadata` of CloudFormation. */
  readonly metadata: readonly DeclaredMetadata[];
  /** Whether an element of another may go on behind its last text, as indentation says. */
  readonly isIndented: boolean;
}

/** One line of a comment. */
export interface CommentLine {
  /** Without markers and white space around it. */
  readonly text: string;
  /** Where that text stands. Of a JSON string with escapes, the whole string. */
  readonly range: TextRange;
  /** The comment it belongs to, with its markers. */
  readonly comment: TextRange;
}

/** A block, an attribute, or a key with its value. */
export interface Element {
  /** From its name to its end. */
  readonly range: TextRange;
  /** The column of its name, zero-based. */
  readonly column: number;
  /** Of what a file declares as a whole, such as a resource: what it is called. */
  readonly name?: string;
  /** The text of a literal argument below it, by names joined with dots; undefined where there is none. */
  readonly literal?: (path: string) => string | undefined;
}

/** `Metadata` of a template or, if there is an element, of what stands in one of its sections. */
export interface DeclaredMetadata {
  readonly element?: Element;
  readonly node: MappingNode;
}

/** The lines of a comment that say something, without the markers of any language. */
export function commentLines(text: string, comment: TextRange): readonly CommentLine[] {
  const lines: CommentLine[] = [];
  const line = /[^\r\n]+/g;
  line.lastIndex = comment.start;
  for (let match = line.exec(text); match !== null; match = line.exec(text)) {
    if (match.index >= comment.end) break;
    const written = match[0].slice(0, comment.end - match.index);
    const before = /^(?:[\s#*]|\/\/+|\/\*)*/.exec(written)?.[0].length ?? 0;
    const said = written.slice(before).replace(/(?:\s|\*\/)+$/, "");
    const start = match.index + before;
    if (said !== "")
      lines.push({ text: said, range: { start, end: start + said.length }, comment });
  }
  return lines;
}
