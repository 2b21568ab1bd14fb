import type { Finding } from "../findings/finding.js";
import type { Report } from "../findings/report.js";
import { isAtLeast } from "../findings/severity.js";
import { countOf, enumerate } from "../reporters/wording.js";
import type { CommandResult } from "./command-result.js";
import type { RunSettings } from "./run-settings.js";

/** How a run ends. Bad input beats findings: 2 before 1. */
export function exitCodeOf(report: Report, settings: RunSettings): CommandResult["exitCode"] {
  const { findings, errors } = report;
  if (errors.length > 0) return 2;
  const isFailing = failsIn(report, settings);
  return failingSkips(report, settings).length > 0 || findings.some(isFailing) ? 1 : 0;
}

function failingSkips({ coverage }: Report, settings: RunSettings): Report["coverage"]["skipped"] {
  return coverage.skipped.filter(
    ({ location }) => settings.failuresIn(location.path).failOnSkipped,
  );
}

/**
 * Why a run fails although nothing is wrong for certain, for standard error: most formats have no place for
 * it. Empty where something is wrong, or nothing fails.
 */
export function describeDoubts(report: Report, settings: RunSettings): string {
  const failing = onlyFailing(report, settings).findings;
  const skipped = failingSkips(report, settings).length;
  if (report.errors.length > 0 || failing.some(({ kind }) => kind === "fail")) return "";
  const doubts = [
    ...(failing.length > 0
      ? [`${countOf(failing.length, "finding")} cannot be decided (--fail-on-open)`]
      : []),
    ...(skipped > 0
      ? [`${countOf(skipped, "thing")} could not be looked at (--fail-on-skipped)`]
      : []),
  ];
  return doubts.length === 0 ? "" : `${enumerate(doubts)}; --format text says what\n`;
}

/** The report with only those findings that make the run fail. */
export function onlyFailing(report: Report, settings: RunSettings): Report {
  return { ...report, findings: report.findings.filter(failsIn(report, settings)) };
}

/** Tells the findings that make a run fail. Warnings that are counted fail together, or none does. */
function failsIn({ findings }: Report, settings: RunSettings): (finding: Finding) => boolean {
  const { maxWarnings } = settings;
  const isWarning = ({ kind, severity }: Finding) => kind === "fail" && severity === "warning";
  const isTooMany = findings.filter(isWarning).length > (maxWarnings ?? 0);
  return (finding) => {
    const { failOn, failOnOpen } = settings.failuresIn(finding.location.path);
    if (finding.kind === "open") return failOnOpen;
    if (maxWarnings !== undefined && isWarning(finding)) return isTooMany;
    return isAtLeast(finding.severity, failOn);
  };
}
