import type { Report } from "../../findings/report.js";
import { severities } from "../../findings/severity.js";
import type { ReporterContext } from "../reporter.js";
import { countOf, enumerate } from "../wording.js";
import type { Style } from "./style.js";

/** The last line: how many findings in how many files, what was looked at, and how long it took. */
export function describeSummary(report: Report, context: ReporterContext, style: Style): string {
  const parts = [
    describeFindings(report, style),
    ...describeUnreadable(report, style),
    `${describeCoverage(report)}, ${describeDuration(context.elapsedMilliseconds)}`,
  ];
  return parts.join("; ");
}

function describeFindings({ findings, errors, coverage }: Report, style: Style): string {
  const fails = findings.filter(({ kind }) => kind === "fail");
  const open = findings.length - fails.length;
  const counts = severities.flatMap((severity) => {
    const count = fails.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [style.paint(severity, style.bold(countOf(count, severity)))];
  });
  if (open > 0) counts.push(style.paint("open", `${open} open`));
  const files = new Set(findings.map(({ location }) => location.path)).size;
  const where = findings.length > 0 ? ` in ${countOf(files, "file")}` : "";
  if (fails.length > 0) return counts.join(", ") + where;
  // Saying more than was seen would be a false comfort.
  const isPartial = errors.length > 0 || coverage.skipped.length > 0;
  const clean = isPartial ? "No problems found in what was read" : "No problems found";
  return [isPartial ? clean : style.green(clean), ...counts].join(", ") + where;
}

function describeUnreadable({ errors }: Report, style: Style): readonly string[] {
  const files = new Set(errors.map(({ path }) => path)).size;
  if (files === 0) return [];
  return [style.paint("input", `${countOf(files, "file")} not read in full`)];
}

function describeCoverage({ coverage }: Report): string {
  const { cloudformationTemplates, terraformModules, terraformPlans, launchSpecifications } =
    coverage;
  const containers = [
    ...(cloudformationTemplates > 0 ? [countOf(cloudformationTemplates, "template")] : []),
    ...(terraformModules > 0 ? [countOf(terraformModules, "Terraform module")] : []),
    ...(terraformPlans > 0 ? [countOf(terraformPlans, "Terraform plan")] : []),
  ];
  if (containers.length === 0) return "no template and no Terraform module to look at";
  const launches =
    launchSpecifications === 0
      ? "no launch specifications"
      : countOf(launchSpecifications, "launch specification");
  return `${launches} in ${enumerate(containers)} looked at`;
}

/** `85 ms`, `1.2 s`. */
function describeDuration(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
