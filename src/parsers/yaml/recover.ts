import type { TextRange } from "../../source/text-range.js";
import type { ParseError } from "../parse-error.js";
import { parseFast, type FastOutcome } from "./fast.js";
import { MAX_READ_AGAIN } from "./limits.js";
import { endOfBlock, lineWithText, trimRange } from "./lines.js";
import { inSourceOrder, type ParsedYaml, type TolerantlyParsedYaml } from "./parsed-yaml.js";
import type { DataNode, MappingEntry, ScalarNode } from "./syntax-tree.js";

/** With more broken places than this, what is left says little about what was meant. */
const MAX_PLACES = 8;

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
  tolerant: TolerantlyParsedYaml | undefined,
): ParsedYaml | undefined {
  const errors: ParseError[] = [];
  let current = text;
  let error = tolerant?.syntaxError ?? refusal;
  let suspects = [refusal.range.start, error.range.start, ...openNodes(text, refusal, tolerant)];
  let readAgain = 0;
  while (errors.length < MAX_PLACES && readAgain < MAX_READ_AGAIN) {
    const attempts = attemptsAround(current, suspects);
    readAgain += attempts.length * text.length;
    const [first, ...others] = attempts;
    if (first === undefined) return undefined;
    const best = others.reduce((best, other) => (isBetter(other, best) ? other : best), first);
    errors.push(placeOn(best.line, error, text));
    if (best.outcome.isRead) {
      const { documents, errors: otherErrors } = best.outcome.parsed;
      return { documents, errors: inSourceOrder(errors, otherErrors) };
    }
    current = best.text;
    error = best.outcome.error;
    suspects = [error.range.start];
  }
  return undefined;
}

/** Tries the line of each offset and the one before it, because many errors show a line too late. */
function attemptsAround(text: string, offsets: readonly number[]): readonly Attempt[] {
  const lines = new Map<number, TextRange>();
  for (const offset of offsets) {
    const line = lineWithText(text, offset);
    const lineBefore = line && lineWithText(text, line.start - 1);
    if (line !== undefined) lines.set(line.start, line);
    if (lineBefore !== undefined) lines.set(lineBefore.start, lineBefore);
  }
  return [...lines.values()].flatMap((line) => {
    const alone = blank(text, line, line.end);
    const blockEnd = endOfBlock(text, line);
    // A block that is most of the text would heal anything by leaving nothing.
    const isBlockToTry = blockEnd > line.end && blockEnd - line.start <= text.trim().length / 2;
    return isBlockToTry && !isSettled(alone.outcome, blockEnd)
      ? [alone, blank(text, line, blockEnd)]
      : [alone];
  });
}

/** Whether nothing is wrong with the lines before `end`: then the deeper ones can stay without their header. */
function isSettled(outcome: FastOutcome, end: number): boolean {
  return outcome.isRead ? outcome.parsed.errors.length === 0 : outcome.error.range.start > end;
}

function blank(text: string, line: TextRange, end: number): Attempt {
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
  tolerant: TolerantlyParsedYaml | undefined,
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

/** The error where its parser saw it, as far as that is on the line; otherwise on the whole line. */
function placeOn(line: TextRange, error: ParseError, text: string): ParseError {
  const { start, end } = error.range;
  const isOnLine = start >= line.start && start <= line.end;
  const range = isOnLine ? { start, end: Math.min(end, line.end) } : trimRange(text, line);
  return { ...error, range };
}
