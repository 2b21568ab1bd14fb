/** More texts than this are not listed: whoever reads them no longer chooses among them. */
const MOST_TEXTS = 64;

/** What has a meaning of its own outside of brackets. */
const SPECIAL = /[\\^$.|?*+()[\]{}]/;

/**
 * Every text that an `AllowedPattern` matches, if it does no more than list them: literals,
 * alternatives, groups, sets of characters and `?`. Undefined for any other pattern. CloudFormation
 * matches the whole value, so anchors at the ends change nothing.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function textsOfPattern(pattern: string): readonly string[] | undefined {
  const reader = new PatternReader(pattern);
  const texts = reader.alternatives(0);
  return texts !== undefined && reader.isAtEnd() ? [...new Set(texts)] : undefined;
}

class PatternReader {
  readonly #pattern: string;
  #offset = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  isAtEnd(): boolean {
    return this.#offset === this.#pattern.length;
  }

  /** `depth` counts the groups around: an anchor within a group is more than we follow. */
  alternatives(depth: number): readonly string[] | undefined {
    const all: string[] = [];
    do {
      const texts = this.#sequence(depth);
      if (texts === undefined) return undefined;
      all.push(...texts);
    } while (this.#take("|") && all.length <= MOST_TEXTS);
    return all.length > MOST_TEXTS ? undefined : all;
  }

  #sequence(depth: number): readonly string[] | undefined {
    if (depth === 0) this.#take("^");
    let texts: readonly string[] = [""];
    for (;;) {
      const next = this.#pattern[this.#offset];
      if (next === undefined || next === "|" || (next === ")" && depth > 0)) return texts;
      if (depth === 0 && this.#isClosingAnchor()) {
        this.#offset += 1;
        continue;
      }
      const piece = this.#piece(depth);
      if (piece === undefined || texts.length * piece.length > MOST_TEXTS) return undefined;
      texts = texts.flatMap((text) => piece.map((end) => text + end));
    }
  }

  #isClosingAnchor(): boolean {
    const after = this.#pattern[this.#offset + 1];
    return this.#pattern[this.#offset] === "$" && (after === undefined || after === "|");
  }

  /** One character, set or group, with the `?` behind it. */
  #piece(depth: number): readonly string[] | undefined {
    const texts = this.#atom(depth);
    if (texts === undefined || !this.#take("?")) return texts;
    // What follows would make it lazy or possessive, which is not worth following.
    return /[?+*]/.test(this.#pattern[this.#offset] ?? "") ? undefined : [...texts, ""];
  }

  #atom(depth: number): readonly string[] | undefined {
    if (this.#take("(")) {
      if (!this.#take("?:") && this.#pattern[this.#offset] === "?") return undefined;
      const texts = this.alternatives(depth + 1);
      return this.#take(")") ? texts : undefined;
    }
    if (this.#take("[")) return this.#characterSet();
    if (this.#take("\\")) return this.#escaped();
    const character = this.#pattern[this.#offset] ?? "";
    if (character === "" || SPECIAL.test(character)) return undefined;
    this.#offset += 1;
    return [character];
  }

  #characterSet(): readonly string[] | undefined {
    const [whole, characters] = /^([\w.:/ ]+)\]/.exec(this.#pattern.slice(this.#offset)) ?? [];
    if (whole === undefined || characters === undefined) return undefined;
    this.#offset += whole.length;
    return Array.from(characters);
  }

  /** A letter or digit behind a backslash is a class or a reference. */
  #escaped(): readonly string[] | undefined {
    const character = this.#pattern[this.#offset] ?? "";
    if (!/^[^\w\s]$/.test(character)) return undefined;
    this.#offset += 1;
    return [character];
  }

  #take(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#offset)) return false;
    this.#offset += text.length;
    return true;
  }
}
