import type { AddProperties, NewProperty } from "../findings/fix.js";
import type { Attribute, Block, Body, Comment, Expression } from "../parsers/hcl/syntax-tree.js";
import type { SourceFile } from "../source/source-file.js";
import { contains, type TextEdit } from "../source/text-range.js";
import { addAttributes, indentationWithin, renderAttributes, spreadOut } from "./hcl-attributes.js";
import { addItems, itemNamed } from "./hcl-object.js";
import { isOnOneLine, oneLevelDeeper } from "./layout.js";
import { endOfLine, withAlignedComments } from "./hcl-comments.js";

/** Blocks and arguments that stand at the end of a resource by convention. */
const LAST = new Set(["lifecycle", "provisioner", "connection", "timeouts", "depends_on"]);

/** A file in HCL's native syntax. */
export interface HclFile {
  readonly file: SourceFile;
  readonly body: Body;
  readonly comments: readonly Comment[];
}

/**
 * Adds arguments to a resource: to the block that is there, also a `dynamic` one's content, or in a new
 * one. Undefined where the place is not certain, as with several blocks of that name.
 */
export function addToHcl(
  written: HclFile,
  { resource, path, properties }: AddProperties,
): readonly TextEdit[] | undefined {
  const block = written.body.blocks.find(({ header }) => contains(header, resource.range));
  return block === undefined ? undefined : addWithin(written, block, path, properties);
}

function addWithin(
  written: HclFile,
  block: Block,
  [name, ...deeper]: readonly string[],
  properties: readonly NewProperty[],
): readonly TextEdit[] | undefined {
  const { body } = block;
  if (name === undefined) return addAttributesOrTakeNull(written, block, properties);
  const attribute = body.attributes.find((each) => each.name.name === name);
  const blocks = body.blocks.filter(({ type }) => type.name === name);
  const dynamic = body.blocks.filter(
    ({ type, labels }) => type.name === "dynamic" && labels[0]?.value === name,
  );
  if (attribute !== undefined) return addToValue(written, attribute.value, deeper, properties);
  const [only, ...others] = [...blocks, ...dynamic.flatMap(contentsOf)];
  if (others.length > 0) return undefined;
  if (only !== undefined) return addWithin(written, only, deeper, properties);
  if (dynamic.length > 0) return undefined;
  const names = [name, ...deeper];
  const isObject = block.labels[0]?.value.startsWith("awscc_") === true;
  return addItem(written, block, (indentation) =>
    renderNested(names, properties, indentation, isObject ? " = {" : " {"),
  );
}

function contentsOf({ body }: Block): readonly Block[] {
  return body.blocks.filter(({ type }) => type.name === "content");
}

/** Within an argument whose value is an object. */
function addToValue(
  written: HclFile,
  value: Expression,
  [name, ...deeper]: readonly string[],
  properties: readonly NewProperty[],
): readonly TextEdit[] | undefined {
  if (value.kind !== "object") return undefined;
  if (name === undefined) return addItems(written.file, value, properties);
  const item = itemNamed(value, name);
  if (item !== undefined) return addToValue(written, item, deeper, properties);
  return undefined;
}

/** An argument that is written as null is given its value; any other must not be there yet. */
function addAttributesOrTakeNull(
  written: HclFile,
  block: Block,
  properties: readonly NewProperty[],
): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  const missing: NewProperty[] = [];
  for (const property of properties) {
    const there = block.body.attributes.find(({ name }) => name.name === property.name);
    if (there === undefined) {
      missing.push(property);
      continue;
    }
    if (!isNull(there)) return undefined;
    const location = written.file.location(there.value.range);
    edits.push({ location, newText: JSON.stringify(property.value) });
  }
  const taken = withAlignedComments(written.file, written.comments, edits);
  return missing.length === 0 ? taken : [...taken, ...addAttributes(written, block, missing)];
}

function isNull({ value }: Attribute): boolean {
  return value.kind === "literal" && value.value === null;
}

/** Adds a block or argument of several lines behind what is there, apart from it by an empty line. */
function addItem(
  { file, comments }: HclFile,
  { body, range }: Block,
  render: (indentation: string) => string,
): readonly TextEdit[] {
  const { text } = file;
  const indentation = indentationWithin(text, body, range.start);
  const item = render(indentation);
  if (isOnOneLine(text, body.range.start, body.range.end)) {
    return [spreadOut(file, body, range.start, { lines: item, isBlock: true })];
  }
  const items = [
    ...body.attributes.map((each) => ({ name: each.name.name, range: each.range })),
    ...body.blocks.map((each) => ({ name: each.type.name, range: each.range })),
  ].sort((left, right) => left.range.start - right.range.start);
  const anchor = items.filter(({ name }) => !LAST.has(name)).at(-1);
  const start = endOfLine(text, anchor?.range.end ?? body.range.start, comments);
  const isFollowed = /^\r?\n[ \t]*[^\s}]/.test(text.slice(start));
  const newText = `${anchor === undefined ? "" : "\n"}\n${item}${isFollowed ? "\n" : ""}`;
  return [{ location: file.location({ start, end: start }), newText }];
}

function renderNested(
  [name = "", ...deeper]: readonly string[],
  properties: readonly NewProperty[],
  indentation: string,
  opening: string,
): string {
  const within = oneLevelDeeper(indentation);
  const content =
    deeper.length > 0
      ? renderNested(deeper, properties, within, opening)
      : renderAttributes(properties, within);
  return `${indentation}${name}${opening}\n${content}\n${indentation}}`;
}
