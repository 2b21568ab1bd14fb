import type { ParseError } from "../parse-error.js";
import { MAX_DEPTH, TOO_DEEP_MESSAGE } from "../yaml/limits.js";
import type {
  DataNode,
  MappingEntry,
  MappingNode,
  ScalarNode,
  SequenceNode,
} from "../yaml/syntax-tree.js";
import { decodeEscapes, findStringEnd } from "./json-string.js";

const COMMA = 0x2c;
const COLON = 0x3a;
const SLASH = 0x2f;
const ASTERISK = 0x2a;
const NEWLINE = 0x0a;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Everything up to the next mark, space, quote or comment: numbers, literals and what people write instead. */
const WORD = /(?:[^\s,:{}[\]"'/]|\/(?![/*]))+/y;
const LITERAL = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const SURPLUS_BRACE = /\}\s*[,"}]/y;
const OTHER_SPACE = /[^\S \t\r\n]|\ufeff/;

/** Reads one JSON text, once; `parseJson` is the way in. */
export class JsonReader {
  readonly #text: string;
  readonly #errors: ParseError[] = [];
  #position: number;
  #openObjects = 0;
  #openArrays = 0;
  /** Set after an error that already explains why no comma follows. */
  #isCommaExcused = false;
  /** Whether the text ended within a collection. */
  #isOpenAtEnd = false;
  readonly #minds: "brackets" | "indentation";

  /** With `indentation`, a collection also ends before a line that is indented no deeper than the one it began on. */
  constructor(text: string, minds: "brackets" | "indentation" = "brackets") {
    this.#text = text;
    this.#minds = minds;
    this.#position = text.startsWith("\ufeff") ? 1 : 0;
  }

  read(): { root?: DataNode; errors: readonly ParseError[] } {
    const first = this.#nextCode();
    if (Number.isNaN(first)) {
      this.#report("expected a value", this.#position);
      return { errors: this.#errors };
    }
    const root = this.#readValue(first);
    if (!Number.isNaN(this.#nextCode())) {
      this.#report("unexpected text after the end of the value", this.#position, this.#text.length);
    }
    this.#errors.sort((a, b) => a.range.start - b.range.start);
    return { root, errors: this.#errors };
  }

  /** Whether the text ended within a collection; known once it has been read. */
  get isOpenAtEnd(): boolean {
    return this.#isOpenAtEnd;
  }

  /** The caller has looked at the next code and knows that something stands there. */
  #readValue(code: number): DataNode {
    switch (code) {
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (this.#openObjects + this.#openArrays >= MAX_DEPTH) return this.#skipTooDeep(code);
        return code === OPEN_BRACE ? this.#readObject() : this.#readArray();
      case DOUBLE_QUOTE:
      case SINGLE_QUOTE:
        return this.#readString(code);
      default:
        return this.#readLiteral();
    }
  }

  #readObject(): MappingNode {
    const start = this.#position++;
    const entries: MappingEntry[] = [];
    const keys = new Set<string>();
    this.#openObjects++;
    for (;;) {
      const code = this.#nextCode();
      if (this.#skipsSurplusBrace(code)) continue;
      if (this.#endsByIndentation(start, code, CLOSE_BRACE)) break;
      if (this.#closes(code, CLOSE_BRACE)) break;
      if (this.#skipsStray(code)) continue;
      if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        this.#report("expected a key in double quotes", this.#position);
        this.#readSeparator(this.#readValue(code).range.end);
        continue;
      }
      const entry = this.#readMember(code);
      if (keys.has(entry.key.text)) {
        const message = `key ${JSON.stringify(entry.key.text)} is already in this object`;
        this.#errors.push({ code: "duplicate-key", message, range: entry.key.range });
      }
      keys.add(entry.key.text);
      entries.push(entry);
      this.#readSeparator(entry.value.range.end);
    }
    this.#openObjects--;
    const range = { start, end: this.#position };
    return { kind: "mapping", entries, style: "flow", range };
  }

  #readArray(): SequenceNode {
    const start = this.#position++;
    const items: DataNode[] = [];
    this.#openArrays++;
    for (;;) {
      const code = this.#nextCode();
      if (this.#endsByIndentation(start, code, CLOSE_BRACKET)) break;
      if (this.#closes(code, CLOSE_BRACKET)) break;
      if (this.#skipsStray(code)) continue;
      const item = this.#readValue(code);
      items.push(item);
      this.#readSeparator(item.range.end);
    }
    this.#openArrays--;
    const range = { start, end: this.#position };
    return { kind: "sequence", items, style: "flow", range };
  }

  #readMember(code: number): MappingEntry {
    const key = this.#readKey(code);
    const keyEnd = this.#position;
    const isColonMissing = this.#nextCode() !== COLON;
    if (isColonMissing) {
      // A key whose quote is open has been reported already.
      if (!this.#isCommaExcused) this.#report("expected a colon after the key", keyEnd);
      this.#isCommaExcused = true;
      const isValueOnOtherLine = this.#text.slice(keyEnd, this.#position).includes("\n");
      if (isValueOnOtherLine) return { key, value: emptyScalar(keyEnd) };
    } else {
      this.#position++;
    }

    const valueStart = isColonMissing ? keyEnd : this.#position;
    const next = this.#nextCode();
    if (Number.isNaN(next) || next === COMMA || next === CLOSE_BRACE || next === CLOSE_BRACKET) {
      if (!isColonMissing) this.#report("expected a value", valueStart);
      return { key, value: emptyScalar(valueStart) };
    }
    const errorsBefore = this.#errors.length;
    const value = this.#readValue(next);
    if (value.kind === "scalar" && this.#nextCode() === COLON) {
      // While `"Key":` is being typed, the next line's key looks like its value.
      this.#errors.length = errorsBefore;
      this.#report("expected a value", valueStart);
      this.#position = value.range.start;
      this.#isCommaExcused = true;
      return { key, value: emptyScalar(valueStart) };
    }
    return { key, value };
  }

  #readKey(code: number): ScalarNode {
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) return this.#readString(code);
    const start = this.#position;
    const text = this.#readWord();
    this.#report("expected a key in double quotes", start, this.#position);
    const range = { start, end: this.#position };
    return { kind: "scalar", text, style: "plain", range };
  }

  #readString(quote: number): ScalarNode {
    const start = this.#position;
    if (quote === SINGLE_QUOTE) {
      this.#report("strings must stand in double quotes", start, start + 1);
    }
    const found = findStringEnd(this.#text, start);
    this.#position = found.end;
    const contentEnd = found.isClosed ? found.end - 1 : found.end;
    let text = this.#text.slice(start + 1, contentEnd);
    if (found.hasEscapes) {
      text = decodeEscapes(text, (offset, length) => {
        const at = start + 1 + offset;
        this.#report("this escape is not allowed in JSON", at, at + length);
      });
    }
    if (found.controlCharacter !== undefined) {
      const at = found.controlCharacter;
      this.#report("control characters in strings must be escaped", at, at + 1);
    }
    if (!found.isClosed) {
      this.#report("the string is not closed on this line", start, found.end);
      this.#isCommaExcused = true;
    }
    const style = quote === DOUBLE_QUOTE ? "double-quoted" : "single-quoted";
    return { kind: "scalar", text, style, range: { start, end: found.end } };
  }

  #readLiteral(): ScalarNode {
    const start = this.#position;
    const text = this.#readWord();
    const range = { start, end: this.#position };
    if (!LITERAL.test(text)) {
      const message = "expected a string in double quotes, a number, true, false or null";
      this.#report(message, range.start, range.end);
    }
    return { kind: "scalar", text, style: "plain", range };
  }

  /** Empty where no word starts. */
  #readWord(): string {
    WORD.lastIndex = this.#position;
    const word = WORD.exec(this.#text)?.[0] ?? "";
    this.#position += word.length;
    return word;
  }

  /** Called after an item or member that ends at `end`; stops before whatever does not separate. */
  #readSeparator(end: number): void {
    const code = this.#nextCode();
    const isExcused = this.#isCommaExcused;
    this.#isCommaExcused = false;
    if (code === COMMA) {
      const comma = this.#position++;
      const next = this.#nextCode();
      if (next === CLOSE_BRACE || next === CLOSE_BRACKET) {
        this.#report("a comma is not allowed after the last item", comma, comma + 1);
      }
      return;
    }
    const ends = Number.isNaN(code) || code === CLOSE_BRACE || code === CLOSE_BRACKET;
    if (!ends && !isExcused) this.#report("expected a comma", end);
  }

  /**
   * Whether the collection that `closer` closes ends here: at its closer, at the
   * closer of a collection around it, or at the end of the text.
   */
  #closes(code: number, closer: number): boolean {
    if (code === closer) {
      this.#position++;
      return true;
    }
    const isOuterCloser =
      (code === CLOSE_BRACE && this.#openObjects > 0) ||
      (code === CLOSE_BRACKET && this.#openArrays > 0);
    if (!isOuterCloser && !Number.isNaN(code)) return false;
    if (Number.isNaN(code)) this.#isOpenAtEnd = true;
    const last = this.#errors.at(-1);
    const message = `expected ${JSON.stringify(String.fromCharCode(closer))}`;
    // At the end of the text one missing closer is told, not one per open collection.
    if (last?.range.start !== this.#position) this.#report(message, this.#position);
    return true;
  }

  /** While a collection is being typed, what stands below it is not yet apart from it by a closer. */
  #endsByIndentation(start: number, code: number, closer: number): boolean {
    if (this.#minds === "brackets" || Number.isNaN(code)) return false;
    if (this.#openObjects + this.#openArrays === 1) return false;
    const own = this.#indentationBefore(this.#position);
    if (own === undefined) return false;
    const outer = this.#indentationAround(start);
    if (own > outer || (code === closer && own === outer)) return false;
    this.#report(`expected ${JSON.stringify(String.fromCharCode(closer))}`, this.#position);
    this.#isCommaExcused = true;
    return true;
  }

  /** How far an offset is indented, in characters; undefined where more than that stands before it on its line. */
  #indentationBefore(offset: number): number | undefined {
    let start = offset;
    while (/[ \t]/.test(this.#text.charAt(start - 1))) start--;
    return start === 0 || this.#text.charAt(start - 1) === "\n" ? offset - start : undefined;
  }

  /** How far the line around an offset is indented. */
  #indentationAround(offset: number): number {
    const start = this.#text.lastIndexOf("\n", offset - 1) + 1;
    let end = start;
    while (/[ \t]/.test(this.#text.charAt(end))) end++;
    return end - start;
  }

  /** Skips a brace that would close the outermost object although members follow: one too many. */
  #skipsSurplusBrace(code: number): boolean {
    if (code !== CLOSE_BRACE || this.#openObjects > 1 || this.#openArrays > 0) return false;
    const start = this.#position;
    SURPLUS_BRACE.lastIndex = start;
    if (!SURPLUS_BRACE.test(this.#text)) return false;
    this.#report('unexpected "}", more of the object follows', start, ++this.#position);
    this.#readSeparator(start);
    return true;
  }

  /** Reports and skips a mark that can stand neither for an item nor for an end. */
  #skipsStray(code: number): boolean {
    const isStray =
      code === COMMA || code === COLON || code === CLOSE_BRACE || code === CLOSE_BRACKET;
    if (!isStray) return false;
    const mark = JSON.stringify(String.fromCharCode(code));
    this.#report(`unexpected ${mark}`, this.#position, this.#position + 1);
    this.#position++;
    return true;
  }

  #skipTooDeep(opener: number): DataNode {
    const start = this.#position;
    const depthRange = { start, end: start + 1 };
    this.#errors.push({ code: "too-deep", message: TOO_DEEP_MESSAGE, range: depthRange });
    let depth = 0;
    do {
      const code = this.#nextCode();
      if (Number.isNaN(code)) break;
      if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
      else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--;
      else if (code === DOUBLE_QUOTE) {
        this.#position = findStringEnd(this.#text, this.#position).end;
        continue;
      }
      this.#position++;
    } while (depth > 0);
    const range = { start, end: this.#position };
    return opener === OPEN_BRACE
      ? { kind: "mapping", entries: [], style: "flow", range }
      : { kind: "sequence", items: [], style: "flow", range };
  }

  /** Code of the next character that is neither space nor comment, NaN at the end; moves there. */
  #nextCode(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#position);
      if (code === 0x20 || code === NEWLINE || code === 0x0d || code === 0x09) {
        this.#position++;
      } else if (code === SLASH && this.#skipComment()) {
        continue;
      } else if ((code > 0x7f || code < 0x20) && this.#isOtherSpace()) {
        this.#report("this kind of space is not allowed in JSON", this.#position, ++this.#position);
      } else {
        return code;
      }
    }
  }

  #isOtherSpace(): boolean {
    return OTHER_SPACE.test(this.#text.charAt(this.#position));
  }

  #skipComment(): boolean {
    const start = this.#position;
    const second = this.#text.charCodeAt(start + 1);
    if (second !== SLASH && second !== ASTERISK) return false;
    const isBlock = second === ASTERISK;
    const close = this.#text.indexOf(isBlock ? "*/" : "\n", start + 2);
    this.#position = close < 0 ? this.#text.length : close + (isBlock ? 2 : 0);
    this.#report("comments are not allowed in JSON", start, this.#position);
    return true;
  }

  #report(message: string, start: number, end = start): void {
    this.#errors.push({ code: "syntax", message, range: { start, end } });
  }
}

function emptyScalar(offset: number): ScalarNode {
  return { kind: "scalar", text: "", style: "plain", range: { start: offset, end: offset } };
}
