import type { AddProperties, NewProperty } from "../findings/fix.js";
import {
  type DataNode,
  entryOf,
  type MappingEntry,
  type MappingNode,
} from "../parsers/yaml/syntax-tree.js";
import type { SourceFile } from "../source/source-file.js";
import { contains, type TextEdit, type TextRange } from "../source/text-range.js";
import { addToFlow } from "./flow-mapping.js";
import { columnAt, indentationStep, lineEnd } from "./layout.js";
import { plain } from "./literal.js";
import { isTerraform } from "./written-as.js";

/** What is to be written below a mapping: names, each within the one before, then the properties. */
export interface NewEntries {
  readonly names: readonly string[];
  readonly properties: readonly NewProperty[];
}

/**
 * Adds properties to a resource of a template in YAML or JSON, or of Terraform's JSON syntax: to the
 * mapping that is there, or in a new one. Undefined where the place is not certain: behind an intrinsic,
 * an alias or a merge key.
 */
export function addToData(
  file: SourceFile,
  root: DataNode,
  { resource, path, properties }: AddProperties,
): readonly TextEdit[] | undefined {
  const entry = entryAt(root, resource.range);
  if (entry === undefined) return undefined;
  const names = isTerraform(file.path) ? path : ["Properties", ...path];
  return addWithin(file, entry, names, properties);
}

/** The entry whose key stands at a range, wherever it is. */
function entryAt(node: DataNode, range: TextRange): MappingEntry | undefined {
  if (node.kind === "scalar" || !contains(node.range, range)) return undefined;
  if (node.kind === "sequence") return first(node.items, (item) => entryAt(item, range));
  return first(node.entries, (entry) => {
    const { key, value } = entry;
    return key.range.start === range.start && key.range.end === range.end
      ? entry
      : entryAt(value, range);
  });
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function addWithin(
  file: SourceFile,
  { key, value }: MappingEntry,
  names: readonly string[],
  properties: readonly NewProperty[],
): readonly TextEdit[] | undefined {
  // Terraform's JSON syntax may write a block as a list of one.
  const [only, ...others] = value.kind === "sequence" ? value.items : [value];
  if (only === undefined || others.length > 0) return undefined;
  // An alias is written elsewhere, where others use it too.
  if (only.range.start < key.range.end || only.tag !== undefined) return undefined;
  if (only.kind === "scalar") {
    return only.text === "" && only.style === "plain"
      ? [addBelowKey(file, key.range, { names, properties })]
      : undefined;
  }
  if (only.kind === "sequence" || isComputed(only)) return undefined;
  const [name, ...deeper] = names;
  if (name !== undefined) {
    const entry = entryOf(only, name);
    return entry === undefined
      ? addTo(file, only, { names, properties })
      : addWithin(file, entry, deeper, properties);
  }
  if (properties.some((property) => entryOf(only, property.name) !== undefined)) return undefined;
  return addTo(file, only, { names: [], properties });
}

/** Whether a mapping stands for something else, or takes entries over from elsewhere. */
function isComputed({ entries }: MappingNode): boolean {
  return entries.some(
    ({ key: { text } }) => text === "<<" || text === "Ref" || text.startsWith("Fn::"),
  );
}

function addTo(
  file: SourceFile,
  mapping: MappingNode,
  added: NewEntries,
): readonly TextEdit[] | undefined {
  if (mapping.style === "flow") return addToFlow(file, mapping, added);
  const [entry] = mapping.entries;
  const last = mapping.entries.at(-1);
  if (entry === undefined || last === undefined) return undefined;
  const { text } = file;
  const column = columnAt(text, entry.key.range.start);
  const step = stepWithin(text, mapping, column);
  const lines = renderLines(added, column, step);
  const end = Math.max(last.value.range.end, last.key.range.end);
  // A block scalar ends behind its last line ending.
  if (text[end - 1] === "\n") {
    return [{ location: file.location({ start: end, end }), newText: `${lines.join("\n")}\n` }];
  }
  const start = lineEnd(text, end);
  return [{ location: file.location({ start, end: start }), newText: `\n${lines.join("\n")}` }];
}

/** How deep the first mapping within is indented. */
function stepWithin(text: string, { entries }: MappingNode, column: string): string {
  for (const { value } of entries) {
    if (value.kind !== "mapping" || value.style !== "block") continue;
    const [inner] = value.entries;
    if (inner !== undefined) return indentationStep(column, columnAt(text, inner.key.range.start));
  }
  return "  ";
}

/** A key without a value gets a mapping below it. */
function addBelowKey(file: SourceFile, key: TextRange, added: NewEntries): TextEdit {
  const { text } = file;
  const column = columnAt(text, key.start);
  const start = lineEnd(text, key.end);
  const lines = renderLines(added, `${column}  `, "  ");
  return { location: file.location({ start, end: start }), newText: `\n${lines.join("\n")}` };
}

function renderLines(
  { names: [name, ...deeper], properties }: NewEntries,
  column: string,
  step: string,
): readonly string[] {
  if (name !== undefined) {
    const within = renderLines({ names: deeper, properties }, `${column}${step}`, step);
    return [`${column}${name}:`, ...within];
  }
  return properties.map((property) => `${column}${property.name}: ${plain(property.value)}`);
}
