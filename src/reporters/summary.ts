import type { Report } from "../findings/report.js";
import { severities } from "../findings/severity.js";
import { countOf, enumerate } from "./wording.js";

/** `2 errors, 1 open in 2 files`; where nothing was found, whether all of it was read. */
export function describeCounts(
  { findings, errors, coverage }: Report,
  paint: Paint = (_label, text) => text,
): string {
  const fails = findings.filter(({ kind }) => kind === "fail");
  const open = findings.length - fails.length;
  const counts = severities.flatMap((severity) => {
    const count = fails.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [paint(severity, countOf(count, severity))];
  });
  if (open > 0) counts.push(paint("open", `${open} open`));
  const files = new Set(findings.map(({ location }) => location.path)).size;
  const where = findings.length > 0 ? ` in ${countOf(files, "file")}` : "";
  if (fails.length > 0) return counts.join(", ") + where;
  // Saying more than was seen would be a false comfort.
  const isPartial = errors.length > 0 || coverage.skipped.length > 0;
  const clean = isPartial
    ? "No problems found in what was read"
    : paint("clean", "No problems found");
  return [clean, ...counts].join(", ") + where;
}

/** `Fixed 3 findings in 2 files`; empty where nobody asked for fixes. */
export function describeFixed({ fixed }: Report): string {
  if (fixed === undefined) return "";
  const { findings, files } = fixed;
  if (findings === 0) return "Nothing that could be fixed";
  return `Fixed ${countOf(findings, "finding")} in ${countOf(files, "file")}`;
}

/** Shows a part of the counts as what it is. */
export type Paint = (label: (typeof severities)[number] | "open" | "clean", text: string) => string;

/** `9 launch specifications in 1 template and 2 Terraform modules looked at`. */
export function describeCoverage({ coverage }: Report): string {
  const { cloudformationTemplates, terraformModules, terraformPlans } = coverage;
  const { policyFiles, launchSpecifications } = coverage;
  const containers = [
    ...(cloudformationTemplates > 0 ? [countOf(cloudformationTemplates, "template")] : []),
    ...(terraformModules > 0 ? [countOf(terraformModules, "Terraform module")] : []),
    ...(terraformPlans > 0 ? [countOf(terraformPlans, "Terraform plan")] : []),
    ...(policyFiles > 0 ? [countOf(policyFiles, "policy file")] : []),
  ];
  if (containers.length === 0) return "no template and no Terraform module to look at";
  const launches =
    launchSpecifications === 0
      ? "no launch specifications"
      : countOf(launchSpecifications, "launch specification");
  return `${launches} in ${enumerate(containers)} looked at`;
}
