import type { Finding } from "../../findings/finding.js";
import type { InputError } from "../../findings/input-error.js";
import type { Report } from "../../findings/report.js";
import type { Location } from "../../source/text-range.js";
import { groupBy } from "../group-by.js";
import { firstLine } from "../positions.js";
import { makeVisible } from "../visible-text.js";
import { enumerate, otherAddresses, sentenceOf } from "../wording.js";
import { displayWidth } from "./display-width.js";
import { excerptOf } from "./excerpt.js";
import type { Label, Style } from "./style.js";
import { wrap } from "./wrap.js";

/** How many of the resources that one place makes wrong are named. */
const MOST_ADDRESSES = 5;

/** Something to show under a file's name. */
interface Entry {
  readonly path: string;
  /** Absent for a file that could not be read. */
  readonly location: Location | undefined;
  readonly label: Label;
  /** The word for `label`. */
  readonly word: string;
  readonly message: string;
  /** What to write in place of the range. */
  readonly advice: string | undefined;
  /** The rule or error code. */
  readonly code: string;
  readonly notes: readonly string[];
}

/** Findings and errors, one block of lines for each file. */
export function describeEntries(
  report: Report,
  findings: readonly Finding[],
  style: Style,
): readonly string[] {
  const entries = [
    ...report.errors.map(errorEntry),
    ...findings.map((finding) => findingEntry(finding, style)),
  ].sort(byPlace);
  return groupBy(entries, ({ path }) => path).map((group) => {
    const blocks = group.map((entry) => describeEntry(entry, report, style).join("\n"));
    return [style.underline(style.path(group[0].path)), blocks.join("\n\n")].join("\n");
  });
}

function errorEntry({ code, message, path, location }: InputError): Entry {
  const word = code === "internal" ? "internal error" : "bad input";
  return { path, location, label: "input", word, message, advice: undefined, code, notes: [] };
}

function findingEntry(finding: Finding, style: Style): Entry {
  const isOpen = finding.kind === "open";
  return {
    path: finding.location.path,
    location: finding.location,
    label: isOpen ? "open" : finding.severity,
    word: isOpen ? "open" : finding.severity,
    message: sentenceOf(finding),
    advice: finding.advice,
    code: isOpen ? finding.decides.join(", ") : finding.ruleId,
    notes: notesOf(finding, style),
  };
}

/** How the option came to its value, what else takes part, and who else is concerned. */
function notesOf(finding: Finding, style: Style): readonly string[] {
  const clause = (word: string, message: string, location: Location) =>
    `${word} ${makeVisible(message)}, ${style.place(location)}`;
  // A chain of one step says what the headline and the excerpt say already, unless it tells what a
  // module does that is not there to be read.
  const [first, ...others] = finding.chain;
  const isTelling = finding.kind === "fail" && first?.step === "module-default";
  const chain = others.length > 0 || isTelling ? finding.chain : [];
  const addresses = otherAddresses(finding);
  const { construct } = finding.resource;
  return [
    ...chain.map(({ message, location }, index) =>
      clause(index === 0 ? "because" : "and", message, location),
    ),
    ...finding.related.map(({ message, location }) => clause("where", message, location)),
    ...(construct === undefined ? [] : [`construct: ${makeVisible(construct)}`]),
    ...(addresses.length === 0
      ? []
      : [`also: ${makeVisible(enumerate(addresses, MOST_ADDRESSES))}`]),
  ];
}

function byPlace(left: Entry, right: Entry): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return (left.location?.range.start ?? 0) - (right.location?.range.start ?? 0);
}

function describeEntry(entry: Entry, report: Report, style: Style): readonly string[] {
  const { location } = entry;
  const source = location === undefined ? [] : describeSource(entry, location, report, style);
  return [...describeHeadline(entry, style), ...source];
}

/** Position, severity, message and rule; where the line ends too soon, the rest stands below the message. */
function describeHeadline(
  { location, label, word, message, code }: Entry,
  style: Style,
): readonly string[] {
  const position = location === undefined ? "" : `${style.position(location)}  `;
  const indent = " ".repeat(`  ${position}${word}  `.length);
  const room = style.width - indent.length;
  const lines = wrap(makeVisible(message), room);
  const last = lines.at(-1) ?? "";
  const hasRoomForCode = displayWidth(`${last}  ${code}`) <= room;
  const [first = "", ...others] = [
    ...lines.slice(0, -1).map(style.bold),
    ...(hasRoomForCode
      ? [`${style.bold(last)}  ${style.dim(code)}`]
      : [style.bold(last), style.dim(code)]),
  ];
  return [
    `  ${position}${style.paint(label, word)}  ${first}`,
    ...others.map((line) => indent + line),
  ];
}

/**
 * The source line with its number, the range underlined with the advice behind it where there is room,
 * and the notes aligned with the source.
 */
function describeSource(
  { label, advice, notes }: Entry,
  location: Location,
  report: Report,
  style: Style,
): readonly string[] {
  const line = firstLine(report.files, location);
  const number = `${line.line + 1}`.padStart(6);
  const indent = " ".repeat(number.length);
  const { text, start, width } = excerptOf(line, style.width - `${indent} | `.length);
  const order = makeVisible(advice ?? "");
  const room = style.width - `${indent} | `.length - start - width - 1;
  const isBeside = displayWidth(order) <= room;
  const carets = [style.paint(label, "^".repeat(width)), ...(isBeside ? [order] : [])];
  const below = (isBeside ? notes : [order, ...notes]).flatMap((note) =>
    wrap(note, style.width - `${indent} = `.length).map((part, index) =>
      index === 0 ? `${indent} ${style.dim("=")} ${part}` : `${indent}   ${part}`,
    ),
  );
  return [
    `${style.dim(`${number} |`)} ${text}`.trimEnd(),
    `${style.dim(`${indent} |`)} ${" ".repeat(start)}${carets.join(" ").trimEnd()}`,
    ...below,
  ];
}
