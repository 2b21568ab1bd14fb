import type { Reporter } from "./reporter.js";
import { describeEntries } from "./text/entries.js";
import { describeNotLookedAt } from "./text/not-looked-at.js";
import { createStyle } from "./text/style.js";
import { describeSuppressed } from "./text/suppressed.js";
import { describeSummary } from "./text/summary.js";
import { describeOpenResults } from "./text/open-results.js";

/**
 * The report for people: findings and unreadable input by file, each with its source line; then what
 * only the deployment decides, what is silenced, what was not looked at, and a line that sums up. For reading, not for
 * parsing: its wording may change in any release.
 */
export const textReporter: Reporter = (report, context) => {
  const style = createStyle(report, context);
  const open = report.findings.filter(({ kind }) => kind === "open");
  const inDetail = context.showOpen
    ? report.findings
    : report.findings.filter(({ kind }) => kind === "fail");
  const sections = [
    ...describeEntries(report, inDetail, style),
    describeOpenResults(context.showOpen ? [] : open, style).join("\n"),
    describeSuppressed(report.suppressed, context.includeSuppressed ?? false, style).join("\n"),
    describeNotLookedAt(report.coverage.skipped, style).join("\n"),
    describeSummary(report, context, style),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
};
