import { type Failure } from "../function-result.js";
import { containsCharacter } from "./character-set.js";
import { compileRegexp, type Instruction, type RegexpProgram } from "./compile-regexp.js";
import { parseRegexp } from "./parse-regexp.js";
import type { Assertion } from "./syntax-tree.js";

/** Program length times text length up to which a text is searched: some tenths of a second. */
const MOST_STEPS = 5_000_000;

/** Where a match and its groups start and end in the text; a group that took no part has neither. */
export type RegexpMatch = readonly ({ readonly start: number; readonly end: number } | undefined)[];

/**
 * A regular expression as Go's `regexp` runs it. All ways to match are followed at once, so that
 * the time grows with the length of the text alone and no pattern is catastrophic.
 */
export interface Regexp {
  /** The names of its groups in order, undefined for one without. */
  readonly groups: readonly (string | undefined)[];
  /** All matches that do not overlap, or undefined where the text is too long for the pattern. */
  findAll(text: string, most?: number): readonly RegexpMatch[] | undefined;
}

/** The regular expression that a pattern in RE2's syntax stands for, or why there is none. */
export function createRegexp(
  pattern: string,
): { readonly ok: true; readonly regexp: Regexp } | Failure {
  const parsed = parseRegexp(pattern);
  if (!parsed.ok) return parsed;
  const program = compileRegexp(parsed.tree);
  const { groups } = parsed.tree;
  const findAll: Regexp["findAll"] = (text, most = Infinity) => {
    if (program === undefined) return undefined;
    if (program.instructions.length * text.length > MOST_STEPS) return undefined;
    return findMatches(program, text, most);
  };
  return { ok: true, regexp: { groups, findAll } };
}

function findMatches(program: RegexpProgram, text: string, most: number): readonly RegexpMatch[] {
  const matches: RegexpMatch[] = [];
  let position = 0;
  let lastEnd = -1;
  while (matches.length < most && position <= text.length) {
    const match = findNext(program, text, position);
    const [whole] = match ?? [];
    if (match === undefined || whole === undefined) break;
    // An empty match right after another one does not count.
    if (whole.end > whole.start || whole.start !== lastEnd) matches.push(match);
    lastEnd = whole.end;
    position = whole.end > position ? whole.end : position + characterLength(text, position);
  }
  return matches;
}

/** One way to match so far: where in the program it is, and the places that it has saved. */
interface Thread {
  readonly at: number;
  readonly saved: readonly (number | undefined)[];
}

/** The leftmost match from a position on, of several the one that the pattern prefers. */
function findNext(program: RegexpProgram, text: string, from: number): RegexpMatch | undefined {
  const { instructions, slots } = program;
  const nothingSaved: readonly undefined[] = Array.from({ length: slots }, () => undefined);
  let threads: readonly Thread[] = [];
  let best: readonly (number | undefined)[] | undefined;
  for (let position = from; position <= text.length; position += characterLength(text, position)) {
    const waiting = new ThreadList(instructions, text, position);
    for (const thread of threads) waiting.add(thread);
    // Ways that start further right are less preferred than all that have started.
    if (best === undefined) waiting.add({ at: 0, saved: nothingSaved });

    const codePoint = text.codePointAt(position);
    const next: Thread[] = [];
    for (const { at, saved } of waiting.threads) {
      const instruction = instructions[at];
      if (instruction?.kind === "match") {
        best = saved;
        break;
      }
      if (instruction?.kind !== "character" || codePoint === undefined) continue;
      if (containsCharacter(instruction.set, codePoint)) next.push({ at: at + 1, saved });
    }
    threads = next;
    if (threads.length === 0 && best !== undefined) break;
  }
  return best === undefined ? undefined : toMatch(best);
}

function toMatch(saved: readonly (number | undefined)[]): RegexpMatch {
  return Array.from({ length: saved.length / 2 }, (_, index) => {
    const [start, end] = [saved[2 * index], saved[2 * index + 1]];
    return start === undefined || end === undefined ? undefined : { start, end };
  });
}

/** Ways to match that have reached one position, the preferred first. */
class ThreadList {
  /** Those that wait for a character, or have matched. */
  readonly threads: Thread[] = [];
  readonly #visited = new Set<number>();
  readonly #instructions: readonly Instruction[];
  readonly #text: string;
  readonly #position: number;

  constructor(instructions: readonly Instruction[], text: string, position: number) {
    this.#instructions = instructions;
    this.#text = text;
    this.#position = position;
  }

  /** Follows a way up to where it needs a character. A place is reached in the preferred way only. */
  add(thread: Thread): void {
    const pending = [thread];
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
      const { at, saved } = current;
      const instruction = this.#instructions[at];
      if (instruction === undefined || this.#visited.has(at)) continue;
      this.#visited.add(at);
      switch (instruction.kind) {
        case "character":
        case "match":
          this.threads.push(current);
          break;
        case "split":
          for (const target of instruction.targets.toReversed())
            pending.push({ at: target, saved });
          break;
        case "save":
          pending.push({ at: at + 1, saved: saved.with(instruction.slot, this.#position) });
          break;
        case "assertion":
          if (holds(instruction.assertion, this.#text, this.#position)) {
            pending.push({ at: at + 1, saved });
          }
          break;
      }
    }
  }
}

function holds(assertion: Assertion, text: string, position: number): boolean {
  const isStart = position === 0;
  const isEnd = position === text.length;
  switch (assertion) {
    case "text-start":
      return isStart;
    case "text-end":
      return isEnd;
    case "line-start":
      return isStart || text[position - 1] === "\n";
    case "line-end":
      return isEnd || text[position] === "\n";
    case "word-boundary":
      return isWordAt(text, position - 1) !== isWordAt(text, position);
    case "no-word-boundary":
      return isWordAt(text, position - 1) === isWordAt(text, position);
  }
}

function isWordAt(text: string, index: number): boolean {
  return /^\w$/.test(text.charAt(index));
}

/** Length in UTF-16 units of the character there; one at the end. */
function characterLength(text: string, position: number): number {
  return (text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1;
}
