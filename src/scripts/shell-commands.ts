import type { TextRange } from "../source/text-range.js";

/** A word of a command, without its quotes; what the shell would put in stands as it is written. */
export interface Word {
  readonly text: string;
  readonly range: TextRange;
}

/** A simple command, wherever it stands: in a list, a pipeline, a substitution or a here-document. */
export interface ShellCommand {
  readonly words: readonly Word[];
  readonly range: TextRange;
  /** What stands before it: `||` and `&&` tell a fallback and a consequence from what comes next. */
  readonly before: "||" | "&&" | "|" | "other";
}

/** One that is deeper is text of a kind that no shell reads. */
const DEEPEST = 40;

/**
 * The simple commands of a shell script, in the order in which they start. Reads quotes, continuations,
 * comments, substitutions and here-documents, whose lines are commands too, since scripts write scripts.
 * Tolerant: of what is no shell it makes commands as well. Ranges are in the text. Never throws.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */
export function shellCommands(text: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  new ShellReader(text, commands).readUntil("", 0);
  return commands.sort((left, right) => left.range.start - right.range.start);
}

class ShellReader {
  readonly #text: string;
  readonly #commands: ShellCommand[];
  #position = 0;

  constructor(text: string, commands: ShellCommand[]) {
    this.#text = text;
    this.#commands = commands;
  }

