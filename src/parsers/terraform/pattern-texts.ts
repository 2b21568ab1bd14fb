/** A text that a part of a pattern matches, and whether an anchor holds it to either end of the whole. */
interface Match {
  readonly text: string;
  readonly isAtStart: boolean;
  readonly isAtEnd: boolean;
}

/** More texts than this are as good as any. */
const MOST_TEXTS = 100;

const empty: Match = { text: "", isAtStart: false, isAtEnd: false };

/**
 * All texts in which the pattern finds something, as `^(a|b)$` lists them; undefined for patterns that
 * match texts without end, or that have more in them than groups, alternatives, `?`, sets and anchors.
 * https://github.com/google/re2/wiki/Syntax
 */
export function textsOfPattern(pattern: string): readonly string[] | undefined {
  const reader = new PatternReader(pattern);
  const matches = reader.alternatives();
  if (matches === undefined || !reader.isAtEnd) return undefined;
  if (!matches.every(({ isAtStart, isAtEnd }) => isAtStart && isAtEnd)) return undefined;
  return [...new Set(matches.map(({ text }) => text))];
}

class PatternReader {
  readonly #pattern: string;
  #next = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  get isAtEnd(): boolean {
    return this.#next === this.#pattern.length;
  }

  /** What is read up to the end of the group or pattern; undefined where that is not to be told. */
  alternatives(): readonly Match[] | undefined {
    const all: Match[] = [];
    do {
      const matches = this.#sequence();
      if (matches === undefined) return undefined;
      all.push(...matches);
    } while (this.#takes("|"));
    return all;
  }

  #sequence(): readonly Match[] | undefined {
    let matches: readonly Match[] | undefined = [empty];
    while (matches !== undefined && !this.isAtEnd && !/[|)]/.test(this.#peek())) {
      const part = this.#part();
      matches = part && joinAll(matches, part);
    }
    return matches;
  }

  #part(): readonly Match[] | undefined {
    const matches = this.#atom();
    if (matches === undefined) return undefined;
    if (this.#takes("?")) return this.#takes("?") ? undefined : [...matches, empty];
    return /[*+{]/.test(this.#peek()) ? undefined : matches;
  }

  #atom(): readonly Match[] | undefined {
    if (this.#takes("^") || this.#takes("\\A")) return [{ ...empty, isAtStart: true }];
    if (this.#takes("$") || this.#takes("\\z")) return [{ ...empty, isAtEnd: true }];
    if (this.#takes("(?:")) return this.#group();
    if (this.#takes("(?")) return undefined;
    if (this.#takes("(")) return this.#group();
    const [set, members] = /^\[([\w ]+)\]/.exec(this.#rest()) ?? [];
    if (set !== undefined && members !== undefined) {
      this.#next += set.length;
      return Array.from(members, (text) => ({ ...empty, text }));
    }
    // Letters and digits behind a backslash mean something else than themselves.
    const [written] = /^(?:\\[^\p{L}\p{N}]|[^.*+?()[\]{}|\\])/u.exec(this.#rest()) ?? [];
    if (written === undefined) return undefined;
    this.#next += written.length;
    return [{ ...empty, text: written.replace(/^\\/, "") }];
  }

  #group(): readonly Match[] | undefined {
    const matches = this.alternatives();
    return this.#takes(")") ? matches : undefined;
  }

  #takes(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#next)) return false;
    this.#next += text.length;
    return true;
  }

  #peek(): string {
    return this.#pattern.charAt(this.#next);
  }

  #rest(): string {
    return this.#pattern.slice(this.#next);
  }
}

function joinAll(before: readonly Match[], after: readonly Match[]): readonly Match[] | undefined {
  if (before.length * after.length > MOST_TEXTS) return undefined;
  const joined = before.flatMap((left) => after.map((right) => join(left, right)));
  return joined.every((match) => match !== undefined) ? joined : undefined;
}

/** Undefined where an anchor stands in the midst of a text. */
function join(left: Match, right: Match): Match | undefined {
  if ((left.isAtEnd && right.text !== "") || (right.isAtStart && left.text !== "")) {
    return undefined;
  }
  return {
    text: left.text + right.text,
    isAtStart: left.isAtStart || right.isAtStart,
    isAtEnd: left.isAtEnd || right.isAtEnd,
  };
}
