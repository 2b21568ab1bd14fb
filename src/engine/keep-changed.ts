import type { Finding } from "../findings/finding.js";
import type { Report } from "../findings/report.js";
import type { SourceFile } from "../source/source-file.js";
import type { Location } from "../source/text-range.js";

/** What has changed, as far as a report is concerned. */
export interface ChangedLines {
  /** Whether a line, one-based, of the file at an absolute path is new or other than before. */
  readonly isChanged: (path: string, line: number) => boolean;
  /** Whether anything about the file has changed. */
  readonly isChangedFile: (path: string) => boolean;
  /**
   * The report on the files at those paths as they were before. Asked for at most once, and only
   * where lines alone do not tell.
   */
  readonly lintBefore: (paths: readonly string[]) => Report;
}

/**
 * Leaves in a report what a change has to do with: findings of which a place, or a step of the chain, is on
 * a changed line, and those that were not there before, since what is taken out has no line. Bad input
 * counts where its file has changed.
 */
export function keepChanged(report: Report, changes: ChangedLines): Report {
  const all = [...report.findings, ...report.suppressed];
  const touched = new Set(all.filter((finding) => touchesChange(finding, report, changes)));
  const others = all.filter((finding) => !touched.has(finding));
  const paths = new Set(
    others.flatMap(({ location, resources }) => [
      location.path,
      ...resources.map((each) => each.location.path),
    ]),
  );
  const before = others.length === 0 ? undefined : knownBefore(changes.lintBefore([...paths]));
  const isShown = (finding: Finding) => touched.has(finding) || before?.(finding) === false;
  return {
    ...report,
    findings: report.findings.filter(isShown),
    suppressed: report.suppressed.filter(isShown),
    errors: report.errors.filter(
      ({ path, code }) => code === "internal" || changes.isChangedFile(path),
    ),
  };
}

function touchesChange(
  { location, chain, related, resources }: Finding,
  { files }: Report,
  { isChanged }: ChangedLines,
): boolean {
  const places = [location, ...[...chain, ...related, ...resources].map((each) => each.location)];
  return places.some((place) => linesOf(place, files).some((line) => isChanged(place.path, line)));
}

/** One-based. */
function linesOf(
  { path, range }: Location,
  files: ReadonlyMap<string, SourceFile>,
): readonly number[] {
  const file = files.get(path);
  if (file === undefined) return [];
  const first = file.position(range.start).line + 1;
  const last = file.position(range.end).line + 1;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Whether a finding was there before, for each of the resources it has now. */
function knownBefore(before: Report): (finding: Finding) => boolean {
  const addresses = new Map<string, Set<string>>();
  for (const { fingerprint, resources } of before.findings) {
    const known = addresses.get(fingerprint) ?? new Set();
    for (const { address } of resources) known.add(address);
    addresses.set(fingerprint, known);
  }
  return ({ fingerprint, resources }) =>
    resources.every(({ address }) => addresses.get(fingerprint)?.has(address) === true);
}
