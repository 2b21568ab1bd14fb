import { sha256 } from "@noble/hashes/sha2.js";
import { severities } from "../findings/severity.js";
import { encodeBase64, encodeUtf8 } from "../source/bytes.js";
import { entriesOf, type ReportEntry } from "./entries.js";
import { groupBy } from "./group-by.js";
import { describeEntry } from "./html/entry.js";
import { filterScript, styleSheet } from "./html/page.js";
import { relativePath } from "./paths.js";
import type { Reporter } from "./reporter.js";
import { describeCounts, describeCoverage } from "./summary.js";
import { escapeMarkup } from "./xml.js";

/**
 * One page that needs nothing else: an overview, filters, and each finding with its source lines and
 * the chain that led there. Everything in it that comes from templates is text. Paths are relative to
 * the working directory.
 */
export const htmlReporter: Reporter = (report, context) => {
  const entries = entriesOf(report, context);
  const groups = groupBy(entries, ({ path }) => path).map((group) => {
    const name = escapeMarkup(relativePath(context.workingDirectory, group[0].path));
    const blocks = group.map((entry) => describeEntry(entry, report, context));
    return `<section class="file"><h2>${name}</h2>\n${blocks.join("\n")}\n</section>`;
  });
  const skipped = report.coverage.skipped.map(({ message }) => `<li>${escapeMarkup(message)}</li>`);
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hashOf(filterScript)}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>imdslint: ${escapeMarkup(describeCounts(report))}</title>
<style>${styleSheet}</style>
</head>
<body>
<header>
<h1>imdslint</h1>
<p><strong>${escapeMarkup(describeCounts(report))}</strong>; ${escapeMarkup(describeCoverage(report))}</p>
${overviewOf(entries)}
</header>
${entries.length === 0 ? "" : filtersOf(entries)}
<main>
${groups.join("\n")}
<p id="none" hidden>Nothing matches these filters.</p>
${skipped.length === 0 ? "" : `<section><h2>Not looked at</h2><ul>${skipped.join("")}</ul></section>`}
</main>
<footer>imdslint ${escapeMarkup(context.version)}</footer>
<script>${filterScript}</script>
</body>
</html>
`;
};

/** How often each rule found something, and how often it could not tell. */
function overviewOf(entries: readonly ReportEntry[]): string {
  const rows = groupBy(entries, (entry) => `${wordOf(entry)} ${entry.code}`)
    .map((group) => ({ code: group[0].code, count: group.length, word: wordOf(group[0]) }))
    .sort((left, right) => right.count - left.count || (left.code < right.code ? -1 : 1))
    .map(
      ({ code, count, word }) =>
        `<tr><td><span class="label ${word}">${word}</span></td><td>${escapeMarkup(code)}</td><td>${count}</td></tr>`,
    );
  if (rows.length === 0) return "";
  return `<table><thead><tr><th>Severity</th><th>Rule</th><th>Findings</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function filtersOf(entries: readonly ReportEntry[]): string {
  const words = [...severities, "open"].filter((word) =>
    entries.some((entry) => wordOf(entry) === word),
  );
  const boxes = words.map(
    (word) =>
      `<label><input type="checkbox" name="severity" value="${word}" checked> ${word}</label>`,
  );
  const codes = [...new Set(entries.map(({ code }) => code))].sort().map(escapeMarkup);
  const options = codes.map((code) => `<option>${code}</option>`);
  return `<form id="filters" aria-label="Filters">
${boxes.join("\n")}
<label>Rule <select name="rule"><option value="">all</option>${options.join("")}</select></label>
<label>Text <input type="search" name="text" placeholder="address, file, message"></label>
</form>`;
}

function wordOf({ finding, severity }: ReportEntry): string {
  return finding?.kind === "open" ? "open" : severity;
}

/** Which script the page may run, as browsers compare it. */
function hashOf(script: string): string {
  return encodeBase64(sha256(encodeUtf8(script)));
}
