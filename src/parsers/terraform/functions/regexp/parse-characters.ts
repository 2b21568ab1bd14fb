import {
  type CharacterRange,
  type CharacterSet,
  characterSet,
  complement,
  perlClasses,
  posixClasses,
  type UnicodeProperty,
  unicodeProperty,
} from "./character-set.js";
import type { PatternReader } from "./pattern-reader.js";

/** Single characters that are written with a letter. */
const namedCharacters: Readonly<Record<string, number>> = {
  a: 7,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};

/** What one escape or one member of a class stands for. */
type Member =
  | { readonly kind: "character"; readonly codePoint: number }
  | { readonly kind: "ranges"; readonly ranges: readonly CharacterRange[] }
  | { readonly kind: "property"; readonly property: UnicodeProperty };

/** What follows a backslash outside of `[…]`, if it stands for characters. */
export function parseEscape(reader: PatternReader): CharacterSet {
  return setOf([parseEscapedMember(reader)], reader, false);
}

/** What follows `[`. */
export function parseClass(reader: PatternReader): CharacterSet {
  const isNegated = reader.takeText("^");
  const members: Member[] = [];
  // A bracket that comes first is a member.
  for (let isFirst = true; isFirst || reader.peek() !== "]"; isFirst = false) {
    if (reader.isAtEnd) {
      reader.fail("missing closing ]");
      break;
    }
    members.push(parseMember(reader));
  }
  reader.take();
  return setOf(members, reader, isNegated);
}

function parseMember(reader: PatternReader): Member {
  const posix = reader.takeMatch(/\[:(\^?)(\w+):\]/y);
  if (posix !== undefined) {
    const [text, negation, name = ""] = posix;
    const ranges = posixClasses[name];
    if (ranges === undefined) reader.fail(`invalid character class range: ${text}`);
    return rangesMember(ranges ?? [], negation === "^");
  }
  const member = parseSingle(reader);
  // Before the closing bracket a hyphen is a member itself.
  if (reader.takeMatch(/-(?!\]|$)/y) === undefined) return member;
  const last = parseSingle(reader);
  if (member.kind !== "character" || last.kind !== "character") {
    reader.fail("invalid character class range");
    return member;
  }
  if (last.codePoint < member.codePoint) reader.fail("invalid character class range");
  return { kind: "ranges", ranges: [[member.codePoint, last.codePoint]] };
}

function parseSingle(reader: PatternReader): Member {
  const character = reader.take() ?? "";
  if (character === "\\") return parseEscapedMember(reader);
  return { kind: "character", codePoint: character.codePointAt(0) ?? 0 };
}

function parseEscapedMember(reader: PatternReader): Member {
  const hexadecimal = reader.takeMatch(/x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,8})\})/y);
  if (hexadecimal !== undefined) {
    const codePoint = Number.parseInt(hexadecimal[1] ?? hexadecimal[2] ?? "", 16);
    if (codePoint > 0x10ffff) reader.fail("invalid escape sequence");
    return { kind: "character", codePoint: Math.min(codePoint, 0x10ffff) };
  }
  const octal = reader.takeMatch(/0[0-7]{0,2}|[1-7][0-7]{1,2}/y);
  if (octal !== undefined) return { kind: "character", codePoint: Number.parseInt(octal[0], 8) };
  const property = reader.takeMatch(/([pP])(?:\{(\^?)([^}]*)\}|(.))/uy);
  if (property !== undefined) return parseProperty(reader, property);

  const letter = reader.take() ?? "";
  const named = namedCharacters[letter];
  if (named !== undefined) return { kind: "character", codePoint: named };
  const ranges = perlClasses[letter.toLowerCase()];
  if (ranges !== undefined) return rangesMember(ranges, letter !== letter.toLowerCase());
  // Of the others only punctuation stands for itself.
  if (!/^[!-/:-@[-`{-~]$/.test(letter)) reader.fail(`invalid escape sequence: \\${letter}`);
  return { kind: "character", codePoint: letter.codePointAt(0) ?? 0 };
}

function parseProperty(reader: PatternReader, match: RegExpExecArray): Member {
  const [text, letter, caret, long, short] = match;
  const pattern = unicodeProperty(long ?? short ?? "");
  if (pattern === undefined) reader.fail(`invalid character class range: \\${text}`);
  const isNegated = (letter === "P") !== (caret === "^");
  return { kind: "property", property: { pattern: pattern ?? /[^]/u, isNegated } };
}

function rangesMember(ranges: readonly CharacterRange[], isNegated: boolean): Member {
  return { kind: "ranges", ranges: isNegated ? complement(ranges) : ranges };
}

function setOf(
  members: readonly Member[],
  reader: PatternReader,
  isNegated: boolean,
): CharacterSet {
  const ranges: CharacterRange[] = [];
  const properties: UnicodeProperty[] = [];
  for (const member of members) {
    if (member.kind === "property") properties.push(member.property);
    else if (member.kind === "ranges") ranges.push(...member.ranges);
    else ranges.push([member.codePoint, member.codePoint]);
  }
  return { ...characterSet(ranges, reader.flags.foldsCase), properties, isNegated };
}
