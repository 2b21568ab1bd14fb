import type { Finding } from "../findings/finding.js";
import { addEntries } from "../fixes/data-properties.js";
import { inLineEndingsOf } from "../fixes/layout.js";
import { isTerraform, readTree } from "../fixes/written-as.js";
import type { SourceFile } from "../source/source-file.js";
import type { TextEdit } from "../source/text-range.js";
import type { AnalysedFinding } from "./analysis.js";

/** Tells whether a finding is silenced once a file has another text. */
export type IsSilenced = (found: AnalysedFinding, text: string) => boolean;

/**
 * What silences a finding, its reason left to whoever asked: a comment above its line, or in JSON, which has
 * none, an entry of its resource. Undefined where neither does, as within a script or a text of several lines.
 */
export function ignoreHere(found: AnalysedFinding, isSilenced: IsSilenced): TextEdit | undefined {
  const { ruleId, kind, location } = found.finding;
  const file = found.files.get(location.path);
  if (kind === "open" || file === undefined) return undefined;
  const [edit, ...others] = file.path.endsWith(".json")
    ? entryOfResource(file, found.finding)
    : [commentAbove(file, location.range.start, ruleId)];
  if (edit === undefined || others.length > 0) return undefined;
  return isSilenced(found, withEdit(file, edit)) ? edit : undefined;
}

/** `Metadata` in CloudFormation, and a property that is a comment in Terraform's JSON syntax. */
function entryOfResource(
  file: SourceFile,
  { ruleId, resource: { location } }: Finding,
): readonly TextEdit[] {
  const tree = readTree(file);
  if (tree === undefined || tree.syntax === "hcl" || location.path !== file.path) return [];
  const below = location.range;
  const comment = { name: "//", value: `imdslint-ignore-resource ${ruleId} -- reason` };
  const ignore = { name: "ignore", value: [{ rule: ruleId, reason: "reason" }] };
  const edits = isTerraform(file.path)
    ? addEntries(file, tree.root, { below, names: [], properties: [comment] }, "terraform")
    : addEntries(
        file,
        tree.root,
        { below, names: ["Metadata", "imdslint"], properties: [ignore] },
        "cloudformation",
      );
  return (edits ?? []).map((edit) => ({ ...edit, newText: inLineEndingsOf(file, edit.newText) }));
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
