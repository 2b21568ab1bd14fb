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

function emitRepetition(
  { part, least, most, isGreedy }: Extract<RegexpNode, { readonly kind: "repetition" }>,
  program: Instruction[],
): void {
  for (let count = 0; count < least; count += 1) {
    const before = program.length;
    emit(part, program);
    // Nothing, however often, is nothing; written out level by level it would take for ever.
    if (program.length === before) break;
  }
  if (most === Infinity) {
    const start = program.length;
    const choice = pushSplit(program);
    emit(part, program);
    pushSplit(program).push(start);
    choice.push(...inOrder(start + 1, program.length, isGreedy));
    return;
  }
  const choices: { readonly targets: number[]; readonly place: number }[] = [];
  for (let count = least; count < most && program.length <= LONGEST_PROGRAM; count += 1) {
    choices.push({ targets: pushSplit(program), place: program.length });
    emit(part, program);
  }
  for (const { targets, place } of choices) {
    targets.push(...inOrder(place, program.length, isGreedy));
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
