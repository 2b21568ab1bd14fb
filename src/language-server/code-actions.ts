import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Position,
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
  const here = findings.filter(({ finding, files }) =>
    overlap(rangeOf(files, finding.location), range),
  );
  const quickFixes = wants(CodeActionKind.QuickFix)
    ? [
        ...here.flatMap((found) => quickFix(found, diagnostics)),
        ...here.flatMap((found) => ignoreHere(found, diagnostics)),
      ]
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
  const solved = diagnosticsAt(diagnostics, ruleId, start);
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

/** A comment on the line before, whose reason is left to whoever asked; JSON and scripts have no place for one. */
function ignoreHere(
  { finding, files }: AnalysedFinding,
  diagnostics: readonly Diagnostic[],
): readonly CodeAction[] {
  const { ruleId, kind, location } = finding;
  const file = files.get(location.path);
  if (kind === "open" || file === undefined || !takesComment(finding)) return [];
  const { start } = rangeOf(files, location);
  const indentation = /^[ \t]*/.exec(file.lineText(start.line))?.[0] ?? "";
  const newText = `${indentation}# imdslint-ignore-next-line ${ruleId} -- reason\n`;
  const at = { line: start.line, character: 0 };
  return [
    {
      title: `Ignore ${ruleId} here, for a reason`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [...diagnosticsAt(diagnostics, ruleId, start)],
      edit: { changes: { [uriOf(location.path)]: [{ range: { start: at, end: at }, newText }] } },
    },
  ];
}

function takesComment({ ruleId, location: { path } }: AnalysedFinding["finding"]): boolean {
  const isInScript = ruleId.startsWith("user-data-") || ruleId.startsWith("sdk-");
  return /\.(?:ya?ml|template|tf|tofu|tfvars)$/.test(path) && !isInScript;
}

/** The diagnostics of a rule that start at a place. */
function diagnosticsAt(
  diagnostics: readonly Diagnostic[],
  ruleId: string,
  { line, character }: Position,
): readonly Diagnostic[] {
  return diagnostics.filter(
    ({ code, range: { start } }) =>
      code === ruleId && start.line === line && start.character === character,
  );
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
