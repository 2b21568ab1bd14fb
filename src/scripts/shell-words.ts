import type { TextRange } from "../source/text-range.js";
import type { Word } from "./shell-script.js";

/** One that is deeper is text of a kind that no shell reads. */
export const DEEPEST = 40;

const LONGEST_ARITHMETIC = 1000;

/** A place in a text, and how its words are read. Whoever reads commands says how those of substitutions are. */
export abstract class WordReader {
  protected readonly text: string;
  protected position = 0;
  /** How many substitutions and lists the place stands in. */
  protected depth = 0;
  /** Whether it stands in backquotes, of which the next one ends them. */
  #isInBackquotes = false;

  constructor(text: string) {
    this.text = text;
  }

  /** Reads the commands of a substitution, up to its closing character, which is left behind. */
  protected abstract readSubstituted(closing: ")" | "`"): void;

  protected get isAtEnd(): boolean {
    return this.position >= this.text.length;
  }

  protected peek(ahead = 0): string {
    return this.text.charAt(this.position + ahead);
  }

  protected isAt(expected: string): boolean {
    return this.text.startsWith(expected, this.position);
  }

  protected skip(length: number): void {
    this.position = Math.min(this.position + length, this.text.length);
  }

  /** The length of a line ending here; 0 where there is none. */
  protected lineEnding(ahead = 0): number {
    if (this.peek(ahead) === "\n") return 1;
    return this.peek(ahead) === "\r" && this.peek(ahead + 1) === "\n" ? 2 : 0;
  }

  /** Skips blanks and continuations, not line endings. */
  protected skipBlanks(): void {
    while (!this.isAtEnd) {
      const character = this.peek();
      if (/\s/.test(character) && this.lineEnding() === 0) this.skip(1);
      else if (character === "\\" && this.lineEnding(1) > 0) this.skip(1 + this.lineEnding(1));
      else return;
    }
  }

