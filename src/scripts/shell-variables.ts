import { HOLE } from "./metadata-address.js";
import type { ShellCommand } from "./shell-commands.js";

/** Variables that name others are followed this far. */
const DEEPEST = 5;

/** What a script assigns to variables, and the functions that it declares. */
export class Variables {
  readonly #values = new Map<string, string>();
  readonly #bodies = new Map<string, string>();
  readonly #tokens = new Set<string>();

  /** Takes the commands of the whole script. The last assignment counts. */
  constructor(commands: readonly ShellCommand[]) {
    for (const [index, { words }] of commands.entries()) {
      for (const { text } of words) {
        const [, name, value] = /^(\w+)\+?=([^]*)$/.exec(text) ?? [];
        if (name === undefined || value === undefined) continue;
        // What a command prints is not known; that it asks for a token is.
        if (!/\$\(|`/.test(value)) this.#values.set(name, value);
        if (/\/api\/token|token-ttl-seconds/i.test(value)) this.#tokens.add(name);
      }
      this.#declare(commands, index);
    }
  }

  /** The variables that hold a session token. */
  get tokens(): ReadonlySet<string> {
    return this.#tokens;
  }

  /** A text with the values of variables that the script assigns itself; others stay as they are. */
  expand(text: string, depth = 0): string {
    if (depth >= DEEPEST || !text.includes("$")) return text;
    const expanded = text.replace(
      /\$(?:\{(\w+)(?:\[[@*\d]\])?(?::?[-=][^}]*)?\}|(\w+))/g,
      (all: string, braced: string | undefined, bare: string | undefined) =>
        this.#values.get(braced ?? bare ?? "") ?? all,
    );
    return expanded === text ? text : this.expand(expanded, depth + 1);
  }

  /** Whether a word that was expanded still stands for something unknown that may be an option. */
  isOpen(text: string): boolean {
    // `-o "$FILE"` and the like are quoted away by now: only what stands alone can bring a header.
    return text === HOLE || /^\$(?:\{?\w+(?:\[[@*]\])?\}?|[@*])$/.test(text);
  }

  /** The text of the commands of a function, its words joined; undefined where it is none of this script. */
  functionBody(name: string): string | undefined {
    return this.#bodies.get(name);
  }

  /** `name() { … }` and `function name { … }`: up to where the next function is declared. */
  #declare(commands: readonly ShellCommand[], index: number): void {
    const words = commands[index]?.words.map(({ text }) => text) ?? [];
    const name = words[0] === "function" ? words[1] : words.length === 1 ? words[0] : undefined;
    if (name === undefined || !/^[\w-]+$/.test(name)) return;
    const body = commands
      .slice(index + 1, index + 30)
      .flatMap((command) => command.words.map(({ text }) => text));
    if (!this.#bodies.has(name)) this.#bodies.set(name, body.join(" "));
  }
}
