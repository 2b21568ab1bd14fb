import type { LineRange } from "../positions.js";
import { disarmCommands, makeVisible } from "../visible-text.js";
import { displayWidth } from "./display-width.js";

/** Longer lines are cut around the range, however wide a terminal is; minified JSON is one line. */
const LONGEST_LINE = 110;
/** Fewer cells than this show nothing of a line. */
const NARROWEST = 30;
/** How much of a cut line stands before the range, of each cell that it may take. */
const LEAD = 4 / 11;

const TAB = "    ";

/** A source line as a terminal shows it, and where the range lies in it, in terminal cells. */
export interface Excerpt {
  readonly text: string;
  readonly start: number;
  /** At least one, so that an empty range can be seen. */
  readonly width: number;
}

/**
 * Prepares a line for printing: cut to a readable length and to `room`, in terminal cells, tabs expanded,
 * invisible characters spelt out.
 */
export function excerptOf(range: LineRange, room = Infinity): Excerpt {
  const most = Math.max(NARROWEST, room);
  return fitting(range, most, Math.min(LONGEST_LINE, most));
}

/** A character can take several cells, and what is cut off takes one for its mark: then it is cut shorter. */
function fitting(range: LineRange, most: number, length: number): Excerpt {
  const excerpt = cutTo(range, length);
  const overflow = displayWidth(excerpt.text) - most;
  if (overflow <= 0 || length === 1) return excerpt;
  return fitting(range, most, Math.max(1, length - Math.ceil(overflow / 2)));
}

/** The line, or so many of its UTF-16 code units. */
function cutTo({ text, startColumn, endColumn }: LineRange, length: number): Excerpt {
  const line = text.slice(0, Math.max(endColumn, text.trimEnd().length));
  const from = line.length <= length ? 0 : cutBefore(line, startColumn, length);
  const to = avoidSplitting(line, Math.min(line.length, from + length));
  const before = (from > 0 ? "…" : "") + show(line.slice(from, startColumn));
  const marked = show(line.slice(startColumn, Math.min(endColumn, to)));
  const after = show(line.slice(Math.min(endColumn, to), to)) + (to < line.length ? "…" : "");
  return {
    text: disarmCommands(before + marked + after),
    start: displayWidth(before),
    width: Math.max(1, displayWidth(marked)),
  };
}

function cutBefore(line: string, startColumn: number, length: number): number {
  const latest = line.length - length;
  const lead = Math.floor(length * LEAD);
  return avoidSplitting(line, Math.max(0, Math.min(startColumn - lead, latest)));
}

/** Moves an offset out of the middle of a surrogate pair. */
function avoidSplitting(line: string, offset: number): number {
  const isInPair = offset > 0 && (line.codePointAt(offset - 1) ?? 0) > 0xffff;
  return isInPair ? offset - 1 : offset;
}

function show(text: string): string {
  return makeVisible(text.replaceAll("\t", TAB));
}
