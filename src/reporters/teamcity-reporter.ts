import type { Severity } from "../findings/severity.js";
import type { RuleCategory } from "../rules/define-rule.js";
import { entriesOf } from "./entries.js";
import { relativePath } from "./paths.js";
import { oneBasedRange } from "./positions.js";
import type { Reporter } from "./reporter.js";
import { makeVisible } from "./visible-text.js";

const SEVERITIES = {
  error: "ERROR",
  warning: "WARNING",
  note: "WEAK WARNING",
} as const satisfies Record<Severity, string>;

/** TeamCity's limit on a message and on a path, in characters. */
const LONGEST_VALUE = 4_000;

const CATEGORIES = {
  exposure: "Exposure",
  validity: "Validity",
  hygiene: "Hygiene",
} as const satisfies Record<RuleCategory, string>;

/**
 * Service messages for TeamCity's tab of inspections: each rule that found something once, then what
 * it found.
 * https://www.jetbrains.com/help/teamcity/service-messages.html#Reporting+Inspections
 */
export const teamcityReporter: Reporter = (report, context) => {
  const entries = entriesOf(report, context);
  const rules = new Map(context.rules.map((rule) => [rule.id, rule]));
  const types = [...new Set(entries.map(({ code }) => code))].sort().map((id) => {
    const rule = rules.get(id);
    return serviceMessage("inspectionType", {
      id,
      name: id,
      description: rule?.summary ?? "Input must be readable.",
      category: rule === undefined ? "Input" : CATEGORIES[rule.category],
    });
  });
  const inspections = entries.map(({ path, location, severity, code, message }) =>
    serviceMessage("inspection", {
      typeId: code,
      message,
      file: relativePath(context.rootDirectory, path),
      ...(location === undefined
        ? {}
        : { line: `${oneBasedRange(report.files, location).start.line}` }),
      SEVERITY: SEVERITIES[severity],
    }),
  );
  return [...types, ...inspections].map((line) => `${line}\n`).join("");
};

function serviceMessage(name: string, attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => `${key}='${escapeValue(value)}'`,
  );
  return `##teamcity[${name} ${written.join(" ")}]`;
}

/** https://www.jetbrains.com/help/teamcity/service-messages.html#Escaped+Values */
function escapeValue(text: string): string {
  return clip(makeVisible(text)).replace(/[|'[\]]/g, "|$&");
}

/** Templates may hold values of any length; never half a surrogate pair. */
function clip(text: string): string {
  if (text.length <= LONGEST_VALUE) return text;
  return `${text.slice(0, LONGEST_VALUE - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
