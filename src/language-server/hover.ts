import { type Hover, MarkupKind, type Position } from "vscode-languageserver";
import type { DescribedLaunches } from "../engine/describe-launches.js";
import type { Rule } from "../rules/define-rule.js";
import { SourceFile } from "../source/source-file.js";
import type { Location } from "../source/text-range.js";
import type { AnalysedFinding } from "./analysis.js";
import { describeEffective, markup } from "./effective-table.js";
import { launchesAt } from "./launches-at.js";
import { offsetOf, overlap, rangeOf } from "./ranges.js";

/** What is known at the place of a hover. */
export interface HoverRequest {
  readonly path: string;
  readonly position: Position;
  readonly findings: readonly AnalysedFinding[];
  readonly described: DescribedLaunches;
  readonly rules: readonly Rule[];
  /** What the client can show. */
  readonly kind: MarkupKind;
}

/**
 * What instances get from the launch whose name, options or values stand at a position, and what the rules of
 * the findings there want and why; undefined where there is neither.
 */
export function hoverAt(request: HoverRequest): Hover | undefined {
  const { path, position, described, kind } = request;
  const file = described.files.get(path) ?? new SourceFile(path, "");
  const at = launchesAt(described, path, offsetOf(file, position));
  const found = request.findings.filter(({ finding, files }) =>
    overlap(rangeOf(files, finding.location), { start: position, end: position }),
  );
  const [place, files]: [Location | undefined, typeof described.files] =
    at === undefined
      ? [found[0]?.finding.location, found[0]?.files ?? described.files]
      : [at.place, described.files];
  if (place === undefined) return undefined;
  const ids = [...new Set(found.map(({ finding }) => finding.ruleId))];
  const texts = [
    ...(at === undefined ? [] : [describeEffective(at.launches, described.files, kind)]),
    ...ids.map((id) => describeRule(id, request.rules, kind)),
  ];
  const separator = kind === MarkupKind.Markdown ? "\n\n---\n\n" : "\n\n";
  return { contents: markup(kind, texts.join(separator)), range: rangeOf(files, place) };
}

function describeRule(id: string, rules: readonly Rule[], kind: MarkupKind): string {
  const isMarkdown = kind === MarkupKind.Markdown;
  const title = isMarkdown ? `**${id}**` : id;
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) return title;
  const sources = rule.sources.map((url) => (isMarkdown ? `- <${url}>` : url)).join("\n");
  return `${title}: ${rule.summary}\n\n${rule.rationale.trim()}\n\n${sources}`;
}
