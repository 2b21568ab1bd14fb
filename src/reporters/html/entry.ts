import type { Finding } from "../../findings/finding.js";
import type { Report } from "../../findings/report.js";
import type { SourceFile } from "../../source/source-file.js";
import type { Location } from "../../source/text-range.js";
import type { ReportEntry } from "../entries.js";
import { relativePath } from "../paths.js";
import { firstLine, oneBasedRange } from "../positions.js";
import type { ReporterContext } from "../reporter.js";
import { otherAddresses, sentenceOf } from "../wording.js";
import { escapeMarkup } from "../xml.js";

/** How many lines stand around the one that is meant. */
const LINES_AROUND = 2;
/** Longer lines are cut, around the range where it is on them; in UTF-16 code units. */
const LONGEST_LINE = 160;
/** How much of a cut line stands before the range. */
const LEAD = 60;

/** One finding, or one input that could not be read. */
export function describeEntry(
  entry: ReportEntry,
  report: Report,
  context: ReporterContext,
): string {
  const { location, severity, code, finding, message } = entry;
  const word = finding?.kind === "open" ? "open" : severity;
  const headline = finding === undefined ? message : sentenceOf(finding);
  const start = location === undefined ? undefined : oneBasedRange(report.files, location).start;
  const place =
    start === undefined ? "" : `<span class="place">${start.line}:${start.column}</span> `;
  return `<article data-severity="${word}" data-rule="${escapeMarkup(code)}">
<h3>${place}<span class="label ${word}">${finding === undefined ? "bad input" : word}</span> ${escapeMarkup(headline)} <code>${escapeMarkup(code)}</code></h3>
${location === undefined ? "" : excerpt(report.files, location)}
${finding === undefined ? "" : details(finding, report, context)}
</article>`;
}

function details(finding: Finding, { files }: Report, { workingDirectory }: ReporterContext) {
  const placed = (message: string, location: Location) => {
    const { line, column } = oneBasedRange(files, location).start;
    const place = `${relativePath(workingDirectory, location.path)}:${line}:${column}`;
    return `<li>${escapeMarkup(message)} <span class="place">${escapeMarkup(place)}</span></li>`;
  };
  const chain = finding.chain.map(({ message, location }) => placed(message, location));
  const related = finding.related.map(({ message, location }) => placed(message, location));
  const others = otherAddresses(finding).map((address) => `<li>${escapeMarkup(address)}</li>`);
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? "" : `<h4>${title}</h4><ul>${items.join("")}</ul>`;
  const { advice } = finding;
  return [
    advice === undefined ? "" : `<p class="advice">${escapeMarkup(advice)}</p>`,
    list("How it came about", chain.length > 1 ? chain : []),
    list("What takes part", related),
    list("Also", others),
  ].join("");
}

/** The lines around a place, with the range on its first line marked. */
function excerpt(files: Report["files"], location: Location): string {
  const file = files.get(location.path);
  if (file === undefined) return "";
  const { line, text, startColumn, endColumn } = firstLine(files, location);
  const numbers = linesAround(file, line);
  const width = `${line + LINES_AROUND + 1}`.length;
  const lines = numbers.map((number) => {
    const label = `<span class="number">${`${number + 1}`.padStart(width)}</span> `;
    if (number !== line) return label + shown(cut(file.lineText(number), 0));
    const from = text.length <= LONGEST_LINE ? 0 : Math.max(0, startColumn - LEAD);
    const before = (from > 0 ? "…" : "") + text.slice(from, startColumn);
    const marked = text.slice(startColumn, endColumn).slice(0, LONGEST_LINE);
    const after = cut(text, startColumn + marked.length);
    const mark = marked === "" ? "<mark> </mark>" : `<mark>${shown(marked)}</mark>`;
    return `${label}${shown(before)}${mark}${shown(after)}`;
  });
  return `<pre>${lines.join("\n")}</pre>`;
}

function linesAround(file: SourceFile, line: number): readonly number[] {
  const last = file.position(file.text.length).line;
  const first = Math.max(0, line - LINES_AROUND);
  const end = Math.min(last, line + LINES_AROUND);
  return Array.from({ length: end - first + 1 }, (_, index) => first + index);
}

function cut(line: string, from: number): string {
  const part = line.slice(from, from + LONGEST_LINE);
  return part + (line.length > from + LONGEST_LINE ? "…" : "");
}

function shown(text: string): string {
  return escapeMarkup(text.replaceAll("\t", "    "));
}
