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
export const gitlabReporter: Reporter = (report, context) => {
  const given = new Map<string, number>();
  return toJsonText(
    entriesOf(report, context).map((entry) => {
      const { location, severity, code, message, finding } = entry;
      const path = relativePath(context.rootDirectory, entry.path);
      return {
        description: makeVisible(message),
        check_name: code,
        fingerprint: finding?.fingerprint ?? errorFingerprint([code, path, message].join(":")),
        severity: finding?.kind === "open" ? "info" : SEVERITIES[severity],
        location: {
          path,
          lines: {
            begin: location === undefined ? 1 : oneBasedRange(report.files, location).start.line,
          },
        },
      };
    }),
  );

  /** The same in the next run and on another machine; what is said twice of a file is counted. */
  function errorFingerprint(text: string): string {
    const count = (given.get(text) ?? 0) + 1;
    given.set(text, count);
    return count === 1 ? text : `${text}:${count}`;
  }
};
