import type { SuppressedFinding, Suppression } from "../../findings/suppression.js";
import type { Report } from "../../findings/report.js";
import { groupBy } from "../group-by.js";
import { makeVisible } from "../visible-text.js";
import { countOf, enumerate, sentenceOf } from "../wording.js";
import type { Style } from "./style.js";
import { hang } from "./wrap.js";

/**
 * Findings that somebody silenced, a line each. Unless all are asked for, only those that another
 * tool's wildcard silences, whose author may not have meant them.
 */
export function describeSuppressed(
  suppressed: readonly SuppressedFinding[],
  includeAll: boolean,
  style: Style,
): readonly string[] {
  const shown = includeAll
    ? suppressed
    : suppressed.filter(({ suppression }) => suppression.wildcard !== undefined);
  if (shown.length === 0) return [];
  const title = includeAll
    ? "Suppressed:"
    : "Suppressed by wildcards that are written for other tools:";
  return [style.bold(title), ...shown.map((finding) => describeOne(finding, style))];
}

function describeOne(finding: SuppressedFinding, style: Style): string {
  const { location, ruleId, suppression } = finding;
  const { reason, until } = suppression;
  const because = reason === undefined ? "" : `: ${makeVisible(reason)}`;
  const end = until === undefined ? "" : `, until ${until}`;
  const message = makeVisible(sentenceOf(finding));
  const line = `${style.place(location)}  ${message}  (${ruleId}), ${byWhat(suppression, style)}${end}${because}`;
  return hang(line, "  ", style.width);
}

function byWhat({ source, location, wildcard }: Suppression, style: Style): string {
  const at = location === undefined ? "" : `, ${style.place(location)}`;
  if (source === "baseline") return `by the baseline${at}`;
  const what = wildcard === undefined ? `a suppression for ${source}` : makeVisible(wildcard);
  return source === "imdslint" ? `by a suppression${at}` : `by ${what}${at}`;
}

/** `3 suppressed (1 for checkov, 1 by the baseline)`; nothing where none is. */
export function countSuppressed({ suppressed }: Report): readonly string[] {
  if (suppressed.length === 0) return [];
  const bySource = groupBy(suppressed, ({ suppression }) => suppression.source)
    .map((group) => ({ source: group[0].suppression.source, count: group.length }))
    .filter(({ source }) => source !== "imdslint")
    .map(({ source, count }) =>
      source === "baseline" ? `${count} by the baseline` : `${count} for ${source}`,
    );
  const others = bySource.length === 0 ? "" : ` (${enumerate(bySource)})`;
  return [`${countOf(suppressed.length, "finding")} suppressed${others}`];
}
