import { relative } from "pathe";
import type { BaselineEntry } from "../config/baseline/baseline-file.js";
import type { Finding } from "../findings/finding.js";
import type { Report } from "../findings/report.js";
import type { SuppressedFinding } from "../findings/suppression.js";

/** What a run was, as far as it tells which entries of a baseline are still needed. */
export interface BaselineRun {
  /** What paths in the baseline are relative to. */
  readonly rootDirectory: string;
  /** Whether a rule was run on what stands in the file of an absolute path. */
  readonly isRun: (ruleId: string, path: string) => boolean;
  /** Whether what stands in the file of an absolute path was judged. */
  readonly isJudged: (path: string) => boolean;
  /** Whether there is a file at an absolute path. */
  readonly exists: (path: string) => boolean;
}

/** A report with what a baseline knows taken out of its findings. */
export interface BaselinedReport {
  readonly report: Report;
  /** The baseline as this run has it: moved entries at their new places, without those not needed any more. */
  readonly current: readonly BaselineEntry[];
  /** Entries whose findings are gone, or silenced in the source. */
  readonly unneeded: readonly BaselineEntry[];
}

/** How a baseline names a finding. */
export function baselineEntry(finding: Finding, rootDirectory: string): BaselineEntry {
  const { ruleId, kind, location, resource, fingerprint } = finding;
  const file = relative(rootDirectory, location.path);
  return { file, rule: ruleId, kind, resource: resource.address, fingerprint };
}

/**
 * Silences the findings that a baseline knows. One is known by its fingerprint; one in another file is
 * new, unless the file of an entry is gone and the finding is what that file's was: then it has moved.
 */
export function applyBaseline(
  report: Report,
  entries: readonly BaselineEntry[],
  run: BaselineRun,
): BaselinedReport {
  const known = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  const met = new Set<BaselineEntry>();
  const muted = new Set<Finding>();
  for (const finding of report.findings) {
    const entry = known.get(finding.fingerprint);
    if (entry === undefined) continue;
    met.add(entry);
    muted.add(finding);
  }
  const others = entries.filter((entry) => !met.has(entry));
  const isGone = ({ file }: BaselineEntry) => !run.exists(`${run.rootDirectory}/${file}`);
  const moved = findMoved(
    others.filter(isGone),
    report.findings.filter((finding) => !muted.has(finding)),
    run.rootDirectory,
  );
  for (const finding of moved.values()) muted.add(finding);
  const left = others.filter((entry) => !moved.has(entry));
  const unneeded = left.filter((entry) => isUnneeded(entry, report, run, isGone(entry)));
  const dropped = new Set(unneeded);
  const current = entries
    .filter((entry) => !dropped.has(entry))
    .map((entry) => {
      const finding = moved.get(entry);
      return finding === undefined ? entry : baselineEntry(finding, run.rootDirectory);
    });
  const byBaseline = [...muted].map((finding): SuppressedFinding => ({
    ...finding,
    suppression: { kind: "external", source: "baseline" },
  }));
  return {
    report: {
      ...report,
      findings: report.findings.filter((finding) => !muted.has(finding)),
      suppressed: [...report.suppressed, ...byBaseline].sort(byPlace),
    },
    current,
    unneeded,
  };
}

/** Pairs entries of files that are gone with findings that differ from theirs in nothing but the file. */
function findMoved(
  gone: readonly BaselineEntry[],
  findings: readonly Finding[],
  rootDirectory: string,
): ReadonlyMap<BaselineEntry, Finding> {
  const free = new Map<string, Finding[]>();
  for (const finding of gone.length === 0 ? [] : findings) {
    const key = keyWithoutFile(baselineEntry(finding, rootDirectory));
    free.set(key, [...(free.get(key) ?? []), finding]);
  }
  const moved = new Map<BaselineEntry, Finding>();
  for (const entry of gone) {
    const finding = free.get(keyWithoutFile(entry))?.shift();
    if (finding !== undefined) moved.set(entry, finding);
  }
  return moved;
}

function keyWithoutFile({ rule, kind, resource }: BaselineEntry): string {
  return JSON.stringify([rule, kind, resource]);
}

/** What was not looked at proves nothing. */
function isUnneeded(
  { rule, file }: BaselineEntry,
  { errors, coverage }: Report,
  { isRun, rootDirectory, isJudged }: BaselineRun,
  isGone: boolean,
): boolean {
  const path = `${rootDirectory}/${file}`;
  const isSkipped = coverage.skipped.some(({ location }) => location.path === path);
  if (errors.length > 0 || isSkipped || !isRun(rule, path)) return false;
  return isGone || isJudged(path);
}

function byPlace({ location: left }: Finding, { location: right }: Finding): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return left.range.start - right.range.start;
}
