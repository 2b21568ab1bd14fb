import type { Severity } from "../findings/severity.js";
import type { RuleCategory } from "../rules/define-rule.js";
import { entriesOf } from "./entries.js";
import { relativePath } from "./paths.js";
import { oneBasedRange } from "./positions.js";
import type { Reporter } from "./reporter.js";
import { makeVisible, toJsonText } from "./visible-text.js";

const SEVERITIES = { error: "critical", warning: "major", note: "minor" } as const satisfies Record<
  Severity,
  string
>;

/** Code Climate's words for what a rule is about. */
const CATEGORIES = {
  exposure: "Security",
  validity: "Bug Risk",
  hygiene: "Clarity",
} as const satisfies Record<RuleCategory, string>;

/**
 * GitLab's Code Quality report (`artifacts:reports:codequality`). Paths are relative to the
 * repository's top level. Entries of equal fingerprint would count as one. Types and categories are Code Climate's,
 * from which GitLab took the format; other readers of that want them.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 * https://github.com/codeclimate/platform/blob/master/spec/analyzers/SPEC.md#issues
 */
export const gitlabReporter: Reporter = (report, context) => {
  const categories = new Map(context.rules.map(({ id, category }) => [id, CATEGORIES[category]]));
  const given = new Map<string, number>();
  return toJsonText(
    entriesOf(report, context).map((entry) => {
      const { location, severity, code, message, finding } = entry;
      const path = relativePath(context.rootDirectory, entry.path);
      return {
        type: "issue",
        categories: [categories.get(code) ?? CATEGORIES.validity],
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
