import type { InlayHint, Range } from "vscode-languageserver";
import type { DescribedLaunch, DescribedLaunches } from "../engine/describe-launches.js";
import { valueOf } from "../engine/outcome-wording.js";
import type { SourceFile } from "../source/source-file.js";
import { describeEffective, markup } from "./effective-table.js";
import { overlap, rangeOf } from "./ranges.js";

/** Behind the name of everything that launches instances, what tokens come to; within a stretch of one file. */
export function inlayHintsIn(
  { launches, files }: DescribedLaunches,
  path: string,
  within: Range,
): readonly InlayHint[] {
  const file = files.get(path);
  if (file === undefined) return [];
  const byPlace = new Map<number, DescribedLaunch[]>();
  for (const launch of launches) {
    const { location } = launch;
    if (location.path !== path || !overlap(rangeOf(files, location), within)) continue;
    const same = byPlace.get(location.range.start);
    if (same === undefined) byPlace.set(location.range.start, [launch]);
    else same.push(launch);
  }
  return [...byPlace.values()].map((same) => ({
    position: hintPosition(same, file),
    label: labelOf(same),
    paddingLeft: true,
    tooltip: markup("markdown", describeEffective(same, files, "markdown")),
  }));
}

/** A module can make the same resource several times, and conditions can decide. */
function labelOf(launches: readonly DescribedLaunch[]): string {
  const tokens = launches.flatMap(({ options }) =>
    options.filter(({ option }) => option === "httpTokens"),
  );
  const values = tokens.flatMap(({ outcomes }) => outcomes.map(valueOf));
  return `${tokens[0]?.name ?? "HttpTokens"}: ${[...new Set(values)].join(" or ")}`;
}

/** At the end of the line, unless more than a name begins there. */
function hintPosition(launches: readonly DescribedLaunch[], file: SourceFile) {
  const end = Math.max(...launches.map(({ location }) => location.range.end));
  const { line, column } = file.position(end);
  const text = file.lineText(line);
  const isNameAlone = /^["']?\s*[:={]*\s*\{?\s*(?:(?:#|\/\/).*)?$/.test(text.slice(column));
  return { line, character: isNameAlone ? text.length : column };
}
