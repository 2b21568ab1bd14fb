import type {
  AddProperties,
  Change,
  Fix,
  ProposedFix,
  Rename,
  ReplaceValue,
} from "../findings/fix.js";
import type { SourceFile } from "../source/source-file.js";
import type { Location, TextEdit } from "../source/text-range.js";
import { decidingOrigin, type Origin } from "../values/origin.js";
import type { Scalar } from "../values/value.js";
import { addToData } from "./data-properties.js";
import { addToEmbedded } from "./embedded-template.js";
import { withAlignedComments } from "./hcl-comments.js";
import { addToHcl } from "./hcl-properties.js";
import { inLineEndingsOf } from "./layout.js";
import { replaceLiteral } from "./literal.js";
import { type Files, hasOtherUses } from "./other-uses.js";
import { isTerraform, readTree } from "./written-as.js";

/** What a fix has to know beside what is proposed. */
export interface FixContext {
  readonly files: Files;
  /** How everything that the finding names came to its value; other users of the same place forbid a fix. */
  readonly chains: readonly Origin[];
}

/**
 * The edits that make what a rule proposes, in the style of what stands around. Undefined where they are
 * not certain to do that and nothing else: an expression instead of a literal, a variable with other uses,
 * a file that is broken or not at hand.
 */
export function writeFix({ safety, changes }: ProposedFix, context: FixContext): Fix | undefined {
  const edits: TextEdit[] = [];
  for (const change of changes) {
    const made = editsFor(change, context);
    if (made === undefined) return undefined;
    edits.push(...made);
  }
  if (edits.length === 0) return undefined;
  const title = changes.map((change) => describe(change)).join(", ");
  return {
    title: `${title.charAt(0).toUpperCase()}${title.slice(1)}`,
    safety,
    edits: inOrder(edits),
  };
}

function editsFor(change: Change, { files, chains }: FixContext): readonly TextEdit[] | undefined {
  switch (change.kind) {
    case "replace-value":
      return replaceValue(change, files, chains);
    case "add-properties":
      return addProperties(change, files);
    case "rename": {
      const file = files.get(change.location.path);
      return file === undefined ? undefined : renameAt(file, change);
    }
  }
}

/** Where `=` stands aligned behind the name it stays where it is. */
function renameAt(
  file: SourceFile,
  { location, from, to }: Rename,
): readonly TextEdit[] | undefined {
  const edit = replaceLiteral(file, location.range, from, to);
  if (edit === undefined) return undefined;
  const { end } = location.range;
  const padding = /^ {2,}(?==)/.exec(file.text.slice(end, end + 100))?.[0];
  if (padding === undefined) return [edit];
  const width = Math.max(1, padding.length - (to.length - from.length));
  const space = file.location({ start: end, end: end + padding.length });
  return [edit, { location: space, newText: " ".repeat(width) }];
}

function replaceValue(
  { origin, from, to }: ReplaceValue,
  files: Files,
  chains: readonly Origin[],
): readonly TextEdit[] | undefined {
  const { location, given } = decidingOrigin(origin);
  const file = files.get(location.path);
  const tree = file === undefined ? undefined : readTree(file);
  if (file === undefined || given !== undefined || tree === undefined) return undefined;
  const edit = replaceLiteral(file, location.range, from, to);
  if (edit === undefined) return undefined;
  if (!isNamedForIt(origin, location, file) && hasOtherUses([origin, ...chains], files)) {
    return undefined;
  }
  return tree.syntax === "hcl" ? withAlignedComments(file, tree.comments, [edit]) : [edit];
}

/** Whether the literal stands behind the name of what it decides: `http_tokens = "optional"` in an object. */
function isNamedForIt({ name }: Origin, { range }: Location, { text }: SourceFile): boolean {
  const bareName = name?.split(".").at(-1) ?? "";
  const before = /([\w-]+)["']?\s*[:=]\s*(?:optional\([^,()]*,\s*)?$/.exec(
    text.slice(Math.max(0, range.start - 200), range.start),
  );
  return bareName !== "" && before?.[1] === bareName;
}

function addProperties(change: AddProperties, files: Files): readonly TextEdit[] | undefined {
  const file = files.get(change.resource.path);
  const tree = file === undefined ? undefined : readTree(file);
  if (file === undefined || tree === undefined) return undefined;
  const edits =
    tree.syntax === "hcl"
      ? (addToHcl({ file, ...tree }, change) ?? addToEmbedded(file, change))
      : addToData(file, tree.root, change, isTerraform(file.path) ? "terraform" : "cloudformation");
  return edits?.map((edit) => ({ ...edit, newText: inLineEndingsOf(file, edit.newText) }));
}

function describe(change: Change): string {
  switch (change.kind) {
    case "replace-value":
      return `replace ${quote(change.from)} by ${quote(change.to)}`;
    case "add-properties": {
      const isTerraform = /^[a-z]/.test(change.properties[0]?.name ?? "");
      const assign = isTerraform ? " = " : ": ";
      return `add ${change.properties.map(({ name, value }) => `${name}${assign}${isTerraform ? quote(value) : String(value)}`).join(" and ")}`;
    }
    case "rename":
      return `rename ${change.from} to ${change.to}`;
  }
}

function quote(value: Scalar): string {
  return JSON.stringify(value);
}

function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...edits].sort(
    ({ location: left }, { location: right }) =>
      (left.path < right.path ? -1 : left.path > right.path ? 1 : 0) ||
      left.range.start - right.range.start,
  );
}
