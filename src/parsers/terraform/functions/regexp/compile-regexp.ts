import type { CharacterSet } from "./character-set.js";
import type { Assertion, RegexpNode, RegexpTree } from "./syntax-tree.js";

/** Counted repetitions are written out; a longer program than this is not run. */
const LONGEST_PROGRAM = 10_000;

/** One step of a program that walks along a text. */
export type Instruction =
  | { readonly kind: "character"; readonly set: CharacterSet }
  | { readonly kind: "assertion"; readonly assertion: Assertion }
  /** Goes on at several places; what the first of them matches is preferred. */
  | { readonly kind: "split"; readonly targets: number[] }
  /** Remembers the place in the text. Slots 2n and 2n + 1 are start and end of group n. */
  | { readonly kind: "save"; readonly slot: number }
  | { readonly kind: "match" };

/** What a regular expression does, step by step. */
export interface RegexpProgram {
  readonly instructions: readonly Instruction[];
  readonly slots: number;
}

/** The program of a regular expression, or undefined where it would be too long. */
export function compileRegexp(tree: RegexpTree): RegexpProgram | undefined {
  const instructions: Instruction[] = [];
  emit({ kind: "group", index: 0, part: tree.root }, instructions);
  instructions.push({ kind: "match" });
  if (instructions.length > LONGEST_PROGRAM) return undefined;
  return { instructions, slots: 2 * (tree.groups.length + 1) };
}

function emit(node: RegexpNode, program: Instruction[]): void {
  if (program.length > LONGEST_PROGRAM) return;
  switch (node.kind) {
    case "empty":
      return;
    case "character":
    case "assertion":
      program.push(node);
      return;
    case "concatenation":
      for (const part of node.parts) emit(part, program);
      return;
    case "alternation":
      emitAlternation(node.parts, program);
      return;
    case "group":
      program.push({ kind: "save", slot: 2 * node.index });
      emit(node.part, program);
      program.push({ kind: "save", slot: 2 * node.index + 1 });
      return;
    case "repetition":
      emitRepetition(node, program);
      return;
  }
}

function emitAlternation(parts: readonly RegexpNode[], program: Instruction[]): void {
  const choice = pushSplit(program);
  const jumps: number[][] = [];
  for (const part of parts) {
    choice.push(program.length);
    emit(part, program);
    jumps.push(pushSplit(program));
  }
  for (const jump of jumps) jump.push(program.length);
}

type Repetition = Extract<RegexpNode, { readonly kind: "repetition" }>;

function emitRepetition({ part, least, most, isGreedy }: Repetition, program: Instruction[]): void {
  const isEndless = most === Infinity;
  const written = isEndless ? least - 1 : least;
  for (let count = 0; count < written; count += 1) {
    const before = program.length;
    emit(part, program);
    // Nothing, however often, is nothing; written out level by level it would take for ever.
    if (program.length === before) break;
  }
  if (!isEndless) emitOptional(part, most - least, isGreedy, program);
  else if (least > 0) emitOnceOrMore(part, isGreedy, program);
  // Go tries a part that can be empty once before it leaves it out, which shows in its groups.
  else if (isNullable(part)) {
    emitOptional({ kind: "repetition", part, least: 1, most, isGreedy }, 1, isGreedy, program);
  } else emitAnyNumber(part, isGreedy, program);
}

function emitAnyNumber(part: RegexpNode, isGreedy: boolean, program: Instruction[]): void {
  const start = program.length;
  const choice = pushSplit(program);
  emit(part, program);
  pushSplit(program).push(start);
  choice.push(...inOrder(start + 1, program.length, isGreedy));
}

function emitOnceOrMore(part: RegexpNode, isGreedy: boolean, program: Instruction[]): void {
  const start = program.length;
  emit(part, program);
  const choice = pushSplit(program);
  choice.push(...inOrder(start, program.length, isGreedy));
}

/** Up to that many times, each further time only after the one before. */
function emitOptional(
  part: RegexpNode,
  count: number,
  isGreedy: boolean,
  program: Instruction[],
): void {
  const choices: { readonly targets: number[]; readonly next: number }[] = [];
  for (let index = 0; index < count && program.length <= LONGEST_PROGRAM; index += 1) {
    choices.push({ targets: pushSplit(program), next: program.length });
    emit(part, program);
  }
  for (const { targets, next } of choices) {
    targets.push(...inOrder(next, program.length, isGreedy));
  }
}

/** Whether a part can match without taking a character. */
function isNullable(node: RegexpNode): boolean {
  switch (node.kind) {
    case "empty":
    case "assertion":
      return true;
    case "character":
      return false;
    case "concatenation":
      return node.parts.every(isNullable);
    case "alternation":
      return node.parts.some(isNullable);
    case "group":
      return isNullable(node.part);
    case "repetition":
      return node.least === 0 || isNullable(node.part);
  }
}

function inOrder(on: number, out: number, isGreedy: boolean): readonly number[] {
  return isGreedy ? [on, out] : [out, on];
}

/** Adds a split whose targets are not known yet. */
function pushSplit(program: Instruction[]): number[] {
  const targets: number[] = [];
  program.push({ kind: "split", targets });
  return targets;
}
