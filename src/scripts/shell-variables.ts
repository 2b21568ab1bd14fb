import { HOLE } from "./metadata-address.js";
import type { ShellScript } from "./shell-script.js";

/** Variables that name others are followed this far. */
const DEEPEST = 5;

/** In characters; addresses and options are shorter. What repeats itself is not. */
const LONGEST = 10_000;

/** What a script assigns to variables, and the functions that it declares. */
export class Variables {
  readonly #values = new Map<string, string>();
  readonly #bodies = new Map<string, string>();
  readonly #tokens = new Set<string>();

  /** The last assignment counts. */
  constructor({ commands, functions }: ShellScript) {
    for (const { words } of commands) {
      for (const { text } of words) {
        const [, name, value] = /^(\w+)\+?=([^]*)$/.exec(text) ?? [];
        if (name === undefined || value === undefined) continue;
        // What a command prints is not known; that it asks for a token is.
        if (!/\$\(|`/.test(value)) this.#values.set(name, value);
        if (/\/api\/token|token-ttl-seconds/i.test(value)) this.#tokens.add(name);
      }
    }
    for (const { name, body } of functions) {
      const within = commands.filter(
        ({ range }) => body.start <= range.start && range.end <= body.end,
      );
      const words = within.flatMap((command) => command.words.map(({ text }) => text));
      this.#bodies.set(name, words.join(" "));
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
    if (expanded === text || expanded.length > LONGEST) return text;
    return this.expand(expanded, depth + 1);
  }

  /** Whether a word that was expanded still stands for something unknown that may be an option. */
  isOpen(text: string): boolean {
    // `-o "$FILE"` and the like are quoted away by now: only what stands alone can bring a header.
    // Jinja, mustache and Systems Manager put in what stands between braces.
    if (/^\{\{/.test(text)) return true;
    return text === HOLE || /^\$(?:\{?\w+(?:\[[@*]\])?\}?|[@*])$/.test(text);
  }

  /** The text of the commands of a function, its words joined; undefined where it is none of this script. */
  functionBody(name: string): string | undefined {
    return this.#bodies.get(name);
  }
}
