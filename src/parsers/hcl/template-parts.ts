import type { TemplatePart, TemplateText } from "./syntax-tree.js";
import type {
  ForDirective,
  IfDirective,
  SequencePiece,
  TemplatePiece,
  TextPiece,
} from "./template-pieces.js";
import { countLeadingWhiteSpace, trimEnd, trimStart } from "./template-text.js";
import type { TokenReader } from "./token-reader.js";

/** Applies `~`: takes white space off the text next to it, within the line if texts are lines. */
export function trimPieces(pieces: readonly TemplatePiece[]): void {
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === "text") continue;
    const before = pieces[index - 1];
    const after = pieces[index + 1];
    if (piece.trimsBefore && before?.kind === "text") before.value = trimEnd(before.value);
    if (piece.trimsAfter && after?.kind === "text") after.value = trimStart(after.value);
  }
}

/**
 * Takes the indentation that all lines of a `<<-` heredoc share away from them. To be called after
 * `trimPieces`, because in HCL a line whose line ending was trimmed is one with the next. Blank
 * lines do not count and keep their blanks; a line that starts with a sequence counts as not indented.
 */
export function dedentPieces(pieces: readonly TemplatePiece[]): void {
  const indented: TextPiece[] = [];
  let indent = Infinity;
  let startsLine = true;
  for (const piece of pieces) {
    if (piece.kind !== "text") {
      if (startsLine) return;
      startsLine = false;
      continue;
    }
    const leading = countLeadingWhiteSpace(piece.value);
    const endsLine = piece.value.endsWith("\n");
    const isBlankLine = endsLine && leading === piece.value.length;
    if (startsLine && !isBlankLine) {
      indent = Math.min(indent, leading);
      indented.push(piece);
    }
    startsLine = endsLine;
  }
  for (const piece of indented) {
    piece.value = piece.value.slice(indent);
    piece.start += indent;
  }
}

/** Nests directives and joins texts that stand next to each other. Reports directives without a partner. */
export function nestPieces(
  reader: TokenReader,
  pieces: readonly TemplatePiece[],
): readonly TemplatePart[] {
  return new PieceNester(reader, pieces).nestAll();
}

class PieceNester {
  readonly #reader: TokenReader;
  readonly #pieces: readonly TemplatePiece[];
  #index = 0;

  constructor(reader: TokenReader, pieces: readonly TemplatePiece[]) {
    this.#reader = reader;
    this.#pieces = pieces;
  }

  nestAll(): readonly TemplatePart[] {
    const parts: TemplatePart[] = [];
    for (;;) {
      this.#nestUntilMark(parts);
      const mark = this.#pieces[this.#index];
      if (mark === undefined) return parts;
      this.#reader.fail(
        `\`%{ ${mark.kind} }\` without a directive that it belongs to`,
        mark.start,
        mark.end,
      );
      this.#index++;
    }
  }

  /** Adds the parts up to the next `else`, `endif` or `endfor` at this level, or to the end. */
  #nestUntilMark(parts: TemplatePart[]): void {
    for (;;) {
      const piece = this.#pieces[this.#index];
      switch (piece?.kind) {
        case "text":
          parts.push(this.#joinTexts());
          break;
        case "interpolation": {
          const { expression, start, end } = piece;
          const range = this.#reader.range(start, end);
          parts.push({ kind: "interpolation", expression, range });
          this.#index++;
          break;
        }
        case "if":
        case "for":
          if (!this.#reader.descend()) {
            this.#index = this.#pieces.length;
            return;
          }
          parts.push(piece.kind === "if" ? this.#nestIf(piece) : this.#nestFor(piece));
          this.#reader.ascend();
          break;
        case undefined:
        case "else":
        case "endif":
        case "endfor":
          return;
      }
    }
  }

  #joinTexts(): TemplateText {
    let piece = this.#pieces[this.#index];
    const start = piece?.start ?? 0;
    let end = start;
    let value = "";
    while (piece?.kind === "text") {
      value += piece.value;
      end = piece.end;
      piece = this.#pieces[++this.#index];
    }
    return { kind: "text", value, range: this.#reader.range(start, end) };
  }

  #nestIf(directive: IfDirective): TemplatePart {
    this.#index++;
    const then: TemplatePart[] = [];
    this.#nestUntilMark(then);
    const otherwise: TemplatePart[] = [];
    if (this.#pieces[this.#index]?.kind === "else") {
      this.#index++;
      this.#nestUntilMark(otherwise);
    }
    const end = this.#close(directive, "endif");
    const range = this.#reader.range(directive.start, end);
    return { kind: "if", condition: directive.condition, then, otherwise, range };
  }

  #nestFor(directive: ForDirective): TemplatePart {
    this.#index++;
    const body: TemplatePart[] = [];
    this.#nestUntilMark(body);
    const end = this.#close(directive, "endfor");
    const { key, value, collection } = directive;
    const range = this.#reader.range(directive.start, end);
    if (key === undefined) return { kind: "for", value, collection, body, range };
    return { kind: "for", key, value, collection, body, range };
  }

  /** Goes past the mark that ends a directive and gives its end; without one, the end of what was read. */
  #close(directive: SequencePiece, kind: "endif" | "endfor"): number {
    const mark = this.#pieces[this.#index];
    if (mark?.kind === kind) {
      this.#index++;
      return mark.end;
    }
    const message = `missing \`%{ ${kind} }\` for this \`%{ ${directive.kind} }\``;
    this.#reader.fail(message, directive.start, directive.end);
    return this.#pieces[this.#index - 1]?.end ?? directive.end;
  }
}
