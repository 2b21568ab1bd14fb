import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  CodeActionTriggerKind,
  type Diagnostic,
  type Position,
  type Range,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { TextEdit } from "../source/text-range.js";
import type { AnalysedFinding } from "./analysis.js";
import { ignoreHere, type IsSilenced } from "./ignore-here.js";
import { type Files, overlap, rangeOf } from "./ranges.js";

/** The kind of the action that makes every safe fix of a file. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.imdslint`;

/** What a client asks for: a stretch of one file, and what it says besides. */
export interface CodeActionRequest {
  readonly path: string;
  readonly range: Range;
  readonly context: CodeActionContext;
}

/** What code actions are made of. Everything that is offered has been tried. */
export interface FixSource {
  readonly findings: readonly AnalysedFinding[];
  /** Whether a finding is gone once its fix is made, and nothing is broken by it. */
  readonly isFixed: (found: AnalysedFinding) => boolean;
  readonly isSilenced: IsSilenced;
  /** The edits that all safe fixes of the file come to, with the texts that they count in. */
  readonly fixAll: () => { readonly edits: readonly TextEdit[]; readonly files: Files };
  /** Edits as the client takes them. */
  readonly workspaceEdit: (edits: readonly TextEdit[], files: Files) => WorkspaceEdit;
}

/** The fixes of what is found there, comments that ignore it, and one action for all safe fixes of the file. */
export function codeActionsFor(
  source: FixSource,
  { range, context: { diagnostics, only, triggerKind } }: CodeActionRequest,
): readonly CodeAction[] {
  const wants = (kind: string) =>
    only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
  const here = source.findings.filter(({ finding, files }) =>
    overlap(rangeOf(files, finding.location), range),
  );
  const quickFixes = wants(CodeActionKind.QuickFix)
    ? [
        ...here.flatMap((found) => quickFix(found, source, diagnostics)),
        ...here.flatMap((found) => ignore(found, source, diagnostics)),
      ]
    : [];
  // Where only the cursor has moved, nobody waits for what is not about that place.
  const isByTheWay = only === undefined && triggerKind === CodeActionTriggerKind.Automatic;
  return [...quickFixes, ...(wants(FIX_ALL) && !isByTheWay ? fixAll(source) : [])];
}

function quickFix(
  found: AnalysedFinding,
  { isFixed, workspaceEdit }: FixSource,
  diagnostics: readonly Diagnostic[],
): readonly CodeAction[] {
  const { fix } = found.finding;
  if (fix === undefined || !isFixed(found)) return [];
  return [
    {
      title: fix.safety === "safe" ? fix.title : `${fix.title} (review)`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [...diagnosticsOf(found, diagnostics)],
      isPreferred: fix.safety === "safe",
      edit: workspaceEdit(fix.edits, found.files),
    },
  ];
}

function ignore(
  found: AnalysedFinding,
  { isSilenced, workspaceEdit }: FixSource,
  diagnostics: readonly Diagnostic[],
): readonly CodeAction[] {
  const edit = ignoreHere(found, isSilenced);
  if (edit === undefined) return [];
  return [
    {
      title: `Ignore ${found.finding.ruleId} here, for a reason`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [...diagnosticsOf(found, diagnostics)],
      edit: workspaceEdit([edit], found.files),
    },
  ];
}

function fixAll(source: FixSource): readonly CodeAction[] {
  const { edits, files } = source.fixAll();
  if (edits.length === 0) return [];
  const title = "Fix everything in this file that imdslint can fix safely";
  return [{ title, kind: FIX_ALL, edit: source.workspaceEdit(edits, files) }];
}

/** Those among diagnostics that stand for a finding. */
function diagnosticsOf(
  { finding, files }: AnalysedFinding,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  const { line, character }: Position = rangeOf(files, finding.location).start;
  return diagnostics.filter(
    ({ code, range: { start } }) =>
      code === finding.ruleId && start.line === line && start.character === character,
  );
}
