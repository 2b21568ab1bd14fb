import { entriesOf, type ReportEntry } from "./entries.js";
import { groupBy } from "./group-by.js";
import { relativePath } from "./paths.js";
import { oneBasedRange } from "./positions.js";
import type { Reporter } from "./reporter.js";
import { element, textElement, xmlDocument } from "./xml.js";

/**
 * JUnit's XML as CI systems read it: a suite for each file that was read, a case for each finding,
 * and one that passes for each file without any. Errors and warnings fail; notes pass, with their text as the
 * case's output; what only the deployment decides is skipped; input that cannot be read is an error.
 * Many tools write the place as attributes of the case, for which Jenkins' xUnit plugin refuses the file, so
 * that it stands in the case's name and class, and before the text.
 * https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export const junitReporter: Reporter = (report, context) => {
  const entries = entriesOf(report, context);
  const byPath = new Map(
    groupBy(entries, ({ path }) => path).map((group) => [group[0].path, group]),
  );
  const paths = [...new Set([...report.files.keys(), ...byPath.keys()])].sort();
  const suites = paths.map((path) => {
    const name = relativePath(context.workingDirectory, path);
    const found = byPath.get(path) ?? [];
    const cases =
      found.length === 0
        ? [element("testcase", { name: "no findings", classname: name })]
        : found.map((entry) => testCase(entry, name));
    return element("testsuite", { name, ...countsOf(found, cases.length) }, cases);
  });
  const time = (context.elapsedMilliseconds / 1000).toFixed(3);
  const { tests, failures, errors } = countsOf(
    entries,
    entries.length + paths.length - byPath.size,
  );
  const all = { tests, failures, errors, time };
  return xmlDocument(element("testsuites", { name: "imdslint", ...all }, suites));

  function testCase(entry: ReportEntry, classname: string): string {
    const { code, location } = entry;
    const start = location === undefined ? undefined : oneBasedRange(report.files, location).start;
    const place = start === undefined ? "" : `${start.line}:${start.column}`;
    const name = place === "" ? code : `${code} at ${place}`;
    const file = place === "" ? classname : `${classname}:${place}`;
    return element("testcase", { name, classname }, [outcomeOf(entry, file)]);
  }
};

/** What became of the case: the format's own words, by which entries are counted too. */
function outcomeOf(entry: ReportEntry, place: string): string {
  const { code, severity, message } = entry;
  const outcome = kindOf(entry);
  const text = `${place}: ${message}`;
  if (outcome === "passed") return textElement("system-out", {}, text);
  if (outcome === "skipped") return element("skipped", { message });
  return textElement(outcome, { message, type: outcome === "error" ? code : severity }, text);
}

function kindOf({ finding, severity }: ReportEntry): "error" | "failure" | "skipped" | "passed" {
  if (finding === undefined) return "error";
  if (finding.kind === "open") return "skipped";
  return severity === "note" ? "passed" : "failure";
}

function countsOf(entries: readonly ReportEntry[], tests: number) {
  const count = (kind: ReturnType<typeof kindOf>) =>
    entries.filter((entry) => kindOf(entry) === kind).length;
  return { tests, failures: count("failure"), errors: count("error"), skipped: count("skipped") };
}