  /** Reads commands up to a closing character, which is left behind; to the end where it is empty. */
  readUntil(closing: string, depth: number): void {
    let words: Word[] = [];
    let before: ShellCommand["before"] = "other";
    const finish = (next: ShellCommand["before"]) => {
      const [first] = words;
      const last = words.at(-1);
      if (first !== undefined && last !== undefined) {
        const range = { start: first.range.start, end: last.range.end };
        this.#commands.push({ words, range, before });
      }
      words = [];
      before = next;
    };
    const hereDocuments: string[] = [];
    while (this.#position < this.#text.length) {
      const character = this.#peek();
      if (closing !== "" && character === closing) {
        this.#position += 1;
        break;
      }
      if (character === "\n") {
        this.#position += 1;
        finish("other");
        for (const marker of hereDocuments.splice(0)) this.#readHereDocument(marker, depth);
      } else if (character === "\\" && /^\\\r?\n/.test(this.#ahead(3))) {
        this.#position += this.#ahead(2) === "\\\n" ? 2 : 3;
      } else if (/[ \t\r]/.test(character)) {
        this.#position += 1;
      } else if (character === "#") {
        this.#skipLine();
      } else if (this.#ahead(2) === "||" || this.#ahead(2) === "&&") {
        finish(this.#ahead(2) === "||" ? "||" : "&&");
        this.#position += 2;
      } else if (character === "|") {
        finish("|");
        this.#position += 1;
      } else if (/[;&(){}]/.test(character) && !this.#isBraceInWord()) {
        finish("other");
        this.#position += 1;
      } else if (/^<<-?\s*["'\\]?\w/.test(this.#ahead(8))) {
        hereDocuments.push(this.#readMarker());
      } else if (/[<>]/.test(character)) {
        this.#position += 1;
      } else {
        words.push(this.#readWord(closing, depth));
      }
    }
    finish("other");
  }

  #peek(): string {
    return this.#text.charAt(this.#position);
  }

  #ahead(length: number): string {
    return this.#text.slice(this.#position, this.#position + length);
  }

  #skip(length: number): void {
    this.#position = Math.min(this.#position + length, this.#text.length);
  }

  #skipLine(): void {
    const end = this.#text.indexOf("\n", this.#position);
    this.#position = end === -1 ? this.#text.length : end;
  }

  /** `{` and `}` group commands only by themselves; `{a,b}` is a word. */
  #isBraceInWord(): boolean {
    const character = this.#peek();
    return character === "{" && !/^\{(?:\s|$)/.test(this.#ahead(2));
  }

  #readWord(closing: string, depth: number): Word {
    const start = this.#position;
    let text = "";
    while (this.#position < this.#text.length) {
      const character = this.#peek();
      if (/[\s;&|<>()]/.test(character) || (closing !== "" && character === closing)) break;
      if (character === "'") text += this.#readSingleQuoted();
      else if (character === '"') text += this.#readDoubleQuoted(depth);
      else if (character === "\\") {
        if (/^\\\r?\n/.test(this.#ahead(3))) break;
        text += this.#text.charAt(this.#position + 1);
        this.#skip(2);
      } else if (character === "`" || this.#ahead(2) === "$(") {
        text += this.#readSubstitution(depth);
      } else {
        text += character;
        this.#position += 1;
      }
    }
    // Arrays: `HEADERS=(-H "…")`.
    if (text.endsWith("=") && this.#peek() === "(") text += this.#readArray(depth);
    if (this.#position === start) this.#position += 1;
    return { text, range: { start, end: this.#position } };
  }

  #readArray(depth: number): string {
    const start = this.#position;
    this.#position += 1;
    const words: string[] = [];
    while (this.#position < this.#text.length && this.#peek() !== ")") {
      if (/\s/.test(this.#peek())) this.#position += 1;
      else words.push(this.#readWord(")", depth).text);
    }
    this.#position = Math.min(this.#position + 1, this.#text.length);
    return this.#position > start ? `(${words.join(" ")})` : "";
  }

  #readSingleQuoted(): string {
    const end = this.#text.indexOf("'", this.#position + 1);
    const stop = end === -1 ? this.#text.length : end;
    const inner = this.#text.slice(this.#position + 1, stop);
    this.#position = Math.min(stop + 1, this.#text.length);
    return inner;
  }

  #readDoubleQuoted(depth: number): string {
    this.#position += 1;
    let text = "";
    while (this.#position < this.#text.length && this.#peek() !== '"') {
      if (this.#peek() === "\\") {
        const next = this.#text.charAt(this.#position + 1);
        text += next === "\n" ? "" : next;
        this.#skip(2);
      } else if (this.#peek() === "`" || this.#ahead(2) === "$(") {
        text += this.#readSubstitution(depth);
      } else {
        text += this.#peek();
        this.#position += 1;
      }
    }
    this.#position = Math.min(this.#position + 1, this.#text.length);
    return text;
  }

  /** The commands in it are read as such; the word keeps its text. */
  #readSubstitution(depth: number): string {
    const start = this.#position;
    const isOld = this.#peek() === "`";
    this.#skip(isOld ? 1 : 2);
    if (depth >= DEEPEST) return this.#text.slice(start, this.#position);
    this.readUntil(isOld ? "`" : ")", depth + 1);
    return this.#text.slice(start, this.#position);
  }

  #readMarker(): string {
    const [all = "", quoted = "", bare = ""] =
      /^<<-?\s*(?:["']([\w-]+)["']|\\?([\w-]+))/.exec(this.#ahead(200)) ?? [];
    this.#skip(Math.max(all.length, 2));
    return quoted === "" ? bare : quoted;
  }

  #readHereDocument(marker: string, depth: number): void {
    const rest = this.#text.slice(this.#position);
    const end = new RegExp(`^[ \\t]*${marker}[ \\t]*\\r?$`, "m").exec(rest)?.index ?? rest.length;
    const start = this.#position;
    if (depth < DEEPEST) {
      const inner: ShellCommand[] = [];
      new ShellReader(rest.slice(0, end), inner).readUntil("", depth + 1);
      for (const command of inner) this.#commands.push(shifted(command, start));
    }
    this.#position = start + end;
    this.#skipLine();
  }
}

function shifted({ words, range, before }: ShellCommand, by: number): ShellCommand {
  const move = ({ start, end }: TextRange) => ({ start: start + by, end: end + by });
  const moved = words.map((word) => ({ text: word.text, range: move(word.range) }));
  return { words: moved, range: move(range), before };
}
