import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Fix } from "../findings/fix.js";
import type { AnalysedFinding } from "./analysis.js";
import { type Files, overlap, rangeOf } from "./ranges.js";
import { uriOf } from "./uris.js";

/** The kind of the action that makes every safe fix of a file. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.imdslint`;

/** What a client asks for: a stretch of one file, and the kinds of actions it wants, all by default. */
export interface CodeActionRequest {
  readonly path: string;
  readonly range: Range;
  readonly diagnostics: readonly Diagnostic[];
  readonly only?: readonly string[];
}

/** The fixes of what is found there, and one action for all safe fixes of the file. */
export function codeActionsFor(
  findings: readonly AnalysedFinding[],
  { path, range, diagnostics, only }: CodeActionRequest,
): readonly CodeAction[] {
  const wants = (kind: string) =>
    only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
  const here = findings.filter(
    ({ finding, files }) =>
      finding.fix !== undefined && overlap(rangeOf(files, finding.location), range),
  );
  const quickFixes = wants(CodeActionKind.QuickFix)
    ? here.flatMap((found) => quickFix(found, diagnostics))
    : [];
  return [...quickFixes, ...(wants(FIX_ALL) ? fixAll(findings, path) : [])];
}

function quickFix(
  { finding, files }: AnalysedFinding,
  diagnostics: readonly Diagnostic[],
): readonly CodeAction[] {
  const { fix, ruleId, location } = finding;
  if (fix === undefined) return [];
  const { start } = rangeOf(files, location);
  const solved = diagnostics.filter(
    ({ code, range }) =>
      code === ruleId &&
      range.start.line === start.line &&
      range.start.character === start.character,
  );
  return [
    {
      title: fix.safety === "safe" ? fix.title : `${fix.title} (review)`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [...solved],
      isPreferred: fix.safety === "safe",
      edit: workspaceEdit([fix], files),
    },
  ];
}

/** The first of fixes that would be in each other's way counts; the next request brings the others. */
function fixAll(findings: readonly AnalysedFinding[], path: string): readonly CodeAction[] {
  const fixes: Fix[] = [];
  for (const { finding } of findings) {
    const { fix } = finding;
    if (fix?.safety !== "safe" || fix.edits.some(({ location }) => location.path !== path))
      continue;
    const isFree = fix.edits.every((edit) =>
      fixes.every(({ edits }) => edits.every((other) => isApart(edit, other))),
    );
    if (isFree) fixes.push(fix);
  }
  const [first] = findings;
  if (fixes.length === 0 || first === undefined) return [];
  const title = "Fix everything in this file that imdslint can fix safely";
  return [{ title, kind: FIX_ALL, edit: workspaceEdit(fixes, first.files) }];
}

type Edit = Fix["edits"][number];

function isApart({ location: one }: Edit, { location: other }: Edit): boolean {
  return (
    one.path !== other.path ||
    one.range.end < other.range.start ||
    other.range.end < one.range.start
  );
}

function workspaceEdit(fixes: readonly Fix[], files: Files): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { location, newText } of fixes.flatMap(({ edits }) => edits)) {
    (changes[uriOf(location.path)] ??= []).push({ range: rangeOf(files, location), newText });
  }
  return { changes };
}
