import { type MarkupContent, MarkupKind } from "vscode-languageserver";
import type { DescribedLaunch } from "../engine/describe-launches.js";
import { sourceOf, valueOf } from "../engine/outcome-wording.js";
import type { Location } from "../source/text-range.js";
import { type Files, rangeOf } from "./ranges.js";
import { uriOf } from "./uris.js";

/** How many launches one hover shows; a module can be called a hundred times. */
const MOST = 4;

/** One line of a table: the option, what it comes to, why, and the place that says so. */
interface Row {
  readonly option: string;
  readonly value: string;
  readonly source: string;
  readonly place: Location | undefined;
}

/** What instances get from launches, a table for each; those that get the same for the same reasons share one. */
export function describeEffective(
  launches: readonly DescribedLaunch[],
  files: Files,
  kind: MarkupKind,
): string {
  const tables = new Map<string, { readonly names: string[]; readonly rows: readonly Row[] }>();
  for (const launch of launches) {
    const rows = rowsOf(launch);
    const key = JSON.stringify([launch.type, rows]);
    const same = tables.get(key);
    if (same === undefined) tables.set(key, { names: [nameOf(launch)], rows });
    else same.names.push(nameOf(launch));
  }
  const write = kind === MarkupKind.Markdown ? inMarkdown : inPlainText;
  const texts = [...tables.values()]
    .slice(0, MOST)
    .map(({ names, rows }) => write(enumerateNames(names), rows, files));
  const left = tables.size - texts.length;
  return [...texts, ...(left > 0 ? [`and ${String(left)} more with other options`] : [])].join(
    "\n\n",
  );
}

/** The text as an editor shows it, of either kind. */
export function markup(kind: MarkupKind, value: string): MarkupContent {
  return { kind, value };
}

function nameOf({ address, type, parameterSet }: DescribedLaunch): string {
  const deployed = parameterSet === undefined ? "" : `, deployed with ${parameterSet}`;
  return `${address} (${type}${deployed})`;
}

function enumerateNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST).join(", ");
  return names.length <= MOST ? shown : `${shown} and ${String(names.length - MOST)} more`;
}

function rowsOf({ options, service }: DescribedLaunch): readonly Row[] {
  return options.flatMap(({ name, outcomes }) =>
    outcomes.map((outcome, index) => ({
      option: index === 0 ? name : "",
      value: valueOf(outcome),
      source: sourceOf(outcome, service),
      place: outcome.chain.at(-1)?.location,
    })),
  );
}

function inMarkdown(title: string, rows: readonly Row[], files: Files): string {
  const lines = rows.map(({ option, value, source, place }) => {
    const cells = [
      option === "" ? "" : `\`${option}\``,
      `\`${value}\``,
      linked(source, place, files),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    `**${escape(title)}**`,
    "",
    "| Option | Value | Where from |",
    "| --- | --- | --- |",
    ...lines,
  ].join("\n");
}

function linked(source: string, place: Location | undefined, files: Files): string {
  if (place === undefined) return escape(source);
  const line = rangeOf(files, place).start.line + 1;
  const name = place.path.slice(place.path.lastIndexOf("/") + 1);
  const target = `${uriOf(place.path).replaceAll("(", "%28").replaceAll(")", "%29")}#L${String(line)}`;
  return `${escape(source)}, [${escape(name)}:${String(line)}](${target})`;
}

/** Texts of templates must not be read as Markdown. */
function escape(text: string): string {
  return text.replace(/[\\`*[\]<>|&]/g, "\\$&").replace(/\s+/g, " ");
}

function inPlainText(title: string, rows: readonly Row[], files: Files): string {
  const width = (cells: readonly string[]) => Math.max(...cells.map(({ length }) => length));
  const options = width(rows.map(({ option }) => option));
  const values = width(rows.map(({ value }) => value));
  const lines = rows.map(({ option, value, source, place }) => {
    const line = place === undefined ? "" : `:${String(rangeOf(files, place).start.line + 1)}`;
    const name =
      place === undefined ? "" : `, ${place.path.slice(place.path.lastIndexOf("/") + 1)}`;
    return `${option.padEnd(options)}  ${value.padEnd(values)}  ${source}${name}${line}`;
  });
  return [title, ...lines].join("\n");
}
