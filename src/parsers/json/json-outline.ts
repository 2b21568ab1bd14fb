import type { TextRange } from "../../source/text-range.js";
import type { ParseError } from "../parse-error.js";
import { decodeEscapes, findStringEnd } from "./json-string.js";

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** A number or literal, and whatever somebody wrote instead. */
const WORD = /[^\s,:[\]{}"]+/y;

/** A member of an object: its value, and where its key stands, quotes included. */
export interface OutlineMember {
  readonly key: TextRange;
  readonly value: JsonOutline;
}

/** A text as an outline. Without `root`, the text is not one JSON value, and `error` says why. */
export type OutlineResult = { readonly root: JsonOutline } | { readonly error: ParseError };

/**
 * Opens a JSON text without parsing it: each level is read when it is asked for, and what nobody
 * asks for is only skipped over. Meant for texts of many megabytes of which little matters. Whether
 * every bracket and string is closed is checked at once, the rest as far as it is read.
 */
export function openJsonOutline(text: string): OutlineResult {
  const start = skipSpace(text, 0);
  const end = skipValue(text, start);
  if (end === undefined) {
    const at = text.trimEnd().length;
    return { error: syntaxError("the text ends before the JSON does", at, at) };
  }
  const rest = skipSpace(text, end);
  if (rest < text.length) {
    const message = "unexpected text after the end of the value";
    return { error: syntaxError(message, rest, text.length) };
  }
  return { root: new JsonOutline(text, { start, end }, []) };
}

/** One value of a JSON text. */
export class JsonOutline {
  readonly range: TextRange;
  readonly #text: string;
  readonly #found: ParseError[];
  #members: ReadonlyMap<string, OutlineMember> | undefined;

  /** Use `openJsonOutline`; `found` is shared by all parts of one text. */
  constructor(text: string, range: TextRange, found: ParseError[]) {
    this.range = range;
    this.#text = text;
    this.#found = found;
  }

  /** What was wrong with the parts of the whole text that were read so far. */
  get errors(): readonly ParseError[] {
    return this.#found;
  }

  get kind(): "object" | "array" | "scalar" {
    const code = this.#text.charCodeAt(this.range.start);
    if (code === OPEN_BRACE) return "object";
    return code === OPEN_BRACKET ? "array" : "scalar";
  }

  /** The value as it is written. */
  get text(): string {
    return this.#text.slice(this.range.start, this.range.end);
  }

  /** The value of the member with that key, undefined where there is none, or no object. */
  member(key: string): JsonOutline | undefined {
    return this.members().get(key)?.value;
  }

  /** The members of an object by key, in order; of equal keys the last counts. Empty for anything else. */
  members(): ReadonlyMap<string, OutlineMember> {
    this.#members ??= this.#readMembers();
    return this.#members;
  }

  /**
   * The values of the members with those keys, which must need no escapes. Remembers nothing, so that
   * asking for a few members of each of very many objects costs no memory.
   */
  pick<Key extends string>(...keys: readonly Key[]): Readonly<Partial<Record<Key, JsonOutline>>> {
    const found: Partial<Record<Key, JsonOutline>> = {};
    this.#eachMember((range, start, end) => {
      const length = range.end - range.start - 2;
      for (const key of keys) {
        if (key.length === length && this.#text.startsWith(key, range.start + 1)) {
          found[key] = this.#part({ start, end });
        }
      }
    });
    return found;
  }

  /** The items of an array; empty for anything else. Read anew each time. */
  items(): readonly JsonOutline[] {
    if (this.kind !== "array") return [];
    const items: JsonOutline[] = [];
    this.#readParts(CLOSE_BRACKET, (start) => {
      const end = skipValue(this.#text, start);
      if (end !== undefined) items.push(this.#part({ start, end }));
      return end;
    });
    return items;
  }

  /** The value of a string, number or literal; undefined for anything else. */
  scalar(): string | number | boolean | null | undefined {
    if (this.kind !== "scalar") return undefined;
    const { text } = this;
    if (text.startsWith('"')) return this.#decode(this.range);
    if (text === "null") return null;
    if (text === "true" || text === "false") return text === "true";
    const number = Number(text);
    if (!Number.isNaN(number)) return number;
    const { start, end } = this.range;
    const message = "expected a string in double quotes, a number, true, false or null";
    this.#found.push(syntaxError(message, start, end));
    return undefined;
  }

  /** The value if it is a string. */
  string(): string | undefined {
    const value = this.scalar();
    return typeof value === "string" ? value : undefined;
  }

  #readMembers(): ReadonlyMap<string, OutlineMember> {
    const members = new Map<string, OutlineMember>();
    this.#eachMember((key, start, end) => {
      members.set(this.#decode(key), { key, value: this.#part({ start, end }) });
    });
    return members;
  }

  #eachMember(visit: (key: TextRange, start: number, end: number) => void): void {
    if (this.kind !== "object") return;
    const text = this.#text;
    this.#readParts(CLOSE_BRACE, (start) => {
      const keyEnd = text.charCodeAt(start) === QUOTE ? skipString(text, start) : undefined;
      if (keyEnd === undefined) return undefined;
      const colon = skipSpace(text, keyEnd);
      if (text.charCodeAt(colon) !== COLON) return undefined;
      const valueStart = skipSpace(text, colon + 1);
      const end = skipValue(text, valueStart);
      if (end !== undefined) visit({ start, end: keyEnd }, valueStart, end);
      return end;
    });
  }

  /** Reads what stands between commas; `read` takes where a part starts and gives where it ends. */
  #readParts(closer: number, read: (start: number) => number | undefined): void {
    const text = this.#text;
    let position = skipSpace(text, this.range.start + 1);
    if (text.charCodeAt(position) === closer) return;
    for (;;) {
      const end = read(position);
      if (end === undefined) {
        this.#unexpected(position);
        return;
      }
      position = skipSpace(text, end);
      const code = text.charCodeAt(position);
      if (code === closer) return;
      if (code !== COMMA) {
        this.#unexpected(position);
        return;
      }
      position = skipSpace(text, position + 1);
    }
  }

  #unexpected(at: number): void {
    const what = JSON.stringify(this.#text.charAt(at));
    this.#found.push(syntaxError(`unexpected ${what}`, at, at + 1));
  }

  #part(range: TextRange): JsonOutline {
    return new JsonOutline(this.#text, range, this.#found);
  }

  #decode({ start, end }: TextRange): string {
    const content = this.#text.slice(start + 1, end - 1);
    if (!content.includes("\\")) return content;
    return decodeEscapes(content, (offset, length) => {
      const at = start + 1 + offset;
      this.#found.push(syntaxError("this escape is not allowed in JSON", at, at + length));
    });
  }
}

function syntaxError(message: string, start: number, end: number): ParseError {
  return { code: "syntax", message, range: { start, end } };
}

function skipSpace(text: string, from: number): number {
  let position = from;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return position;
    position += 1;
  }
}

/** The offset behind the string that opens there; undefined where it is not closed. */
function skipString(text: string, start: number): number | undefined {
  const close = text.indexOf('"', start + 1);
  if (close < 0) return undefined;
  // Nearly every string ends at the next quote.
  if (text.charCodeAt(close - 1) !== BACKSLASH) return close + 1;
  const { end, isClosed } = findStringEnd(text, start);
  return isClosed ? end : undefined;
}

/** The offset behind the value that starts there; undefined where none does, or where it has no end. */
function skipValue(text: string, start: number): number | undefined {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return skipString(text, start);
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) {
    WORD.lastIndex = start;
    return WORD.test(text) ? WORD.lastIndex : undefined;
  }
  let depth = 0;
  let position = start;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (code === QUOTE) {
      const end = skipString(text, position);
      if (end === undefined) return undefined;
      position = end;
      continue;
    }
    position += 1;
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return position;
    }
  }
  return undefined;
}
