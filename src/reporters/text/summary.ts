import type { Report } from "../../findings/report.js";
import type { ReporterContext } from "../reporter.js";
import { describeCounts, describeCoverage, describeFixed, type Paint } from "../summary.js";
import { countOf } from "../wording.js";
import { countSuppressed } from "./suppressed.js";
import type { Style } from "./style.js";

/** The last line: how many findings in how many files, what was looked at, and how long it took. */
export function describeSummary(report: Report, context: ReporterContext, style: Style): string {
  const fixed = describeFixed(report);
  const parts = [
    ...(fixed === "" ? [] : [fixed]),
    describeCounts(report, (label, text) => paintCount(label, text, style)),
    ...countSuppressed(report),
    ...describeUnreadable(report, style),
    `${describeCoverage(report)}, ${describeDuration(context.elapsedMilliseconds)}`,
  ];
  return parts.join("; ");
}

function paintCount(label: Parameters<Paint>[0], text: string, style: Style): string {
  if (label === "clean") return style.green(text);
  return style.paint(label, label === "open" ? text : style.bold(text));
}

function describeUnreadable({ errors }: Report, style: Style): readonly string[] {
  const files = new Set(errors.map(({ path }) => path)).size;
  if (files === 0) return [];
  return [style.paint("input", `${countOf(files, "file")} not read in full`)];
}

/** `85 ms`, `1.2 s`. */
function describeDuration(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
