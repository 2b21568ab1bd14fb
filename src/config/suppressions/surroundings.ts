import type { SourceFile } from "../../source/source-file.js";
import { contains, type TextRange } from "../../source/text-range.js";
import type { Element, FileStructure } from "./file-structure.js";

/** What stands around comments in one file. */
export class Surroundings {
  readonly file: SourceFile;
  readonly structure: FileStructure;
  readonly #declared: readonly (Element & { readonly name: string })[];

  constructor(file: SourceFile, structure: FileStructure) {
    this.file = file;
    this.structure = structure;
    this.#declared = structure.elements.filter(hasName);
  }

  /** The whole file. */
  get whole(): TextRange {
    return { start: 0, end: this.file.text.length };
  }

  /** The line of an offset, zero-based. */
  lineOf(offset: number): number {
    return this.file.position(offset).line;
  }

  /** A zero-based line with its line ending. */
  lineRange(line: number): TextRange {
    return {
      start: this.file.offset({ line, column: 0 }),
      end: this.file.offset({ line: line + 1, column: 0 }),
    };
  }

  /** The offset of the first character from `offset` on that is neither white space nor comment. */
  nextText(offset: number): number {
    const { text } = this.file;
    let at = offset;
    for (;;) {
      // What ends a property of JSON is no text of its own.
      at += /^[\s,]*/.exec(text.slice(at))?.[0].length ?? 0;
      const comment = this.structure.comments.find((line) => line.comment.start === at)?.comment;
      if (comment === undefined) return at;
      at = comment.end;
    }
  }

  /** The next line below that of a comment's end, zero-based, that holds more than comments. */
  lineBelow(comment: TextRange): number {
    const own = this.lineOf(comment.end);
    const next = this.lineOf(this.nextText(this.lineRange(own).end));
    // Behind the last line there is none, which then is covered.
    return Math.max(next, own + 1);
  }

  /** The resource or other declared element that a comment stands in, on the last line of, or else right above. */
  declaredAt(comment: TextRange): (Element & { readonly name: string }) | undefined {
    return (
      this.declaredAround(comment) ?? this.#declaredBefore(comment) ?? this.declaredBelow(comment)
    );
  }

  /** The declared element that ends before a comment on the same line. */
  #declaredBefore(comment: TextRange): (Element & { readonly name: string }) | undefined {
    const line = this.lineOf(comment.start);
    return this.#declared.findLast(
      ({ range }) => range.end <= comment.start && this.lineOf(range.end) === line,
    );
  }

  /** The declared element that a comment stands in. */
  declaredAround(comment: TextRange): (Element & { readonly name: string }) | undefined {
    const around = this.#declared.find(({ range }) => contains(range, comment));
    if (around !== undefined || !this.structure.isIndented) return around;
    // Behind the last text of a resource only the indentation tells what a comment belongs to.
    const before = this.#declared.findLast(({ range }) => range.end <= comment.start);
    const text = this.file.text.slice(before?.range.end, comment.start);
    const isRightBehind = before !== undefined && this.#saysNothing(text, before.range.end);
    const { column } = this.file.position(comment.start);
    return isRightBehind && column > before.column ? before : undefined;
  }

  /** The declared element that begins right below a comment, or below those that follow it. */
  declaredBelow(comment: TextRange): (Element & { readonly name: string }) | undefined {
    const next = this.nextText(comment.end);
    return this.#declared.find(({ range }) => range.start === next);
  }

  /** The outermost element that begins on a zero-based line. */
  elementOn(line: number): Element | undefined {
    return this.structure.elements.find(({ range }) => this.lineOf(range.start) === line);
  }

  /** Whether something else than comments stands on a zero-based line. */
  hasTextOn(line: number): boolean {
    const { start, end } = this.lineRange(line);
    return this.nextText(start) < end && this.lineOf(this.nextText(start)) === line;
  }

  #saysNothing(text: string, from: number): boolean {
    return text.trim() === "" || this.nextText(from) >= from + text.length;
  }
}

function hasName(element: Element): element is Element & { readonly name: string } {
  return element.name !== undefined;
}
