import { dirname, resolve } from "pathe";
import type { InputError } from "../../findings/input-error.js";
import type { SourceFile } from "../../source/source-file.js";
import { shiftRanges } from "../yaml/shift-ranges.js";
import {
  type DataNode,
  entryOf,
  type MappingEntry,
  type MappingNode,
} from "../yaml/syntax-tree.js";
import { intrinsicCall, listItems, plainText } from "./intrinsic-call.js";

/** CloudFormation takes templates of a megabyte, with all that is included. */
const MOST_CHARACTERS = 1_000_000;

/** Snippets that include others may do so endlessly; no template comes near it. */
const MOST_FILES = 200;

/** A file whose text is put into a template. Its offset 0 is `start` in the ranges of the tree. */
export interface IncludedFile {
  readonly file: SourceFile;
  readonly start: number;
}

/** An include that is left as it is written. */
export interface FailedInclude {
  readonly place: DataNode;
  /** As a clause: `AWS::Include of ./a.yaml, which includes itself`. */
  readonly message: string;
}

/** A file's text as a tree, with ranges in that file. */
export interface Snippet {
  readonly file: SourceFile;
  readonly root: DataNode;
  readonly errors: readonly InputError[];
}

/** A template with the texts of local files in the places of its includes. */
export interface TemplateWithIncludes extends Snippet {
  /** By where they start, after the template itself. */
  readonly included: readonly IncludedFile[];
  readonly failedIncludes: readonly FailedInclude[];
}

/** Whether a template may include others' texts, by a quick look at its own. */
export function mayInclude(text: string): boolean {
  return text.includes("AWS::Include");
}

/**
 * Puts the texts of local files in the places of `Fn::Transform` with `AWS::Include`, beside what
 * stands there already, and of a `Transform` with it at the top level. Paths are relative to the file
 * they are written in, as `aws cloudformation package` takes them. Whatever is somewhere else, has no
 * fixed address or meets a key of its own name stays as it is written.
 *
 * CloudFormation takes neither short forms nor further includes in such a file; here both mean what
 * they say.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
 */
export function putIncludes(
  template: Snippet,
  read: (path: string) => Snippet | undefined,
): TemplateWithIncludes {
  const inclusion = new Inclusion(template, read);
  const root = inclusion.inTemplate(template.root);
  const { included, failed: failedIncludes, errors } = inclusion;
  return { file: template.file, root, errors, included, failedIncludes };
}

/** What a file comes to, with what it includes itself. */
interface Expanded {
  readonly root: DataNode;
  /** The length of all the text it is made of, in UTF-16 code units. */
  readonly length: number;
}

class Inclusion {
  readonly included: IncludedFile[] = [];
  readonly failed: FailedInclude[] = [];
  readonly errors: InputError[];
  readonly #read: (path: string) => Snippet | undefined;
  readonly #files = new Map<string, Expanded | "underway" | undefined>();
  /** Aliases stand for the same node, which stays one. */
  readonly #nodes = new Map<DataNode, DataNode>();
  #nextStart: number;
  /** The file that is walked through, and the length of the text it has come to so far. */
  #path: string;
  #length: number;

  constructor({ file, errors }: Snippet, read: (path: string) => Snippet | undefined) {
    this.errors = [...errors];
    this.#read = read;
    this.#path = file.path;
    this.#length = file.text.length;
    this.#nextStart = file.text.length + 1;
    this.#files.set(file.path, "underway");
  }

  /** CloudFormation reads parameters before it transforms anything, so that they cannot be included. */
  inTemplate(root: DataNode): DataNode {
    if (root.kind !== "mapping") return root;
    const entries = root.entries.map((entry) =>
      entry.key.text === "Parameters" ? entry : this.#inValue(entry),
    );
    return this.#inTransformSection(this.#beside({ ...root, entries }));
  }

