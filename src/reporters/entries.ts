import type { Finding } from "../findings/finding.js";
import type { Report } from "../findings/report.js";
import { severities, type Severity } from "../findings/severity.js";
import type { Location } from "../source/text-range.js";
import { enumerate, otherAddresses, sentenceOf } from "./wording.js";

/** How many of the resources that one place makes wrong are named. */
const MOST_ADDRESSES = 5;

/** One line of a report for programs: a finding, or input that could not be read. */
export interface ReportEntry {
  readonly path: string;
  /** Absent for a file that could not be read at all. */
  readonly location?: Location;
  /** An open result is a note, whatever its rule's severity is. */
  readonly severity: Severity;
  /** The rule, or the error's code. */
  readonly code: string;
  /** What is wrong, what to write, and on what else; in clauses, as it came from templates. */
  readonly message: string;
  /** Absent for input that could not be read. */
  readonly finding?: Finding;
}

/** Bad input and findings in the order of their places, open results only where they are asked for. */
export function entriesOf(
  { findings, errors }: Report,
  { showOpen }: { readonly showOpen: boolean },
): readonly ReportEntry[] {
  const shown = showOpen ? findings : findings.filter(({ kind }) => kind === "fail");
  const entries: ReportEntry[] = [
    ...errors.map(({ code, message, path, location }) => ({
      path,
      severity: "error" as const,
      code,
      message,
      ...(location === undefined ? {} : { location }),
    })),
    ...shown.map((finding) => ({
      path: finding.location.path,
      location: finding.location,
      severity: finding.kind === "open" ? ("note" as const) : finding.severity,
      code: finding.ruleId,
      message: messageOf(finding),
      finding,
    })),
  ];
  return entries.sort(byPlace);
}

/** The worst first, for consumers that cut lists off. */
export function worstFirst(entries: readonly ReportEntry[]): readonly ReportEntry[] {
  const rank = ({ severity }: ReportEntry) => severities.indexOf(severity);
  return [...entries].sort((left, right) => rank(left) - rank(right));
}

function messageOf(finding: Finding): string {
  const others = otherAddresses(finding);
  const also = others.length === 0 ? [] : [`also: ${enumerate(others, MOST_ADDRESSES)}`];
  return [
    sentenceOf(finding),
    ...(finding.advice === undefined ? [] : [finding.advice]),
    ...also,
  ].join("; ");
}

function byPlace(left: ReportEntry, right: ReportEntry): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return (left.location?.range.start ?? 0) - (right.location?.range.start ?? 0);
}
