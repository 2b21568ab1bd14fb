import { isBlank } from "./character.js";
import { TokenKind } from "./token-kind.js";

/**
 * Reads indentation where brackets cannot be trusted. HCL itself does not care
 * about indentation, so this is asked only about texts that were found broken:
 * there it shows which bracket is the one that somebody has not closed yet.
 */
export class Layout {
  /** Where lines start, and how many blanks they start with. */
  readonly #lineStarts: number[] = [];
  readonly #indents: number[] = [];
  /** Indentation of the lines on which the brackets now open stand. */
  readonly #openIndents: number[] = [];
  /** Line of the last question; the next is nearly always close by. */
  #line = 0;
  readonly #text: string;
  #lastLines: ReadonlyMap<string, number> | undefined;

  constructor(text: string) {
    this.#text = text;
    let start = 0;
    for (;;) {
      let at = start;
      let code = text.charCodeAt(at);
      while (isBlank(code)) code = text.charCodeAt(++at);
      this.#lineStarts.push(start);
      this.#indents.push(at - start);
      const lineFeed = text.indexOf("\n", at);
      if (lineFeed === -1) return;
      start = lineFeed + 1;
    }
  }

  /** Notes that a bracket is opened at that offset. */
  open(at: number): void {
    this.#openIndents.push(this.indentOf(at));
  }

  /** Forgets the bracket opened last. */
  close(): void {
    this.#openIndents.pop();
  }

  /** How many blanks the line at that offset starts with. */
  indentOf(at: number): number {
    return this.#indents[this.#findLine(at)] ?? 0;
  }

  /** Whether a line from that offset on holds `content` and, blanks aside, nothing else. */
  hasLineFrom(at: number, content: string): boolean {
    this.#lastLines ??= this.#indexLines();
    return (this.#lastLines.get(content) ?? -1) >= at;
  }

  /**
   * Whether a token at that offset is the first on its line, and indented too little to be within
   * the bracket opened last.
   */
  isOutdented(at: number, kind: TokenKind): boolean {
    const limit = this.#openIndents.at(-1);
    // A line ending that starts its line makes a blank one, which may be indented as it likes.
    if (limit === undefined || kind === TokenKind.Newline || !this.#startsLine(at)) return false;
    const column = this.#indents[this.#line] ?? 0;
    // Right below the opening line may stand `}`, and what else people put there, but no name.
    return column < limit || (column === limit && kind === TokenKind.Identifier);
  }

  /** Whether a closing brace at that offset stands deeper than the block it would close. */
  isIndentedTooDeep(at: number): boolean {
    const limit = this.#openIndents.at(-1) ?? -1;
    return this.#startsLine(at) && (this.#indents[this.#line] ?? 0) > limit;
  }

  /** Whether the line below the one at that offset is indented more. */
  isFollowedByDeeperLine(at: number): boolean {
    const line = this.#findLine(at);
    return (this.#indents[line + 1] ?? 0) > (this.#indents[line] ?? 0);
  }

  /** Start of the last line with each content. */
  #indexLines(): ReadonlyMap<string, number> {
    const lines = new Map<string, number>();
    for (const start of this.#lineStarts) {
      const lineFeed = this.#text.indexOf("\n", start);
      lines.set(this.#text.slice(start, lineFeed === -1 ? undefined : lineFeed).trim(), start);
    }
    return lines;
  }

  #startsLine(at: number): boolean {
    const line = this.#findLine(at);
    return (this.#lineStarts[line] ?? 0) + (this.#indents[line] ?? 0) === at;
  }

  #findLine(at: number): number {
    while ((this.#lineStarts[this.#line] ?? 0) > at) this.#line--;
    while ((this.#lineStarts[this.#line + 1] ?? Infinity) <= at) this.#line++;
    return this.#line;
  }
}
