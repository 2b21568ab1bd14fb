import type { Report } from "../findings/report.js";
import { entriesOf, type ReportEntry } from "./entries.js";
import { relativePath } from "./paths.js";
import { oneBasedRange } from "./positions.js";
import type { Reporter, ReporterContext } from "./reporter.js";
import { makeVisible } from "./visible-text.js";
import { countOf } from "./wording.js";

/**
 * For Atlantis's custom policy checks, which are decided by what is printed and take any other exit code
 * than 0 for a mistake that nobody can approve. Atlantis used to look for the letters "fail" anywhere; now it
 * looks for `FAIL` at the start and for a number of failures. So both stand in every output that must stop a
 * plan, and nothing of either in any other, for which not even paths are printed.
 * https://www.runatlantis.io/docs/custom-policy-checks
 * https://github.com/runatlantis/atlantis/blob/v0.47.1/server/events/project_command_runner.go
 */
export const atlantisReporter: Reporter = (report, context) =>
  context.outcome === 0 ? passing(report, context) : failing(report, context);

function passing(report: Report, context: ReporterContext): string {
  const { length } = entriesOf(report, context);
  const launches = countOf(report.coverage.launchSpecifications, "launch specification");
  return `imdslint: policies hold, ${countOf(length, "remark")} on ${launches}\n`;
}

/** What is open is listed too, since it may be what stops the plan. */
function failing(report: Report, context: ReporterContext): string {
  const entries = entriesOf(report, { showOpen: true });
  const lines = entries.map((entry) => lineOf(entry, report, context));
  const skipped = report.coverage.skipped.map(
    ({ message }) => `not looked at: ${makeVisible(message)}`,
  );
  const grave = entries.filter(isGrave).length;
  // At least one: notes, what is open or what was skipped can stop a plan by themselves.
  const count = Math.max(1, grave);
  return [`FAIL - imdslint: ${countOf(count, "failure")}`, ...lines, ...skipped, ""].join("\n");
}

function lineOf(entry: ReportEntry, { files }: Report, { rootDirectory }: ReporterContext): string {
  const { path, location, code, message } = entry;
  const file = relativePath(rootDirectory, path);
  const start = location === undefined ? undefined : oneBasedRange(files, location).start;
  const place = start === undefined ? file : `${file}:${start.line}:${start.column}`;
  const word = isGrave(entry) ? "FAIL" : "NOTE";
  return `${word} - ${makeVisible(`${place} - ${message} (${code})`)}`;
}

function isGrave({ severity }: ReportEntry): boolean {
  return severity !== "note";
}
