import type { Severity } from "../findings/severity.js";
import type { RuleCategory, RuleMetadata } from "../rules/define-rule.js";
import { entriesOf, type ReportEntry } from "./entries.js";
import { relativePath } from "./paths.js";
import { sonarRange } from "./positions.js";
import type { Reporter } from "./reporter.js";
import { makeVisible, toJsonText } from "./visible-text.js";

const ENGINE = "imdslint";

const IMPACTS = { error: "HIGH", warning: "MEDIUM", note: "LOW" } as const satisfies Record<
  Severity,
  string
>;

const QUALITIES = {
  exposure: { cleanCodeAttribute: "TRUSTWORTHY", softwareQuality: "SECURITY" },
  validity: { cleanCodeAttribute: "LOGICAL", softwareQuality: "RELIABILITY" },
  hygiene: { cleanCodeAttribute: "CLEAR", softwareQuality: "MAINTAINABILITY" },
} as const satisfies Record<RuleCategory, object>;

/**
 * Sonar's generic issue format (`sonar.externalIssuesReportPaths`), version 10.3 and later: the rules
 * that found something, and what they found. Lines count from one, columns from zero.
 * https://docs.sonarsource.com/sonarqube-server/analyzing-source-code/importing-external-issues/generic-issue-import-format
 */
export const sonarReporter: Reporter = (report, context) => {
  const entries = entriesOf(report, context);
  const codes = new Set(entries.map(({ code }) => code));
  const known = context.rules.filter(({ id }) => codes.has(id));
  const others = [...codes].filter((code) => known.every(({ id }) => id !== code)).sort();
  return toJsonText({
    rules: [...known.map(ruleOf), ...others.map(inputRule)],
    issues: entries.map((entry) => ({
      engineId: ENGINE,
      ruleId: entry.code,
      primaryLocation: placeOf(entry),
      secondaryLocations: (entry.finding?.chain.slice(0, -1) ?? []).map(({ message, location }) =>
        placeOf({ path: location.path, location, message }),
      ),
    })),
  });

  function placeOf({
    path,
    location,
    message,
  }: Pick<ReportEntry, "path" | "location" | "message">) {
    return {
      message: makeVisible(message),
      filePath: relativePath(context.rootDirectory, path),
      ...(location === undefined ? {} : { textRange: sonarRange(report.files, location) }),
    };
  }
};

function ruleOf({ id, summary, severity, category }: RuleMetadata) {
  const { cleanCodeAttribute, softwareQuality } = QUALITIES[category];
  return {
    id,
    name: id,
    description: summary,
    engineId: ENGINE,
    cleanCodeAttribute,
    impacts: [{ softwareQuality, severity: IMPACTS[severity] }],
  };
}

/** Of input that could not be read: what is said of it has no rule. */
function inputRule(code: string) {
  return {
    id: code,
    name: code,
    description: "Input must be readable.",
    engineId: ENGINE,
    cleanCodeAttribute: "LOGICAL",
    impacts: [{ softwareQuality: "RELIABILITY", severity: "HIGH" }],
  };
}
