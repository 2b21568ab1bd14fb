import type { Log, Run } from "sarif";
import type { Reporter } from "./reporter.js";
import { describeInvocation, MOST_RESULTS } from "./sarif/invocation.js";
import { SarifPlaces, SOURCE_ROOT } from "./sarif/locations.js";
import { SarifResults, sortBySeverity } from "./sarif/results.js";
import { describeRule } from "./sarif/rules.js";
import { toJsonText } from "./visible-text.js";

/**
 * SARIF 2.1.0, written for what GitHub code scanning reads of it: one run with every rule, findings
 * or not. Open results and suppressed ones are left out unless they are asked for: GitHub shows both
 * as alerts.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export const sarifReporter: Reporter = (report, context) => {
  const places = new SarifPlaces(report.files, context.rootDirectory);
  const results = new SarifResults(report.files, places, context.rules);
  const { showOpen, includeSuppressed = false } = context;
  const all = includeSuppressed ? [...report.findings, ...report.suppressed] : report.findings;
  const shown = showOpen ? all : all.filter(({ kind }) => kind === "fail");
  const log: Log = {
    $schema:
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "imdslint",
            version: context.version,
            semanticVersion: context.version,
            rules: context.rules.map(describeRule),
          },
        },
        // Without a URI: an absolute path would tell of the machine and differ between runs.
        originalUriBaseIds: {
          [SOURCE_ROOT]: { description: { text: "The top level of the repository." } },
        },
        ...(context.sarifCategory === undefined ? {} : automationDetails(context.sarifCategory)),
        columnKind: "utf16CodeUnits",
        invocations: [describeInvocation(report, shown, places)],
        results: sortBySeverity(shown)
          .slice(0, MOST_RESULTS)
          .map((finding) => results.result(finding, { includeSuppressed })),
      },
    ],
  };
  return toJsonText(log);
};

/**
 * GitHub takes what is before the last slash for the category, and so does without one where there is none. Left
 * out, it is filled in by the action that uploads; given, it wins over that action's own.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#runautomationdetails-object
 */
function automationDetails(category: string): Pick<Run, "automationDetails"> {
  return { automationDetails: { id: category.endsWith("/") ? category : `${category}/` } };
}
