import type { ParseError } from "../parse-error.js";
import type { DataNode } from "../yaml/syntax-tree.js";
import { JsonReader } from "./json-reader.js";

/** What could be read of a JSON text, and everything its syntax does not allow. */
export interface ParsedJson {
  /** Absent when there is no value at all. */
  readonly root?: DataNode;
  /** In source order. Apart from `duplicate-key` and `too-deep`, empty means that `JSON.parse` accepts the text. */
  readonly errors: readonly ParseError[];
}

/**
 * Reads JSON into the tree that YAML is read into. Never throws: missing or
 * surplus commas, open strings and brackets, and comments are reported, and the
 * rest is read as it was probably meant, by its indentation where a bracket is
 * never closed. A byte order mark is skipped.
 *
 * Collections are `flow`, strings `double-quoted`, and everything else is a
 * `plain` scalar with its source text.
 */
export function parseJson(text: string): ParsedJson {
  const reader = new JsonReader(text);
  const read = reader.read();
  if (!reader.isOpenAtEnd || !isIndented(text)) return read;
  // A closer is missing, and only the indentation says where: what follows would all seem to be within.
  return new JsonReader(text, "indentation").read();
}

/** Whether what the outermost collection holds stands on lines of its own, further in than its bracket. */
function isIndented(text: string): boolean {
  return /^\ufeff?\s*[{[][ \t]*\r?\n[ \t]+\S/.test(text);
}
