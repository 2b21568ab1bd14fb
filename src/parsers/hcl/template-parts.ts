import type { TemplatePart, TemplateText } from "./syntax-tree.js";
import type {
  ForContent,
  IfContent,
  MarkContent,
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
      if (mark?.kind !== "sequence") return parts;
      const message = `\`%{ ${mark.content.kind} }\` without a directive that it belongs to`;
      this.#reader.fail(message, this.#reader.range(mark.start, mark.end));
      this.#index++;
    }
  }

  /** Adds the parts up to the next `else`, `endif` or `endfor` at this level, or to the end. */
  #nestUntilMark(parts: TemplatePart[]): void {
    for (;;) {
      const piece = this.#pieces[this.#index];
      if (piece === undefined) return;
      if (piece.kind === "text") {
        parts.push(this.#joinTexts());
        continue;
      }
      const { content } = piece;
      switch (content.kind) {
        case "interpolation": {
          const range = this.#reader.range(piece.start, piece.end);
          parts.push({ kind: "interpolation", expression: content.expression, range });
          this.#index++;
          break;
        }
        case "if":
        case "for":
          if (!this.#reader.descend()) {
            this.#index = this.#pieces.length;
            return;
          }
          this.#index++;
          parts.push(
            content.kind === "if" ? this.#nestIf(piece, content) : this.#nestFor(piece, content),
          );
          this.#reader.ascend();
          break;
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

  #nestIf(piece: SequencePiece, { condition }: IfContent): TemplatePart {
    const then: TemplatePart[] = [];
    const otherwise: TemplatePart[] = [];
    this.#nestUntilMark(then);
    if (this.#atMark("else")) {
      this.#index++;
      this.#nestUntilMark(otherwise);
    }
    const range = this.#reader.range(piece.start, this.#close(piece, "endif"));
    return { kind: "if", condition, then, otherwise, range };
  }

  #nestFor(piece: SequencePiece, { key, value, collection }: ForContent): TemplatePart {
    const body: TemplatePart[] = [];
    this.#nestUntilMark(body);
    const range = this.#reader.range(piece.start, this.#close(piece, "endfor"));
    if (key === undefined) return { kind: "for", value, collection, body, range };
    return { kind: "for", key, value, collection, body, range };
  }

  /** Goes past the mark that ends a directive and gives its end; without one, the end of what was read. */
  #close(piece: SequencePiece, mark: MarkContent["kind"]): number {
    if (this.#atMark(mark)) {
      this.#index++;
    } else {
      const message = `missing \`%{ ${mark} }\` for this \`%{ ${piece.content.kind} }\``;
      this.#reader.fail(message, this.#reader.range(piece.start, piece.end));
    }
    return this.#pieces[this.#index - 1]?.end ?? piece.end;
  }

  #atMark(mark: MarkContent["kind"]): boolean {
    const piece = this.#pieces[this.#index];
    return piece?.kind === "sequence" && piece.content.kind === mark;
  }
}
