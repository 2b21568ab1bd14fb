import type { Hover, Position } from "vscode-languageserver";
import type { Rule } from "../rules/define-rule.js";
import type { AnalysedFinding } from "./analysis.js";
import { overlap, rangeOf } from "./ranges.js";

/** What the rules of the findings at a position want and why; undefined where nothing is found. */
export function hoverAt(
  findings: readonly AnalysedFinding[],
  position: Position,
  rules: readonly Rule[],
): Hover | undefined {
  const here = findings.filter(({ finding, files }) =>
    overlap(rangeOf(files, finding.location), { start: position, end: position }),
  );
  const [first] = here;
  if (first === undefined) return undefined;
  const texts = [...new Set(here.map(({ finding }) => finding.ruleId))].map((id) =>
    describeRule(id, rules),
  );
  const range = rangeOf(first.files, first.finding.location);
  return { contents: { kind: "markdown", value: texts.join("\n\n---\n\n") }, range };
}

function describeRule(id: string, rules: readonly Rule[]): string {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) return `**${id}**`;
  const sources = rule.sources.map((url) => `- <${url}>`).join("\n");
  return `**${id}**: ${rule.summary}\n\n${rule.rationale.trim()}\n\n${sources}`;
}
