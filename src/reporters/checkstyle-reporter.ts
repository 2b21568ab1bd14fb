import type { Severity } from "../findings/severity.js";
import { entriesOf, type ReportEntry } from "./entries.js";
import { groupBy } from "./group-by.js";
import { relativePath } from "./paths.js";
import { oneBasedRange } from "./positions.js";
import type { Reporter } from "./reporter.js";
import { element, xmlDocument } from "./xml.js";

const SEVERITIES = { error: "error", warning: "warning", note: "info" } as const satisfies Record<
  Severity,
  string
>;

/**
 * Checkstyle's XML, which Jenkins, reviewdog and many others read. Files are relative to the working
 * directory.
 * https://checkstyle.org/cmdline.html
 */
export const checkstyleReporter: Reporter = (report, context) => {
  const error = ({ location, severity, code, message }: ReportEntry) => {
    const start = location === undefined ? undefined : oneBasedRange(report.files, location).start;
    return element("error", {
      line: start?.line ?? 1,
      column: start?.column,
      severity: SEVERITIES[severity],
      message,
      source: `imdslint.${code}`,
    });
  };
  const files = groupBy(entriesOf(report, context), ({ path }) => path).map((entries) => {
    const name = relativePath(context.workingDirectory, entries[0].path);
    return element("file", { name }, entries.map(error));
  });
  // The version is that of the format, which consumers ask for.
  return xmlDocument(element("checkstyle", { version: "4.3" }, files));
};
