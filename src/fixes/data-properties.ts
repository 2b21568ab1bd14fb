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
  const step = stepOf(file.text, root);
  return addWithin({ file, step }, entry, names, properties);
}

/** A file, and by how much each level of its block mappings is indented. */
interface DataFile {
  readonly file: SourceFile;
  readonly step: string;
}

/** By how much the first mapping within another is indented further. */
function stepOf(text: string, root: DataNode): string {
  if (root.kind !== "mapping") return "  ";
  const [outer] = root.entries;
  const inner = first(root.entries, ({ value }) =>
    value.kind === "mapping" && value.style === "block" ? value.entries[0] : undefined,
  );
  if (outer === undefined || inner === undefined) return "  ";
  return indentationStep(
    columnAt(text, outer.key.range.start),
    columnAt(text, inner.key.range.start),
  );
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
  data: DataFile,
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
      ? [addBelowKey(data, key.range, { names, properties })]
      : undefined;
  }
  if (only.kind === "sequence" || isComputed(only)) return undefined;
  const [name, ...deeper] = names;
  if (name !== undefined) {
    const entry = entryOf(only, name);
    return entry === undefined
      ? addTo(data, only, { names, properties })
      : addWithin(data, entry, deeper, properties);
  }
  return addOrTakeNothing(data, only, properties);
}

/** A property that is written as nothing is given its value; any other must not be there yet. */
function addOrTakeNothing(
  data: DataFile,
  mapping: MappingNode,
  properties: readonly NewProperty[],
): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  const missing: NewProperty[] = [];
  for (const property of properties) {
    const there = entryOf(mapping, property.name);
    if (there === undefined) {
      missing.push(property);
      continue;
    }
    const edit = takeNothing(data.file, there, property);
    if (edit === undefined) return undefined;
    edits.push(edit);
  }
  if (missing.length === 0) return edits;
  const added = addTo(data, mapping, { names: [], properties: missing });
  return added === undefined ? undefined : [...edits, ...added];
}

/** `null`, `!Ref AWS::NoValue` or its long form. */
function takeNothing(
  file: SourceFile,
  { key, value }: MappingEntry,
  property: NewProperty,
): TextEdit | undefined {
  const [reference] = value.kind === "mapping" ? value.entries : [];
  const isNoValue =
    value.kind === "scalar"
      ? value.tag === "!Ref" && value.text === "AWS::NoValue"
      : reference?.key.text === "Ref" &&
        reference.value.kind === "scalar" &&
        reference.value.text === "AWS::NoValue";
  const isNull =
    value.kind === "scalar" && value.style === "plain" && /^(?:null|~)$/i.test(value.text);
  if (!isNoValue && !isNull) return undefined;
  const written = file.text.slice(key.range.end, value.range.end);
  const colon = /^\s*:/.exec(written)?.[0];
  if (colon === undefined || value.range.start < key.range.end) return undefined;
  const text = key.style === "plain" ? plain(property.value) : JSON.stringify(property.value);
  const range = { start: key.range.end + colon.length, end: value.range.end };
  return { location: file.location(range), newText: ` ${text}` };
}

/** Whether a mapping stands for something else, or takes entries over from elsewhere. */
function isComputed({ entries }: MappingNode): boolean {
  return entries.some(
    ({ key: { text } }) => text === "<<" || text === "Ref" || text.startsWith("Fn::"),
  );
}

function addTo(
  { file, step }: DataFile,
  mapping: MappingNode,
  added: NewEntries,
): readonly TextEdit[] | undefined {
  if (mapping.style === "flow") return addToFlow(file, mapping, added);
  const [entry] = mapping.entries;
  const last = mapping.entries.at(-1);
  if (entry === undefined || last === undefined) return undefined;
  const { text } = file;
  const column = columnAt(text, entry.key.range.start);
  const lines = renderLines(added, column, step);
  const end = Math.max(last.value.range.end, last.key.range.end);
  // A block scalar ends behind its last line ending.
  if (text[end - 1] === "\n") {
    return [{ location: file.location({ start: end, end }), newText: `${lines.join("\n")}\n` }];
  }
  const start = lineEnd(text, end);
  return [{ location: file.location({ start, end: start }), newText: `\n${lines.join("\n")}` }];
}

/** A key without a value gets a mapping below it. */
function addBelowKey({ file, step }: DataFile, key: TextRange, added: NewEntries): TextEdit {
  const { text } = file;
  const column = columnAt(text, key.start);
  const start = lineEnd(text, key.end);
  const lines = renderLines(added, `${column}${step}`, step);
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
