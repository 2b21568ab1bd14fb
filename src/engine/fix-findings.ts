import type { Finding } from "../findings/finding.js";
import type { FixSafety } from "../findings/fix.js";
import type { Report } from "../findings/report.js";
import { applyEdits } from "../source/apply-edits.js";
import { OverlayFileSystem } from "../source/overlay-file-system.js";
import type { TextEdit } from "../source/text-range.js";
import { lint } from "./lint.js";
import type { LintRequest } from "./lint-request.js";

/** One fix can make room for another, but not for ever. */
const MOST_PASSES = 10;

/** What fixing came to. */
export interface FixResult {
  /** What is still found once all fixes are made. */
  readonly report: Report;
  /** The files that changed, by path: their texts before and after, without a byte order mark. */
  readonly changed: ReadonlyMap<string, FixedText>;
  /** How many findings were fixed. */
  readonly fixed: number;
}

/** A text before and after. */
export interface FixedText {
  readonly before: string;
  readonly after: string;
}

/**
 * Makes the fixes of a run's findings, pass by pass until none is left, without writing anything. A fix
 * that does not do away with its finding, or breaks a file, is taken back; then nothing of that pass
 * counts but what can be made without it. By default the fixes of all findings are meant.
 */
export function fixFindings(
  request: LintRequest,
  wanted: readonly FixSafety[],
  isMeant: (finding: Finding) => boolean = () => true,
): FixResult {
  const texts = new Map<string, string>();
  const refused = new Set<string>();
  let report = lintWith(request, texts);
  let fixed = 0;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const meant = { ...report, findings: report.findings.filter(isMeant) };
    const chosen = chooseFixes(meant, request, wanted, refused);
    if (chosen.length === 0) break;
    const edited = editedTexts(chosen, report);
    const after = lintWith(request, new Map([...texts, ...edited]));
    const failed = failedFixes(chosen, report, after);
    if (failed.length > 0) {
      for (const { fingerprint } of failed) refused.add(fingerprint);
      continue;
    }
    for (const [path, text] of edited) texts.set(path, text);
    fixed += chosen.length;
    report = after;
  }
  const changed = [...texts].map(([path, after]) => {
    const read = request.fileSystem.read(path);
    return [path, { before: "text" in read ? read.text : "", after }] as const;
  });
  return { report, changed: new Map(changed), fixed };
}

function lintWith(request: LintRequest, texts: ReadonlyMap<string, string>): Report {
  const fileSystem = new OverlayFileSystem(request.fileSystem, texts);
  return lint({ ...request, fileSystem, withFixes: true });
}

/** Fixes that do not get in each other's way, the first in the report first. */
function chooseFixes(
  { findings }: Report,
  { rootDirectory }: LintRequest,
  wanted: readonly FixSafety[],
  refused: ReadonlySet<string>,
): readonly Finding[] {
  const tree = rootDirectory === "/" ? "" : rootDirectory;
  const taken: TextEdit[] = [];
  return findings.filter(({ fix, fingerprint }) => {
    if (fix === undefined || !wanted.includes(fix.safety) || refused.has(fingerprint)) return false;
    const isInTree = fix.edits.every(({ location }) => location.path.startsWith(`${tree}/`));
    if (!isInTree || fix.edits.some((edit) => taken.some((other) => collides(edit, other))))
      return false;
    taken.push(...fix.edits);
    return true;
  });
}

/** Whether two edits overlap, or insert at the same place: the next pass sees what the first one made. */
function collides({ location: one }: TextEdit, { location: other }: TextEdit): boolean {
  return (
    one.path === other.path &&
    one.range.start <= other.range.end &&
    other.range.start <= one.range.end
  );
}

function editedTexts(chosen: readonly Finding[], { files }: Report): ReadonlyMap<string, string> {
  const edits = chosen.flatMap(({ fix }) => fix?.edits ?? []);
  const paths = new Set(edits.map(({ location }) => location.path));
  return new Map(
    [...paths].map((path) => {
      const own = edits.filter(({ location }) => location.path === path);
      return [path, applyEdits(files.get(path)?.text ?? "", own)];
    }),
  );
}

/** Those that are found as before, or whose files gave new errors. */
function failedFixes(
  chosen: readonly Finding[],
  before: Report,
  after: Report,
): readonly Finding[] {
  // A name put right may show that its value is wrong, which is another message on the same option.
  const keyOf = ({ fingerprint, messageId }: Finding) => `${fingerprint} ${messageId}`;
  const found = new Set(after.findings.map(keyOf));
  const remaining = chosen.filter((finding) => found.has(keyOf(finding)));
  if (remaining.length > 0) return remaining;
  return after.errors.length > before.errors.length ? chosen : [];
}
