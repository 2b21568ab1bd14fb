import type { SourceFile } from "../source/source-file.js";
import type { TextEdit } from "../source/text-range.js";
import type { AnalysedFinding } from "./analysis.js";

/** Tells whether a finding is silenced once a file has another text. */
export type IsSilenced = (found: AnalysedFinding, text: string) => boolean;

/**
 * The comment above a finding's line that silences it, its reason left to whoever asked. Undefined where none
 * does: JSON has no comments, and within a script or a text of several lines they are none of ours.
 */
export function ignoreHere(found: AnalysedFinding, isSilenced: IsSilenced): TextEdit | undefined {
  const { ruleId, kind, location } = found.finding;
  const file = found.files.get(location.path);
  if (kind === "open" || file === undefined || file.path.endsWith(".json")) return undefined;
  const edit = commentAbove(file, location.range.start, ruleId);
  return isSilenced(found, withEdit(file, edit)) ? edit : undefined;
}

function commentAbove(file: SourceFile, offset: number, ruleId: string): TextEdit {
  const { line } = file.position(offset);
  const start = file.offset({ line, column: 0 });
  const indentation = /^[ \t]*/.exec(file.lineText(line))?.[0] ?? "";
  const ending = file.text.includes("\r\n") ? "\r\n" : "\n";
  const newText = `${indentation}# imdslint-ignore-next-line ${ruleId} -- reason${ending}`;
  return { location: file.location({ start, end: start }), newText };
}

function withEdit({ text }: SourceFile, { location: { range }, newText }: TextEdit): string {
  return `${text.slice(0, range.start)}${newText}${text.slice(range.end)}`;
}
