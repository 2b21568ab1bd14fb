/** The characters at one place of a pattern that match, as code points. */
export interface CharacterSet {
  /** First and last code point of each stretch. */
  readonly ranges: readonly CharacterRange[];
  /** Unicode classes that the set has too. */
  readonly properties: readonly UnicodeProperty[];
  /** Whether it is all other characters that match. */
  readonly isNegated: boolean;
  /** Whether a character matches if it does in another case. */
  readonly foldsCase: boolean;
}

/** First and last code point of a stretch. */
export type CharacterRange = readonly [first: number, last: number];

/** `\pL`, `\P{Greek}`: `pattern` matches one character of the class. */
export interface UnicodeProperty {
  readonly pattern: RegExp;
  readonly isNegated: boolean;
}

/** A set of stretches alone. */
export function characterSet(ranges: readonly CharacterRange[], foldsCase = false): CharacterSet {
  return { ranges, properties: [], isNegated: false, foldsCase };
}

/** Whether a character, or one that it is in another case, matches. */
export function containsCharacter(set: CharacterSet, codePoint: number): boolean {
  const candidates = set.foldsCase ? casesOf(codePoint) : [codePoint];
  const isIn = candidates.some((candidate) => isListed(set, candidate));
  return isIn !== set.isNegated;
}

function isListed({ ranges, properties }: CharacterSet, codePoint: number): boolean {
  if (ranges.some(([first, last]) => codePoint >= first && codePoint <= last)) return true;
  if (properties.length === 0) return false;
  const character = String.fromCodePoint(codePoint);
  return properties.some(({ pattern, isNegated }) => pattern.test(character) !== isNegated);
}

/** The character in each case that is one character too. */
function casesOf(codePoint: number): readonly number[] {
  const character = String.fromCodePoint(codePoint);
  const cases = new Set([codePoint]);
  for (const lower of [character.toLowerCase(), character.toUpperCase().toLowerCase()]) {
    for (const other of [lower, lower.toUpperCase()]) {
      const first = other.codePointAt(0);
      if (first !== undefined && String.fromCodePoint(first) === other) cases.add(first);
    }
  }
  return [...cases];
}

const LAST_CODE_POINT = 0x10ffff;

/** The stretches between those of a list that is in order. */
export function complement(ranges: readonly CharacterRange[]): readonly CharacterRange[] {
  const others: CharacterRange[] = [];
  let next = 0;
  for (const [first, last] of ranges) {
    if (first > next) others.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST_CODE_POINT) others.push([next, LAST_CODE_POINT]);
  return others;
}

/** Every character. */
export const everyCharacter: readonly CharacterRange[] = [[0, LAST_CODE_POINT]];

/** Stretches given by their ends as text: `ranges("09AZ")`. */
function ranges(ends: string): readonly CharacterRange[] {
  const points = Array.from(ends, (end) => end.codePointAt(0) ?? 0);
  return points.flatMap((first, index): readonly CharacterRange[] =>
    index % 2 === 0 ? [[first, points[index + 1] ?? first]] : [],
  );
}

/** `\d`, `\s`, `\w`: ASCII only, whatever the text. https://github.com/google/re2/wiki/Syntax */
export const perlClasses: Readonly<Record<string, readonly CharacterRange[]>> = {
  d: ranges("09"),
  s: ranges("\t\n\f\r  "),
  w: ranges("09AZ__az"),
};

/** The names in `[[:alpha:]]`. */
export const posixClasses: Readonly<Record<string, readonly CharacterRange[]>> = {
  alnum: ranges("09AZaz"),
  alpha: ranges("AZaz"),
  ascii: ranges("\0\x7f"),
  blank: ranges("\t\t  "),
  cntrl: ranges("\0\x1f\x7f\x7f"),
  digit: ranges("09"),
  graph: ranges("!~"),
  lower: ranges("az"),
  print: ranges(" ~"),
  punct: ranges("!/:@[`{~"),
  space: ranges("\t\r  "),
  upper: ranges("AZ"),
  word: ranges("09AZ__az"),
  xdigit: ranges("09AFaf"),
};

const generalCategory = /^(?:C[cfos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/;

/** A Unicode category (`Lu`) or script (`Greek`), or undefined where there is none of that name. */
export function unicodeProperty(name: string): RegExp | undefined {
  if (name === "Any") return /^[^]$/u;
  if (!/^[A-Za-z_]+$/.test(name)) return undefined;
  const property = generalCategory.test(name) ? name : `Script=${name}`;
  try {
    return new RegExp(`^\\p{${property}}$`, "u");
  } catch {
    return undefined;
  }
}
