/** What `(?i)` and its like switch. */
export interface Flags {
  readonly foldsCase: boolean;
  /** `^` and `$` match at lines, not only at the text's ends. */
  readonly isMultiline: boolean;
  /** `.` matches line ends too. */
  readonly dotMatchesAll: boolean;
  /** Repetitions take as little as they can, those with `?` as much. */
  readonly isUngreedy: boolean;
}

/** A place in a pattern, with the flags that hold there and the first mistake that was found. */
export class PatternReader {
  flags: Flags = {
    foldsCase: false,
    isMultiline: false,
    dotMatchesAll: false,
    isUngreedy: false,
  };
  /** Names of the groups opened so far, undefined for one without. */
  readonly groups: (string | undefined)[] = [];
  readonly #pattern: string;
  #position = 0;
  #error: string | undefined;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  get error(): string | undefined {
    return this.#error;
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#pattern.length;
  }

  /** Remembers the first mistake and goes to the end, so that whoever reads on stops. */
  fail(message: string): void {
    this.#error ??= message;
    this.#position = this.#pattern.length;
  }

  /** The next character, or undefined at the end. */
  peek(): string | undefined {
    const codePoint = this.#pattern.codePointAt(this.#position);
    return codePoint === undefined ? undefined : String.fromCodePoint(codePoint);
  }

  /** Takes the next character, or undefined at the end. */
  take(): string | undefined {
    const character = this.peek();
    this.#position += character?.length ?? 0;
    return character;
  }

  /** Whether that text comes next; if so it is taken. */
  takeText(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#position)) return false;
    this.#position += text.length;
    return true;
  }

  /** Takes what a sticky expression matches here, or undefined. */
  takeMatch(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#position;
    const match = expression.exec(this.#pattern) ?? undefined;
    this.#position += match?.[0].length ?? 0;
    return match;
  }
}
