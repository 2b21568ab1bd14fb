import type { TextRange } from "../../source/text-range.js";
import type { ParseError } from "../parse-error.js";
import { parseFast, type FastOutcome } from "./fast.js";
import { inSourceOrder, type ParsedYaml } from "./parsed-yaml.js";
import type { DataNode, MappingEntry, ScalarNode } from "./syntax-tree.js";

/** With more broken places than this, what is left says little about what was meant. */
const MAX_PLACES = 8;

/** Characters to read again at most: about a second's work, reached only above 100 KB. */
const MAX_READ_AGAIN = 20_000_000;

/** The text with one place overwritten, and what that gives. */
interface Attempt {
  /** The line at which the place starts. */
  readonly line: TextRange;
  readonly text: string;
  readonly outcome: FastOutcome;
}

/**
 * Reads a broken text without its broken lines: one place after the other is
 * overwritten with spaces, which keeps all offsets, until the rest is well
 * formed. Gives undefined if that does not succeed.
 *
 * `refusal` is why the fast parser stopped, `tolerant` what a tolerant parser
 * made of the text. In its tree a quote or bracket left open shows as a node
 * over several lines, so that the line where it starts can be blanked and not
 * only the one where a parser noticed.
 */
export function readWithoutBrokenLines(
  text: string,
  refusal: ParseError,
  tolerant: ParsedYaml | undefined,
): ParsedYaml | undefined {
  const errors: ParseError[] = [];
  let attemptsLeft = Math.ceil(MAX_READ_AGAIN / text.length);
  let current = text;
  let error = tolerant?.errors.find(({ code }) => code === "syntax") ?? refusal;
  let suspects = [refusal.range.start, error.range.start, ...openNodes(text, refusal, tolerant)];
  while (errors.length < MAX_PLACES) {
    const attempts = placesAround(current, suspects)
      .slice(0, attemptsLeft)
      .map((place) => blank(current, place));
    attemptsLeft -= attempts.length;
    const best = attempts.reduce<Attempt | undefined>(
      (best, attempt) => (best === undefined || isBetter(attempt, best) ? attempt : best),
      undefined,
    );
    if (best === undefined) return undefined;
    errors.push(placeOn(best.line, error));
    if (best.outcome.isRead) {
      const { documents, errors: others } = best.outcome.parsed;
      return { documents, errors: inSourceOrder(errors, others) };
    }
    current = best.text;
    error = best.outcome.error;
    suspects = [error.range.start];
  }
  return undefined;
}

/** What may have to go: a line, or that line with the deeper ones below it. */
interface Place {
  readonly line: TextRange;
  readonly end: number;
}

/** The line of each offset and the one before it, because many errors show a line too late. */
function placesAround(text: string, offsets: readonly number[]): readonly Place[] {
  const lines = new Map<number, TextRange>();
  for (const offset of offsets) {
    const line = lineWithText(text, offset);
    const lineBefore = line && lineWithText(text, line.start - 1);
    if (line !== undefined) lines.set(line.start, line);
    if (lineBefore !== undefined) lines.set(lineBefore.start, lineBefore);
  }
  const places: Place[] = [];
  for (const line of lines.values()) {
    const blockEnd = endOfBlock(text, line);
    places.push({ line, end: line.end });
    if (blockEnd > line.end) places.push({ line, end: blockEnd });
  }
  return places;
}

function blank(text: string, { line, end }: Place): Attempt {
  const spaces = text.slice(line.start, end).replace(/[^\r\n]/g, " ");
  const blanked = text.slice(0, line.start) + spaces + text.slice(end);
  return { line, text: blanked, outcome: parseFast(blanked) };
}

function isBetter({ outcome: left }: Attempt, { outcome: right }: Attempt): boolean {
  if (left.isRead && right.isRead) return worth(left.parsed) > worth(right.parsed);
  if (left.isRead || right.isRead) return left.isRead;
  return left.error.range.start > right.error.range.start;
}

/** Nodes, less what duplicate keys cost: they show that children without their header came to another parent. */
function worth({ documents, errors }: ParsedYaml): number {
  return countNodes(documents) - 20 * errors.length;
}

function countNodes(nodes: readonly DataNode[]): number {
  let count = nodes.length;
  for (const node of nodes) {
    if (node.kind === "sequence") count += countNodes(node.items);
    if (node.kind === "mapping") count += countNodes(node.entries.flatMap(keyAndValue));
  }
  return count;
}

function keyAndValue({ key, value }: MappingEntry): readonly DataNode[] {
  return [key, value];
}

/** Starts of the last few nodes over several lines that start before the error and are, or may be, still open there. */
function openNodes(
  text: string,
  error: ParseError,
  tolerant: ParsedYaml | undefined,
): readonly number[] {
  const starts: number[] = [];
  const visit = (node: DataNode): void => {
    const { start, end } = node.range;
    if (start > error.range.start) return;
    const isFlow = node.kind === "scalar" ? !isBlockScalar(node) : node.style === "flow";
    const mayBeOpen = node.kind === "scalar" || end >= error.range.start;
    if (isFlow && mayBeOpen && text.slice(start, end).includes("\n")) starts.push(start);
    if (node.kind === "sequence") node.items.forEach(visit);
    if (node.kind === "mapping") node.entries.flatMap(keyAndValue).forEach(visit);
  };
  tolerant?.documents.forEach(visit);
  return starts.slice(-3);
}

function isBlockScalar({ style }: ScalarNode): boolean {
  return style === "literal" || style === "folded";
}

/** The line at `offset`, or the nearest above that is not blank; without its line break. */
function lineWithText(text: string, offset: number): TextRange | undefined {
  let end = endOfLine(text, offset);
  while (end >= 0) {
    const start = text.lastIndexOf("\n", end - 1) + 1;
    if (!isBlank(text, start, end)) return { start, end };
    end = start - 1;
  }
  return undefined;
}

/** Where the lines end that follow this one and stand deeper. */
function endOfBlock(text: string, line: TextRange): number {
  const indent = indentAt(text, line.start);
  let blockEnd = line.end;
  for (let start = line.end + 1; start < text.length; start = endOfLine(text, start) + 1) {
    const end = endOfLine(text, start);
    if (isBlank(text, start, end)) continue;
    if (indentAt(text, start) <= indent) break;
    blockEnd = end;
  }
  return blockEnd;
}

function endOfLine(text: string, offset: number): number {
  const lineBreak = text.indexOf("\n", offset);
  return lineBreak < 0 ? text.length : lineBreak;
}

function indentAt(text: string, lineStart: number): number {
  let position = lineStart;
  while (text[position] === " ") position++;
  return position - lineStart;
}

function isBlank(text: string, start: number, end: number): boolean {
  return text.slice(start, end).trim() === "";
}

/** The error where its parser saw it if that is on the line, else on the whole line. */
function placeOn(line: TextRange, error: ParseError): ParseError {
  const { start } = error.range;
  return start >= line.start && start <= line.end ? error : { ...error, range: line };
}