  /** Reads one word; undefined where none starts. */
  protected readWord(): Word | undefined {
    const start = this.position;
    let text = "";
    while (!this.isAtEnd && !this.#endsWord()) text += this.#readPart(start);
    return this.position === start ? undefined : { text, range: this.#from(start) };
  }

  #from(start: number): TextRange {
    return { start, end: this.position };
  }

  /** Process substitutions are parts of words. */
  #endsWord(): boolean {
    const character = this.peek();
    if (character === "`" && this.#isInBackquotes) return true;
    if (character === "<" || character === ">") return this.peek(1) !== "(";
    return /[\s;&|()]/.test(character);
  }

  #readPart(wordStart: number): string {
    const character = this.peek();
    const next = this.peek(1);
    if (character === "'") return this.#readSingleQuoted();
    if (character === '"') return this.#readDoubleQuoted();
    if (character === "\\") return this.#readEscaped();
    if (character === "`" || character === "$") return this.#readExpansion();
    if ((character === "<" || character === ">") && next === "(") return this.#readSubstitution(2);
    if (/[?*+@!]/.test(character) && next === "(") return this.#readBalanced(1);
    if (next === "(" && character === "=") {
      const name = this.text.slice(wordStart, this.position);
      if (/^\w+(?:\[[^\]]*\])?\+?$/.test(name)) return this.#readArray();
    }
    this.skip(1);
    return character;
  }

  #readSingleQuoted(): string {
    const end = this.text.indexOf("'", this.position + 1);
    if (end === -1) {
      // An apostrophe of a text that is no shell.
      this.skip(1);
      return "'";
    }
    const inner = this.text.slice(this.position + 1, end);
    this.position = end + 1;
    return inner;
  }

  /** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_03 */
  #readDoubleQuoted(): string {
    this.skip(1);
    let text = "";
    while (!this.isAtEnd && this.peek() !== '"') {
      const next = this.peek(1);
      if (this.peek() === "\\" && this.lineEnding(1) > 0) {
        this.skip(1 + this.lineEnding(1));
      } else if (this.peek() === "\\" && /[$`"\\]/.test(next)) {
        text += next;
        this.skip(2);
      } else if (this.peek() === "`" || this.peek() === "$") {
        text += this.#readExpansion(true);
      } else {
        text += this.peek();
        this.skip(1);
      }
    }
    this.skip(1);
    return text;
  }

  #readEscaped(): string {
    const ending = this.lineEnding(1);
    if (ending > 0) {
      this.skip(1 + ending);
      return "";
    }
    const next = this.peek(1);
    this.skip(2);
    return next;
  }

  /** `$name`, `${…}`, `$(…)`, `$((…))`, a command in backquotes: as written. */
  #readExpansion(isQuoted = false): string {
    if (this.peek() === "`") return this.#readSubstitution(1);
    if (this.isAt("$((")) return this.#readArithmetic();
    if (this.isAt("$(")) return this.#readSubstitution(2);
    if (this.isAt("${")) return this.#readParameter();
    if (!isQuoted && this.isAt('$"')) {
      this.skip(1);
      return this.#readDoubleQuoted();
    }
    if (!isQuoted && this.isAt("$'")) return this.#readEscapedQuotes();
    this.skip(1);
    return "$";
  }

  /** `$'…'`, in which a quote may be escaped. */
  #readEscapedQuotes(): string {
    const start = this.position + 2;
    this.skip(2);
    while (!this.isAtEnd && this.peek() !== "'") this.skip(this.peek() === "\\" ? 2 : 1);
    const inner = this.text.slice(start, this.position);
    this.skip(1);
    return inner;
  }

  /** The commands in it are read as such; the word keeps its text. */
  #readSubstitution(opening: number): string {
    const start = this.position;
    const closing = this.peek() === "`" ? "`" : ")";
    this.skip(opening);
    if (this.depth < DEEPEST) {
      const outer = this.#isInBackquotes;
      this.#isInBackquotes = closing === "`";
      this.depth += 1;
      this.readSubstituted(closing);
      this.depth -= 1;
      this.#isInBackquotes = outer;
    }
    return this.text.slice(start, this.position);
  }

  /** `$((…))`, unless it turns out to be a substitution that starts with a group. */
  #readArithmetic(): string {
    const start = this.position;
    const end = this.closingOfArithmetic(start + 3);
    if (end === undefined) return this.#readSubstitution(2);
    this.skip(3);
    this.readExpansionsUntil(end);
    this.skip(2);
    return this.text.slice(start, this.position);
  }

  /** Where the `))` stands that closes arithmetic; undefined where parentheses close otherwise. */
  protected closingOfArithmetic(from: number): number | undefined {
    let open = 0;
    // Arithmetic is short; what is not would be read to its end again and again.
    const stop = Math.min(this.text.length, from + LONGEST_ARITHMETIC);
    for (let at = from; at < stop; at += 1) {
      const character = this.text.charAt(at);
      if (character === "(") open += 1;
      if (character !== ")") continue;
      if (open > 0) open -= 1;
      else return this.text.charAt(at + 1) === ")" ? at : undefined;
    }
    return undefined;
  }

  /** Reads only the substitutions of what stands there. */
  protected readExpansionsUntil(end: number): void {
    while (this.position < end) {
      if (this.peek() === "`" || this.peek() === "$") this.#readExpansion(true);
      else this.skip(1);
    }
  }

  /** `${name:-words}`, with whatever is nested in it. */
  #readParameter(): string {
    const start = this.position;
    this.skip(2);
    this.depth += 1;
    while (!this.isAtEnd && this.peek() !== "}") {
      if (this.depth >= DEEPEST) this.skip(1);
      else if (this.peek() === "\\") this.skip(2);
      else if (this.peek() === '"') this.#readDoubleQuoted();
      else if (this.peek() === "`" || this.peek() === "$") this.#readExpansion(true);
      else this.skip(1);
    }
    this.depth -= 1;
    this.skip(1);
    return this.text.slice(start, this.position);
  }

  /** A pattern such as `@(a|b)`, as written. */
  #readBalanced(opening: number): string {
    const start = this.position;
    this.skip(opening);
    let open = 0;
    while (!this.isAtEnd && this.lineEnding() === 0) {
      if (this.peek() === "(") open += 1;
      if (this.peek() === ")") open -= 1;
      this.skip(1);
      if (open === 0) break;
    }
    return this.text.slice(start, this.position);
  }

  /** `=(one "two")`: its words, without their quotes. */
  #readArray(): string {
    this.skip(2);
    const words: string[] = [];
    this.depth += 1;
    while (!this.isAtEnd && this.peek() !== ")" && this.depth < DEEPEST) {
      if (/\s/.test(this.peek())) this.skip(1);
      else if (this.peek() === "#") this.skipLine();
      else {
        const word = this.readWord();
        if (word === undefined) this.skip(1);
        else words.push(word.text);
      }
    }
    this.depth -= 1;
    this.skip(1);
    return `=(${words.join(" ")})`;
  }

  /** To the end of the line, not beyond. */
  protected skipLine(): void {
    const end = this.text.indexOf("\n", this.position);
    const stop = end === -1 ? this.text.length : end;
    this.position = this.text.charAt(stop - 1) === "\r" && end !== -1 ? stop - 1 : stop;
  }
}
