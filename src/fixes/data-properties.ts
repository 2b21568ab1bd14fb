import type { AddProperties } from "../findings/fix.js";
import {
  type DataNode,
  entryOf,
  type MappingEntry,
  type MappingNode,
} from "../parsers/yaml/syntax-tree.js";
import type { SourceFile } from "../source/source-file.js";
import { contains, type TextEdit, type TextRange } from "../source/text-range.js";
import { addToFlow } from "./flow-mapping.js";
import { columnAt, indentationStep, isFirstOnLine, lineEnd } from "./layout.js";
import { type NewEntry, plain } from "./literal.js";

/** What is to be written below a mapping: names, each within the one before, then the properties. */
export interface NewEntries {
  readonly names: readonly string[];
  readonly properties: readonly NewEntry[];
}

/**
 * Adds properties to a resource of a template in YAML or JSON, or of Terraform's JSON syntax: to the
 * mapping that is there, in each branch of `Fn::If` that lacks them, or in a new one. Undefined where the
 * place is not certain: behind another intrinsic, an alias or a merge key.
 */
export function addToData(
  file: SourceFile,
  root: DataNode,
  { resource, path, properties }: AddProperties,
  dialect: "cloudformation" | "terraform",
): readonly TextEdit[] | undefined {
  const names = dialect === "terraform" ? path : ["Properties", ...path];
  return addEntries(file, root, { below: resource.range, names, properties }, dialect);
}

/** Adds entries to the value of a key, which stands at `below`. Undefined as above. */
export function addEntries(
  file: SourceFile,
  root: DataNode,
  { below, names, properties }: NewEntries & { readonly below: TextRange },
  dialect: "cloudformation" | "terraform",
): readonly TextEdit[] | undefined {
  const found = entryAt(root, below);
  if (found === undefined) return undefined;
  const data = { file, step: stepOf(file.text, root), dialect };
  return addToEntry(data, found, { names, properties });
}

/** A file, and how it is written and read. */
interface DataFile {
  readonly file: SourceFile;
  /** By how much each level of its mappings is indented. */
  readonly step: string;
  readonly dialect: "cloudformation" | "terraform";
  /** In a branch of `Fn::If`: what stands there already may be right, and is left alone. */
  readonly isBranch?: true;
}

/** An entry, and the mapping in which it stands. */
interface PlacedEntry {
  readonly entry: MappingEntry;
  readonly parent: MappingNode;
}

/** By how much the first mapping within another that has lines of its own is indented further. */
function stepOf(text: string, root: DataNode): string {
  if (root.kind !== "mapping") return "  ";
  const [outer] = root.entries;
  const inner = first(root.entries, ({ value }) => {
    const [entry] = value.kind === "mapping" ? value.entries : [];
    return entry !== undefined && isFirstOnLine(text, entry.key.range.start) ? entry : undefined;
  });
  if (outer === undefined || inner === undefined) return "  ";
  return indentationStep(
    columnAt(text, outer.key.range.start),
    columnAt(text, inner.key.range.start),
  );
}

