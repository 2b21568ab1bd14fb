import { SourceFile } from "../../source/source-file.js";
import type { TextRange } from "../../source/text-range.js";
import type { ParseError } from "../parse-error.js";
import { describeInvalidToken, describeToken, spellCloser } from "./describe-token.js";
import { Layout } from "./layout.js";
import { Lexer, type Placement } from "./lexer.js";
import type { Expression, Identifier, InvalidExpression } from "./syntax-tree.js";
import { TokenKind } from "./token-kind.js";

/** How many expressions, operands, bodies and template directives may be nested within each other. */
export const MAXIMUM_DEPTH = 250;

/** How many operators or traversal steps may follow each other. Each nests what is left of it. */
export const MAXIMUM_CHAIN = 1000;

/** How a text is read. */
export interface ReaderOptions {
  /** Where the text stands in its file, in UTF-16 code units. */
  readonly placement: Placement;
  /** Whether indentation decides where brackets end; see `Layout`. */
  readonly trustsLayout: boolean;
  /** The expression grammar. The files below it reach it through the reader, not being able to import it. */
  readonly parseExpression: (reader: TokenReader) => Expression;
}

/** The lexer with what all parts of the grammar share: brackets, depth and errors. */
export class TokenReader extends Lexer {
  readonly errors: ParseError[] = [];
  /** Present if indentation decides where brackets end. */
  readonly layout: Layout | undefined;
  /** True from a syntax error until reading is in step again, so that one mistake gives one error. */
  isRecovering = false;

  readonly #parseExpression: (reader: TokenReader) => Expression;
  /** Closing brackets that are due, innermost last. */
  readonly #dueClosers: TokenKind[] = [];
  #depth = 0;
  #isAbandoned = false;
  #source: SourceFile | undefined;

  constructor(text: string, options: ReaderOptions) {
    super(text, options.placement);
    this.layout = options.trustsLayout ? new Layout(text) : undefined;
    this.#parseExpression = options.parseExpression;
  }

  override next(): void {
    super.next();
    if (this.layout !== undefined && this.layout.isOutdented(this.start, this.kind)) {
      this.kind = TokenKind.Outdent;
      this.end = this.start;
    }
  }

  /** Whether the current token is of that kind. */
  at(kind: TokenKind): boolean {
    return this.kind === kind;
  }

  /** Whether the current token is that identifier. */
  atWord(word: string): boolean {
    return (
      this.kind === TokenKind.Identifier &&
      this.end - this.start === word.length &&
      this.text.startsWith(word, this.start)
    );
  }

  /** Whether nothing more can come within the bracket now open, its closing one aside. */
  atEnd(): boolean {
    return this.kind === TokenKind.EndOfText || this.kind === TokenKind.Outdent;
  }

  /** Reads any expression. Always gives one; an `invalid` one may be empty. */
  parseExpression(): Expression {
    return this.#parseExpression(this);
  }

  /** Reads an identifier, which the current token must be. */
  parseIdentifier(): Identifier {
    const name = this.text.slice(this.start, this.end);
    const range = this.range(this.start, this.end);
    this.next();
    return { name, range };
  }

  /** What could not be read as an expression: from `start` to what was read last. */
  invalid(start: number): InvalidExpression {
    return { kind: "invalid", range: this.range(start, this.previousEnd) };
  }

  /** An expression that is not there at all, right behind what was read last. */
  missing(): InvalidExpression {
    return this.invalid(this.previousEnd);
  }

  /**
   * Goes past an opening bracket: the current token, or the start of a template sequence, which
   * ends at `from`. Gives what `close` or `leave` needs: whether line endings were whitespace.
   */
  open(closer: TokenKind, ignoresNewlines: boolean, from = this.end): boolean {
    const outer = this.ignoresNewlines;
    this.layout?.open(from - 1);
    this.#dueClosers.push(closer);
    this.ignoresNewlines = ignoresNewlines;
    this.continueAt(from);
    return outer;
  }

  /** Makes line endings whitespace within the bracket now open. */
  ignoreNewlines(): void {
    this.ignoresNewlines = true;
    if (this.kind === TokenKind.Newline) this.continueAt(this.previousEnd);
  }

  /**
   * Goes past the closing bracket. If something else stands there, reports it as missing from the
   * `what` that starts at `start`, and goes on outside, from behind what was read last.
   */
  close(closer: TokenKind, outer: boolean, what: string, start: number): void {
    const isThere = this.kind === closer;
    if (!isThere) this.failMissing(closer, what, start);
    this.leave(outer);
    this.continueAt(isThere ? this.end : this.contentEnd);
  }

  /** Restores what `open` changed, but goes nowhere. */
  leave(outer: boolean): void {
    this.layout?.close();
    this.#dueClosers.pop();
    this.ignoresNewlines = outer;
  }

  /** Whether a bracket now open is closed by tokens of that kind. */
  isDue(closer: TokenKind): boolean {
    return this.#dueClosers.includes(closer);
  }

  /** Called on the way down. After false the caller gives up, after true it calls `ascend`. */
  descend(): boolean {
    if (this.#depth >= MAXIMUM_DEPTH) {
      this.#abandon();
      return false;
    }
    this.#depth++;
    return true;
  }

  /** Called on the way up, after `descend` gave true. */
  ascend(): void {
    this.#depth--;
  }

  /** Adds an error, unless it can be a consequence of the one before. */
  report(code: ParseError["code"], message: string, range: TextRange): void {
    if (this.isRecovering || this.#isAbandoned) return;
    this.errors.push({ code, message, range });
  }

  /** Reports a syntax error, by default at the current token. What follows is recovering. */
  fail(message: string, range = this.range(this.start, this.end)): void {
    this.report("syntax", message, range);
    this.isRecovering = true;
  }

  /** Reports that something else should stand where the current token does. */
  failExpected(what: string): void {
    if (this.isRecovering) return;
    const token = this.text.slice(this.start, this.end);
    const hint = this.kind === TokenKind.Invalid ? describeInvalidToken(token) : undefined;
    const found = describeToken(this.kind, token);
    const message = hint ?? `expected ${what}${found === undefined ? "" : `, found ${found}`}`;
    if (this.atEnd() || this.kind === TokenKind.Newline) {
      this.fail(message, this.range(this.previousEnd, this.previousEnd));
    } else {
      this.fail(message);
    }
  }

  /** One-based line of an offset within this text, for messages. */
  lineOf(at: number): number {
    this.#source ??= new SourceFile("", this.text);
    return this.#source.position(at).line + 1;
  }

  /** Reports that the `what` that starts at `start` has no closing bracket. */
  failMissing(closer: TokenKind, what: string, start: number): void {
    if (this.isRecovering) return;
    const line = this.lineOf(start);
    const where =
      line === this.lineOf(this.previousEnd)
        ? `at the end of the ${what}`
        : `for the ${what} that starts on line ${line}`;
    const range = this.range(this.contentEnd, this.contentEnd);
    this.fail(`missing \`${spellCloser(closer)}\` ${where}`, range);
  }

  /** Nothing that somebody wrote is nested so deep; finding back into it is not worth the code. */
  #abandon(): void {
    this.isRecovering = false;
    const message = `nested more than ${MAXIMUM_DEPTH} levels deep; nothing is read from here on`;
    this.report("too-deep", message, this.range(this.start, this.end));
    this.#isAbandoned = true;
    this.continueAt(this.text.length);
  }
}
