import { entriesOf } from "./entries.js";
import { relativePath } from "./paths.js";
import { oneBasedRange } from "./positions.js";
import type { Reporter } from "./reporter.js";
import { makeVisible } from "./visible-text.js";
import { countOf } from "./wording.js";

/**
 * For Atlantis's custom policy checks. Atlantis looks for the letters "fail" anywhere in the output and takes
 * no exit code, so that they stand in every output that must stop a plan, and in no other: then
 * not even paths are printed.
 * https://www.runatlantis.io/docs/custom-policy-checks
 */
export const atlantisReporter: Reporter = (report, context) => {
  const entries = entriesOf(report, context);
  if (context.exitCode === 0) {
    return `imdslint: policies hold, ${countOf(entries.length, "remark")} on ${countOf(
      report.coverage.launchSpecifications,
      "launch specification",
    )}\n`;
  }
  const lines = entries.map(({ path, location, severity, code, message }) => {
    const file = relativePath(context.rootDirectory, path);
    const start = location === undefined ? undefined : oneBasedRange(report.files, location).start;
    const place = start === undefined ? file : `${file}:${start.line}:${start.column}`;
    const word = severity === "note" ? "NOTE" : "FAIL";
    return `${word} - ${makeVisible(`${place} - ${message} (${code})`)}`;
  });
  const skipped = report.coverage.skipped.map(
    ({ message }) => `not looked at: ${makeVisible(message)}`,
  );
  return [...lines, ...skipped, `imdslint: ${countOf(entries.length, "failure")}`, ""].join("\n");
};