/** The entry whose key stands at a range, wherever it is. */
function entryAt(node: DataNode, range: TextRange): PlacedEntry | undefined {
  if (node.kind === "scalar" || !contains(node.range, range)) return undefined;
  if (node.kind === "sequence") return first(node.items, (item) => entryAt(item, range));
  return first(node.entries, (entry) => {
    const { key, value } = entry;
    return key.range.start === range.start && key.range.end === range.end
      ? { entry, parent: node }
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

function addToEntry(
  data: DataFile,
  { entry: { key, value }, parent }: PlacedEntry,
  added: NewEntries,
): readonly TextEdit[] | undefined {
  // Terraform's JSON syntax may write a block as a list of one.
  const isList = data.dialect === "terraform" && value.kind === "sequence";
  const [only, ...others] = isList ? value.items : [value];
  if (only === undefined || others.length > 0) return undefined;
  // An alias is written elsewhere, where others use it too.
  if (only.range.start < key.range.end) return undefined;
  const branches = branchesOf(only);
  if (branches !== undefined) return addToBranches(data, branches, added);
  if (only.tag !== undefined) return undefined;
  if (only.kind === "scalar") {
    return only.text === "" && only.style === "plain"
      ? [addBelowKey(data, key.range, added)]
      : undefined;
  }
  const isEmpty = only.kind === "mapping" && only.style === "flow" && only.entries.length === 0;
  return isEmpty && parent.style === "block"
    ? spreadOut(data, key.range, only.range, added)
    : addToNode(data, only, added, parent);
}

/** What `Fn::If` chooses from, in either of its forms. */
function branchesOf(node: DataNode): readonly DataNode[] | undefined {
  if (node.kind === "sequence" && node.tag === "!If") return node.items.slice(1);
  const [entry, ...others] = node.kind === "mapping" ? node.entries : [];
  return entry?.key.text === "Fn::If" && others.length === 0 && entry.value.kind === "sequence"
    ? entry.value.items.slice(1)
    : undefined;
}

/** To each branch in which something is missing. */
function addToBranches(
  data: DataFile,
  branches: readonly DataNode[],
  added: NewEntries,
): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const branch of branches) {
    const nested = branchesOf(branch);
    const made =
      nested === undefined
        ? addToNode({ ...data, isBranch: true }, branch, added)
        : addToBranches(data, nested, added);
    if (made === undefined) return undefined;
    edits.push(...made);
  }
  return edits;
}

function addToNode(
  data: DataFile,
  node: DataNode,
  added: NewEntries,
  parent?: MappingNode,
): readonly TextEdit[] | undefined {
  if (node.kind !== "mapping" || node.tag !== undefined || isComputed(node)) return undefined;
  const [name, ...deeper] = added.names;
  if (name === undefined) return addOrTakeNothing(data, node, added.properties, parent);
  const entry = entryOf(node, name);
  if (entry !== undefined) {
    const within = { names: deeper, properties: added.properties };
    return addToEntry(data, { entry, parent: node }, within);
  }
  const dynamic = data.dialect === "terraform" ? dynamicOf(node, name) : undefined;
  if (dynamic === undefined) return addTo(data, node, added, parent);
  const content = dynamic.kind === "mapping" ? entryOf(dynamic, "content") : undefined;
  if (dynamic.kind !== "mapping" || content === undefined) return undefined;
  const within = { names: deeper, properties: added.properties };
  return addToEntry(data, { entry: content, parent: dynamic }, within);
}

/**
 * The `dynamic` block that makes blocks of a name, in Terraform's JSON syntax.
 * https://developer.hashicorp.com/terraform/language/syntax/json#dynamic-blocks
 */
function dynamicOf(mapping: MappingNode, name: string): DataNode | undefined {
  const dynamic = entryOf(mapping, "dynamic")?.value;
  return dynamic?.kind === "mapping" ? entryOf(dynamic, name)?.value : undefined;
}

/** A property that is written as nothing is given its value; any other must not be there yet. */
function addOrTakeNothing(
  data: DataFile,
  mapping: MappingNode,
  properties: readonly NewEntry[],
  parent: MappingNode | undefined,
): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  const missing: NewEntry[] = [];
  for (const property of properties) {
    const there = entryOf(mapping, property.name);
    if (there === undefined) {
      missing.push(property);
      continue;
    }
    const edit = takeNothing(data.file, there, property);
    if (edit !== undefined) edits.push(edit);
    else if (data.isBranch !== true) return undefined;
  }
  if (missing.length === 0) return edits;
  const added = addTo(data, mapping, { names: [], properties: missing }, parent);
  return added === undefined ? undefined : [...edits, ...added];
}

/** `null`, `!Ref AWS::NoValue` or its long form. */
function takeNothing(
  file: SourceFile,
  { key, value }: MappingEntry,
  property: NewEntry,
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
  parent: MappingNode | undefined,
): readonly TextEdit[] | undefined {
  if (mapping.style === "flow") {
    return addToFlow(file, { mapping, step, siblings: parent?.entries ?? [] }, added);
  }
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

/** Empty braces among entries on lines of their own make room for such. */
function spreadOut(
  data: DataFile,
  key: TextRange,
  braces: TextRange,
  added: NewEntries,
): readonly TextEdit[] {
  const { text } = data.file;
  const colon = /^\s*:/.exec(text.slice(key.end, braces.start))?.[0] ?? "";
  const range = { start: key.end + colon.length, end: braces.end };
  return [{ location: data.file.location(range), newText: "" }, addBelowKey(data, key, added)];
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