  #in(node: DataNode): DataNode {
    if (node.kind === "scalar") return node;
    const before = this.#nodes.get(node);
    if (before !== undefined) return before;
    const expanded = node.kind === "mapping" ? this.#inMapping(node) : this.#inItems(node);
    this.#nodes.set(node, expanded);
    return expanded;
  }

  #inItems(node: Extract<DataNode, { readonly kind: "sequence" }>): DataNode {
    const call = intrinsicCall(node);
    if (call?.name === "Fn::Transform") return this.#inPlaceOf(node, call.argument);
    const items = node.items.map((item) => this.#in(item));
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }

  #inMapping(node: MappingNode): DataNode {
    const call = intrinsicCall(node);
    if (call?.name === "Fn::Transform") return this.#inPlaceOf(node, call.argument);
    const entries = node.entries.map((entry) => this.#inValue(entry));
    const isSame = entries.every((entry, index) => entry === node.entries[index]);
    return this.#beside(isSame ? node : { ...node, entries });
  }

  #inValue(entry: MappingEntry): MappingEntry {
    if (entry.key.text === "Fn::Transform") return entry;
    const value = this.#in(entry.value);
    return value === entry.value ? entry : { ...entry, value };
  }

  /** A node that is nothing but the call is whatever the file holds. */
  #inPlaceOf(node: DataNode, argument: DataNode): DataNode {
    const places = includesIn(argument);
    const roots = places === undefined ? undefined : this.#rootsOf(places);
    const [only, ...more] = roots ?? [];
    if (only === undefined || places === undefined) return node;
    if (more.length === 0) return only;
    return this.#joined([only, ...more], [], places) ?? node;
  }

  /** The entries of files in the place of a call that has others beside it. */
  #beside(node: MappingNode): MappingNode {
    const call = entryOf(node, "Fn::Transform");
    if (call === undefined) return node;
    const places = includesIn(call.value);
    const roots = places === undefined ? undefined : this.#rootsOf(places);
    if (places === undefined || roots === undefined) return node;
    const others = node.entries.filter((entry) => entry !== call);
    const included = this.#joined(roots, others, places);
    if (included === undefined) return node;
    const entries = node.entries.flatMap((entry) => (entry === call ? included.entries : [entry]));
    return { ...node, entries };
  }

  /** Other transforms of the section stay. */
  #inTransformSection(root: MappingNode): MappingNode {
    const section = entryOf(root, "Transform");
    if (section === undefined) return root;
    const items = listItems(section.value) ?? [section.value];
    const rest: DataNode[] = [];
    let entries = root.entries.filter((entry) => entry !== section);
    for (const item of items) {
      const places = includesIn(item);
      const roots = places === undefined ? undefined : this.#rootsOf(places);
      const included =
        places === undefined || roots === undefined
          ? undefined
          : this.#joined(roots, entries, places);
      if (included === undefined) rest.push(item);
      else entries = [...entries, ...included.entries];
    }
    if (rest.length === items.length) return root;
    const { range } = section.value;
    const value: DataNode = { kind: "sequence", items: rest, style: "flow", range };
    return { ...root, entries: rest.length === 0 ? entries : [...entries, { ...section, value }] };
  }

  /** Undefined, with a line that says why, where not all are mappings or a key stands there already. */
  #joined(
    roots: readonly DataNode[],
    others: readonly MappingEntry[],
    places: readonly DataNode[],
  ): MappingNode | undefined {
    const names = new Set(others.map(({ key }) => key.text));
    const [first] = roots;
    const entries: MappingEntry[] = [];
    for (const [index, root] of roots.entries()) {
      const place = places[index] ?? root;
      if (root.kind !== "mapping" || intrinsicCall(root) !== undefined) {
        this.#fail(place, "which holds no keys to stand beside others");
        return undefined;
      }
      // Which of the two counts is nowhere written.
      const twice = root.entries.find(({ key }) => names.has(key.text));
      if (twice !== undefined) {
        this.#fail(place, `whose ${twice.key.text} stands there already`);
        return undefined;
      }
      for (const entry of root.entries) names.add(entry.key.text);
      entries.push(...root.entries);
    }
    return first?.kind === "mapping" ? { ...first, entries } : undefined;
  }

  /** What the files come to; undefined where one of them is not to be had. */
  #rootsOf(places: readonly DataNode[]): readonly DataNode[] | undefined {
    const roots = places.map((place) => this.#rootOf(place));
    const had = roots.filter((root) => root !== undefined);
    return had.length === roots.length ? had : undefined;
  }

  #rootOf(place: DataNode): DataNode | undefined {
    const location = plainText(place);
    if (location === undefined || isAddress(location)) return undefined;
    const path = resolve(dirname(this.#path), location);
    if (!this.#files.has(path)) this.#files.set(path, this.#expand(path, place));
    const expanded = this.#files.get(path);
    if (expanded === "underway") {
      this.#fail(place, "which includes itself");
      return undefined;
    }
    if (expanded === undefined) return undefined;
    if (this.#length + expanded.length > MOST_CHARACTERS) {
      this.#fail(place, "which makes the template longer than a million characters");
      return undefined;
    }
    this.#length += expanded.length;
    return expanded.root;
  }

  #expand(path: string, place: DataNode): Expanded | undefined {
    if (this.included.length >= MOST_FILES) {
      this.#fail(place, `beyond ${String(MOST_FILES)} included files`);
      return undefined;
    }
    const snippet = this.#read(path);
    if (snippet === undefined) return undefined;
    const { file } = snippet;
    const start = this.#nextStart;
    this.included.push({ file, start });
    this.errors.push(...snippet.errors);
    this.#nextStart += file.text.length + 1;
    this.#files.set(path, "underway");
    const outer = { path: this.#path, length: this.#length };
    this.#path = path;
    this.#length = file.text.length;
    const root = this.#in(shiftRanges(snippet.root, start));
    const expanded = { root, length: this.#length };
    this.#path = outer.path;
    this.#length = outer.length;
    return expanded;
  }

  #fail(place: DataNode, why: string): void {
    const location = plainText(place) ?? "a file";
    this.failed.push({ place, message: `AWS::Include of ${location}, ${why}` });
  }
}

/** The `Location` of each include that a transform consists of; undefined if there is another macro. */
function includesIn(transform: DataNode): readonly DataNode[] | undefined {
  const items = listItems(transform) ?? [transform];
  const locations = items.flatMap((item) => locationOf(item) ?? []);
  return locations.length === items.length && items.length > 0 ? locations : undefined;
}

function locationOf(transform: DataNode): DataNode | undefined {
  if (transform.kind !== "mapping" || transform.tag !== undefined) return undefined;
  const name = entryOf(transform, "Name")?.value;
  if (name === undefined || plainText(name) !== "AWS::Include") return undefined;
  const parameters = entryOf(transform, "Parameters")?.value;
  return parameters?.kind === "mapping" ? entryOf(parameters, "Location")?.value : undefined;
}

function isAddress(location: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(location);
}
