import { diffLines } from "diff";
import type { SourceFile } from "../source/source-file.js";
import type { TextEdit } from "../source/text-range.js";

/** The edits that make another text of a file's, line by line, so that cursors and marks elsewhere stay. */
export function changesOf(file: SourceFile, after: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let start = 0;
  let end = 0;
  let newText = "";
  const finish = () => {
    if (end > start || newText !== "")
      edits.push({ location: file.location({ start, end }), newText });
    start = end;
    newText = "";
  };
  for (const { value, added, removed } of diffLines(file.text, after)) {
    if (added) {
      newText += value;
    } else if (removed) {
      end += value.length;
    } else {
      finish();
      end += value.length;
      start = end;
    }
  }
  finish();
  return edits;
}
