import { type Failure, failure } from "../function-result.js";
import { characterSet, complement, everyCharacter } from "./character-set.js";
import { parseClass, parseEscape } from "./parse-characters.js";
import { PatternReader } from "./pattern-reader.js";
import type { Assertion, RegexpNode, RegexpTree } from "./syntax-tree.js";

/** Go refuses larger counts and deeper nesting. */
const MOST_REPETITIONS = 1000;
const DEEPEST_NESTING = 1000;

const empty: RegexpNode = { kind: "empty" };

/** A regular expression in RE2's syntax, or why it is none. https://github.com/google/re2/wiki/Syntax */
export function parseRegexp(
  pattern: string,
): { readonly ok: true; readonly tree: RegexpTree } | Failure {
  const reader = new PatternReader(pattern);
  const root = parseAlternation(reader, 0);
  if (!reader.isAtEnd) reader.fail("unexpected )");
  if (reader.error !== undefined) return failure(`invalid regexp pattern: ${reader.error}`);
  return { ok: true, tree: { root, groups: reader.groups } };
}

function parseAlternation(reader: PatternReader, depth: number): RegexpNode {
  if (depth > DEEPEST_NESTING) reader.fail("expression nests too deeply");
  const parts = [parseConcatenation(reader, depth)];
  while (reader.takeText("|")) parts.push(parseConcatenation(reader, depth));
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: "alternation", parts };
}

function parseConcatenation(reader: PatternReader, depth: number): RegexpNode {
  const parts: RegexpNode[] = [];
  for (let next = reader.peek(); next !== undefined; next = reader.peek()) {
    if (next === "|" || next === ")") break;
    if (reader.takeText("\\Q")) parts.push(...parseQuotation(reader));
    else parts.push(parseRepetitions(reader, parseAtom(reader, depth)));
  }
  return { kind: "concatenation", parts };
}

/** `\Q…\E`: everything as it stands. A repetition after it is of its last character. */
function parseQuotation(reader: PatternReader): readonly RegexpNode[] {
  const parts: RegexpNode[] = [];
  while (!reader.isAtEnd && !reader.takeText("\\E")) {
    parts.push(literal(reader.take() ?? "", reader));
  }
  const last = parts.pop();
  return last === undefined ? parts : [...parts, parseRepetitions(reader, last)];
}

function parseRepetitions(reader: PatternReader, part: RegexpNode): RegexpNode {
  const repeated = parseRepetition(reader, part);
  if (repeated !== part && parseRepetition(reader, repeated) !== repeated) {
    reader.fail("invalid nested repetition operator");
  }
  return repeated;
}

function parseRepetition(reader: PatternReader, part: RegexpNode): RegexpNode {
  const [operator, bounds, least, comma, most] =
    reader.takeMatch(/[*+?]|(\{(\d+)(,?)(\d*)\})/y) ?? [];
  if (operator === undefined) return part;
  // `{2x}` and `{,2}` have not matched: they are plain characters. So is `{23}` without its comma.
  const isGreedy = reader.takeText("?") === reader.flags.isUngreedy;
  const [from, to] =
    bounds === undefined
      ? limitsOf(operator)
      : [Number(least), comma === "" ? Number(least) : most === "" ? Infinity : Number(most)];
  if (from > to || from > MOST_REPETITIONS || (to > MOST_REPETITIONS && to !== Infinity)) {
    reader.fail("invalid repeat count");
  }
  return { kind: "repetition", part, least: from, most: to, isGreedy };
}

function limitsOf(operator: string): readonly [number, number] {
  if (operator === "?") return [0, 1];
  return [operator === "+" ? 1 : 0, Infinity];
}

function parseAtom(reader: PatternReader, depth: number): RegexpNode {
  const { flags } = reader;
  const character = reader.take() ?? "";
  switch (character) {
    case "(":
      return parseGroup(reader, depth);
    case "[":
      return { kind: "character", set: parseClass(reader) };
    case ".":
      return {
        kind: "character",
        set: characterSet(flags.dotMatchesAll ? everyCharacter : complement([[10, 10]])),
      };
    case "^":
      return assertion(flags.isMultiline ? "line-start" : "text-start");
    case "$":
      return assertion(flags.isMultiline ? "line-end" : "text-end");
    case "*":
    case "+":
    case "?":
      reader.fail(`missing argument to repetition operator: ${character}`);
      return empty;
    case "\\": {
      const place = reader.takeMatch(/[AzbB]/y)?.[0];
      if (place !== undefined) return assertion(assertions[place] ?? "text-start");
      return { kind: "character", set: parseEscape(reader) };
    }
    default:
      return literal(character, reader);
  }
}

const assertions: Readonly<Record<string, Assertion>> = {
  A: "text-start",
  z: "text-end",
  b: "word-boundary",
  B: "no-word-boundary",
};

function assertion(assertion: Assertion): RegexpNode {
  return { kind: "assertion", assertion };
}

function literal(character: string, reader: PatternReader): RegexpNode {
  const codePoint = character.codePointAt(0) ?? 0;
  return {
    kind: "character",
    set: characterSet([[codePoint, codePoint]], reader.flags.foldsCase),
  };
}

/** What follows `(`. Flags that are set in a group hold up to its end. */
function parseGroup(reader: PatternReader, depth: number): RegexpNode {
  const outside = reader.flags;
  if (reader.takeText("?")) {
    const name = reader.takeMatch(/P?<(\w+)>/y)?.[1];
    if (name !== undefined) return parseCapture(reader, depth, name);
    const [, on = "", off, end] = reader.takeMatch(/([imsU]*)(?:-([imsU]+))?([:)])/y) ?? [];
    if (end === undefined) reader.fail("invalid or unsupported Perl syntax");
    setFlags(reader, on, true);
    setFlags(reader, off ?? "", false);
    if (end === ")") return empty;
    return closeGroup(reader, parseAlternation(reader, depth + 1), outside);
  }
  return parseCapture(reader, depth, undefined);
}

function parseCapture(reader: PatternReader, depth: number, name: string | undefined): RegexpNode {
  const outside = reader.flags;
  reader.groups.push(name);
  const index = reader.groups.length;
  const part = closeGroup(reader, parseAlternation(reader, depth + 1), outside);
  return { kind: "group", part, index };
}

function closeGroup(
  reader: PatternReader,
  part: RegexpNode,
  outside: PatternReader["flags"],
): RegexpNode {
  if (!reader.takeText(")")) reader.fail("missing closing )");
  reader.flags = outside;
  return part;
}

function setFlags(reader: PatternReader, letters: string, isOn: boolean): void {
  for (const letter of letters) {
    switch (letter) {
      case "i":
        reader.flags = { ...reader.flags, foldsCase: isOn };
        break;
      case "m":
        reader.flags = { ...reader.flags, isMultiline: isOn };
        break;
      case "s":
        reader.flags = { ...reader.flags, dotMatchesAll: isOn };
        break;
      case "U":
        reader.flags = { ...reader.flags, isUngreedy: isOn };
        break;
    }
  }
}
