import type { Severity } from "../findings/severity.js";
import { entriesOf } from "./entries.js";
import { relativePath } from "./paths.js";
import { oneBasedRange } from "./positions.js";
import type { Reporter } from "./reporter.js";
import { makeVisible, toJsonText } from "./visible-text.js";

const SEVERITIES = { error: "critical", warning: "major", note: "minor" } as const satisfies Record<
  Severity,
  string
>;

/**
 * GitLab's Code Quality report (`artifacts:reports:codequality`). Paths are relative to the
 * repository's top level. Entries of equal fingerprint would count as one.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export const gitlabReporter: Reporter = (report, context) =>
  toJsonText(
    entriesOf(report, context).map(
      ({ path, location, severity, code, message, finding, fingerprint }) => ({
        description: makeVisible(message),
        check_name: code,
        fingerprint,
        severity: finding?.kind === "open" ? "info" : SEVERITIES[severity],
        location: {
          path: relativePath(context.rootDirectory, path),
          lines: {
            begin: location === undefined ? 1 : oneBasedRange(report.files, location).start.line,
          },
        },
      }),
    ),
  );
