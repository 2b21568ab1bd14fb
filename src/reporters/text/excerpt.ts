import type { LineRange } from "../positions.js";
import { disarmCommands, makeVisible } from "../visible-text.js";
import { displayWidth } from "./display-width.js";

/** Longer lines are cut around the range; minified JSON is one line. In UTF-16 code units. */
const LONGEST_LINE = 110;
/** How much of a cut line stands before the range. */
const LEAD = 40;

const TAB = "    ";

/** A source line as a terminal shows it, and where the range lies in it, in terminal cells. */
export interface Excerpt {
  readonly text: string;
  readonly start: number;
  /** At least one, so that an empty range can be seen. */
  readonly width: number;
}

/** Prepares a line for printing: cut to a readable length, tabs expanded, invisible characters spelt out. */
export function excerptOf({ text, startColumn, endColumn }: LineRange): Excerpt {
  const line = text.slice(0, Math.max(endColumn, text.trimEnd().length));
  const from = line.length <= LONGEST_LINE ? 0 : cutBefore(line, startColumn);
  const to = avoidSplitting(line, Math.min(line.length, from + LONGEST_LINE));
  const before = (from > 0 ? "…" : "") + show(line.slice(from, startColumn));
  const marked = show(line.slice(startColumn, Math.min(endColumn, to)));
  const after = show(line.slice(Math.min(endColumn, to), to)) + (to < line.length ? "…" : "");
  return {
    text: disarmCommands(before + marked + after),
    start: displayWidth(before),
    width: Math.max(1, displayWidth(marked)),
  };
}

function cutBefore(line: string, startColumn: number): number {
  const latest = line.length - LONGEST_LINE;
  return avoidSplitting(line, Math.max(0, Math.min(startColumn - LEAD, latest)));
}

/** Moves an offset out of the middle of a surrogate pair. */
function avoidSplitting(line: string, offset: number): number {
  const isInPair = offset > 0 && (line.codePointAt(offset - 1) ?? 0) > 0xffff;
  return isInPair ? offset - 1 : offset;
}

function show(text: string): string {
  return makeVisible(text.replaceAll("\t", TAB));
}
