import type { Finding } from "../findings/finding.js";
import type { Report } from "../findings/report.js";
import { isAtLeast } from "../findings/severity.js";
import type { CommandResult } from "./command-result.js";
import type { RunSettings } from "./run-settings.js";

/** How a run ends. Bad input beats findings: 2 before 1. */
export function exitCodeOf(report: Report, settings: RunSettings): CommandResult["exitCode"] {
  const { findings, errors, coverage } = report;
  if (errors.length > 0) return 2;
  const isSkipped = coverage.skipped.some(
    ({ location }) => settings.failuresIn(location.path).failOnSkipped,
  );
  return isSkipped || findings.some(failsIn(report, settings)) ? 1 : 0;
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
