import type { NewProperty } from "../findings/fix.js";
import type { Attribute } from "../parsers/hcl/syntax-tree.js";
import type { SourceFile } from "../source/source-file.js";
import type { TextEdit, TextRange } from "../source/text-range.js";
import { isOnOneLine, lineEnd } from "./layout.js";

/** `name = value`, in a block or an object. */
export interface Assignment {
  readonly name: TextRange;
  readonly value: TextRange;
}

/** An argument's name and value. */
export function assignmentOf({ name, value }: Attribute): Assignment {
  return { name: name.range, value: value.range };
}

/**
 * How wide names have to be for `=` to stand below the ones above, and the edits that move those where a
 * new name is longer. As `terraform fmt` does it, only assignments of one line right above count; where
 * their `=` do not stand below each other, nothing is aligned.
 * https://developer.hashicorp.com/terraform/language/style
 */
export function alignWith(
  file: SourceFile,
  above: readonly Assignment[],
  properties: readonly NewProperty[],
): { readonly width: number; readonly edits: readonly TextEdit[] } {
  const run = alignedRun(file.text, above);
  const width = Math.max(...run.map(nameLength), ...properties.map(({ name }) => name.length));
  if (run.length === 0) return { width: 0, edits: [] };
  return { width, edits: run.flatMap((assignment) => pad(file, assignment, width)) };
}

function alignedRun(text: string, above: readonly Assignment[]): readonly Assignment[] {
  const run: Assignment[] = [];
  for (const assignment of [...above].reverse()) {
    const { name, value } = assignment;
    if (!isOnOneLine(text, name.start, value.end)) break;
    const next = run[0];
    const gap = next === undefined ? "" : text.slice(lineEnd(text, value.end), next.name.start);
    if (next !== undefined && !/^\r?\n[ \t]*$/.test(gap)) break;
    run.unshift(assignment);
  }
  const width = Math.max(0, ...run.map(nameLength));
  const isAligned = run.every(
    ({ name, value }) => text.slice(name.end, value.start) === equalsBehind(name, width),
  );
  return isAligned ? run : [];
}

function nameLength({ name }: Assignment): number {
  return name.end - name.start;
}

function equalsBehind({ start, end }: TextRange, width: number): string {
  return `${" ".repeat(width - (end - start))} = `;
}

function pad(file: SourceFile, { name, value }: Assignment, width: number): readonly TextEdit[] {
  const range = { start: name.end, end: value.start };
  const newText = equalsBehind(name, width);
  if (file.text.slice(range.start, range.end) === newText) return [];
  return [{ location: file.location(range), newText }];
}
