import type { Report } from "../findings/report.js";
import { entriesOf, type ReportEntry, worstFirst } from "./entries.js";
import { relativePath } from "./paths.js";
import { oneBasedRange } from "./positions.js";
import type { Reporter, ReporterContext } from "./reporter.js";
import { describeCoverage, describeCounts } from "./summary.js";
import { makeVisible } from "./visible-text.js";
import { countOf } from "./wording.js";

/** A comment on GitHub holds 65,536 characters, and other things may stand in it too. */
const LONGEST_TABLE = 50_000;
const MOST_SKIPPED = 20;

/**
 * Markdown for comments on pull requests and for step summaries: what was found as a table, the worst
 * first, and what was not looked at. Paths are relative to the repository's top level.
 * https://github.github.com/gfm/
 */
export const markdownReporter: Reporter = (report, context) => {
  const entries = worstFirst(entriesOf(report, context));
  const rows = fitting(entries.map((entry) => rowOf(entry, report, context)));
  const hidden = entries.length - rows.length;
  const sections = [
    "## imdslint",
    `**${describeCounts(report)}**; ${describeCoverage(report)}.`,
    ...(entries.length === 0
      ? []
      : [["| Severity | Where | What |", "| --- | --- | --- |", ...rows].join("\n")]),
    ...(hidden === 0 ? [] : [`And ${countOf(hidden, "more finding")}.`]),
    ...notLookedAt(report, context),
  ];
  return `${sections.join("\n\n")}\n`;
};

function rowOf(entry: ReportEntry, report: Report, { rules, rootDirectory }: ReporterContext) {
  const { path, location, severity, code, message, finding } = entry;
  const start = location === undefined ? undefined : oneBasedRange(report.files, location).start;
  const file = relativePath(rootDirectory, path);
  const place = start === undefined ? file : `${file}:${start.line}:${start.column}`;
  const [url] = rules.find(({ id }) => id === code)?.sources ?? [];
  const rule = url === undefined ? inCode(code) : `[${inCode(code)}](${url})`;
  const word = finding === undefined ? "bad input" : finding.kind === "open" ? "open" : severity;
  return `| ${word} | ${inCode(place)} | ${asText(message)} ${rule} |`;
}

/** As many rows as have room. */
function fitting(rows: readonly string[]): readonly string[] {
  let length = 0;
  const end = rows.findIndex((row) => (length += row.length + 1) > LONGEST_TABLE);
  return end === -1 ? rows : rows.slice(0, end);
}

function notLookedAt({ coverage, files }: Report, { rootDirectory }: ReporterContext) {
  const { skipped } = coverage;
  if (skipped.length === 0) return [];
  const lines = skipped.slice(0, MOST_SKIPPED).map(({ message, location }) => {
    const { line } = oneBasedRange(files, location).start;
    return `- ${asText(message)}, ${inCode(`${relativePath(rootDirectory, location.path)}:${line}`)}`;
  });
  const hidden = skipped.length - lines.length;
  return [
    ["Not looked at:", "", ...lines, ...(hidden > 0 ? [`- and ${hidden} more`] : [])].join("\n"),
  ];
}

/** A code span that no back quote within ends, and no bar ends the cell. */
function inCode(text: string): string {
  const visible = makeVisible(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...visible.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `\`${visible}\`` : `${fence} ${visible} ${fence}`;
}

/**
 * Text in which nothing is a mark, a mention of a person, a reference to an issue or an address that becomes a
 * link; an empty comment within takes them apart. GitHub documents a `span` for dollars that are no formula.
 * https://github.github.com/gfm/#autolinks-extension-
 * https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
 */
function asText(text: string): string {
  return makeVisible(text)
    .replace(/[\\`*_{}[\]<>|~&]/g, "\\$&")
    .replace(/[@#](?=\w)|:(?=\/\/)|\bwww(?=\.)|\bGH(?=-\d)/gi, "$&<!-- -->")
    .replaceAll("$", "<span>$</span>");
}
