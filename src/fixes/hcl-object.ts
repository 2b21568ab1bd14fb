import type { NewProperty } from "../findings/fix.js";
import type { Expression, ObjectExpression } from "../parsers/hcl/syntax-tree.js";
import type { SourceFile } from "../source/source-file.js";
import type { TextEdit } from "../source/text-range.js";
import { alignWith } from "./hcl-alignment.js";
import { columnAt, indentationAt, isOnOneLine } from "./layout.js";

/** The value of the item with that name; undefined where none has it, or keys are computed. */
export function itemNamed({ items }: ObjectExpression, name: string): Expression | undefined {
  return items.find(({ key }) => {
    const [part] = key.kind === "template" ? key.parts : [];
    return part?.kind === "text" && part.value === name;
  })?.value;
}

/** Adds items behind an object's last one, on lines of their own where it has those. */
export function addItems(
  file: SourceFile,
  object: ObjectExpression,
  properties: readonly NewProperty[],
): readonly TextEdit[] {
  const { text } = file;
  const { range, items } = object;
  const written = (width: number) =>
    properties.map(({ name, value }) => `${name.padEnd(width)} = ${JSON.stringify(value)}`);
  const last = items.at(-1);
  if (last === undefined) {
    const newText = `{ ${written(0).join(", ")} }`;
    return [{ location: file.location(range), newText }];
  }
  const hasComma = /^[ \t]*,/.exec(text.slice(last.range.end))?.[0].length ?? 0;
  const start = last.range.end + hasComma;
  const location = file.location({ start, end: start });
  if (isOnOneLine(text, range.start, range.end)) {
    return [{ location, newText: `${hasComma > 0 ? " " : ", "}${written(0).join(", ")}` }];
  }
  const indentation = isOnOneLine(text, range.start, last.range.start)
    ? `${indentationAt(text, range.start)}  `
    : columnAt(text, last.range.start);
  const comma = hasComma > 0 ? "," : "";
  const above = items.map(({ key, value }) => ({ name: key.range, value: value.range }));
  const { width, edits } = alignWith(file, above, properties);
  const lines = written(width).map((item) => `\n${indentation}${item}${comma}`);
  return [...edits, { location, newText: lines.join("") }];
}
