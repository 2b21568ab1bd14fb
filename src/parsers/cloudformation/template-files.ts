import type { InputError } from "../../findings/input-error.js";
import { dirname } from "pathe";
import type { FileSystem } from "../../source/file-system.js";
import { SourceFile } from "../../source/source-file.js";
import type { Location, TextRange } from "../../source/text-range.js";
import type { Evaluated } from "../../values/evaluated.js";
import { parseJson } from "../json/parse-json.js";
import type { ParseError } from "../parse-error.js";
import { resolveMergeKeys } from "../yaml/merge-keys.js";
import type { TolerantYamlParser } from "../yaml/parsed-yaml.js";
import { parseYaml } from "../yaml/parse-yaml.js";
import { type DataNode, entryOf } from "../yaml/syntax-tree.js";
import { foldMarkupErrors } from "../yaml/template-markup.js";
import { CloudAssembly } from "./cloud-assembly.js";
import { type FailedInclude, type IncludedFile, mayInclude, putIncludes } from "./includes.js";

/** A template's text as a tree. Of a broken one, what could be read. */
export interface ParsedTemplate {
  readonly file: SourceFile;
  /** Of what is included, ranges go on where the file itself ends: see `included`. */
  readonly root: DataNode;
  readonly errors: readonly InputError[];
  /** Of a template that stands in another file, which `file` names too: where a range of it stands. */
  readonly toLocation?: (range: TextRange) => Location;
  /** The files whose texts were put into it. */
  readonly included?: readonly IncludedFile[];
  readonly failedIncludes?: readonly FailedInclude[];
  /** Values that come from outside, by the names that `Ref` finds them under. */
  readonly outerValues?: ReadonlyMap<string, Evaluated>;
}

/** A text that is a template, and where a range of it stands in the file of that path. */
export interface EmbeddedTemplate {
  readonly path: string;
  readonly text: string;
  readonly toLocation: (range: TextRange) => Location;
}

/** Reads and parses templates and what they include, each at most once, whoever nests them. */
export class TemplateFiles {
  readonly #fileSystem: FileSystem;
  readonly #treeDirectory: string;
  readonly #loadTolerantYaml: () => TolerantYamlParser;
  readonly #assemblies = new Map<string, CloudAssembly | undefined>();
  readonly #parsed = new Map<string, ParsedTemplate | undefined>();
  readonly #templates = new Map<string, ParsedTemplate | undefined>();

  /**
   * `loadTolerantYaml` fetches the parser for broken YAML, which is slow to load. Of files that are no
   * templates, only those below `treeDirectory` are read.
   */
  constructor(
    fileSystem: FileSystem,
    loadTolerantYaml: () => TolerantYamlParser,
    treeDirectory: string,
  ) {
    this.#fileSystem = fileSystem;
    this.#treeDirectory = treeDirectory;
    this.#loadTolerantYaml = loadTolerantYaml;
  }

  /**
   * The template at an absolute path, with what it includes; undefined where no text can be read.
   * Never throws.
   */
  load(path: string): ParsedTemplate | undefined {
    if (this.#templates.has(path)) return this.#templates.get(path);
    const parsed = this.#read(path);
    const template =
      parsed !== undefined && mayInclude(parsed.file.text)
        ? putIncludes(parsed, (included) => this.#read(included))
        : parsed;
    this.#templates.set(path, template);
    return template;
  }

  #read(path: string): ParsedTemplate | undefined {
    if (this.#parsed.has(path)) return this.#parsed.get(path);
    const input = this.#fileSystem.read(path);
    const parsed = "error" in input ? undefined : this.#parse(SourceFile.of(path, input));
    this.#parsed.set(path, parsed);
    return parsed;
  }

  /** The cloud assembly that a template lies in; undefined where there is none. Never throws. */
  assemblyOf(templatePath: string): CloudAssembly | undefined {
    if (!templatePath.endsWith(".template.json")) return undefined;
    const directory = dirname(templatePath);
    if (!this.#assemblies.has(directory)) {
      this.#assemblies.set(directory, CloudAssembly.read(directory, this.#fileSystem));
    }
    return this.#assemblies.get(directory);
  }

  /** A file that is no template; undefined where no text in the tree can be read. Never throws. */
  source(path: string): SourceFile | undefined {
    const tree = this.#treeDirectory.replace(/\/?$/, "/");
    if (!path.startsWith(tree) || path.includes("/../")) return undefined;
    const input = this.#fileSystem.read(path);
    return "error" in input ? undefined : SourceFile.of(path, input);
  }

  /** A text that stands in another file. Never throws. */
  parseEmbedded({ path, text, toLocation }: EmbeddedTemplate): ParsedTemplate {
    return { ...this.#parse(new SourceFile(path, text), toLocation), toLocation };
  }

  #parse(
    file: SourceFile,
    toLocation = (range: TextRange): Location => ({ path: file.path, range }),
  ): ParsedTemplate {
    const { root, errors } = parseText(file.text, this.#loadTolerantYaml);
    return {
      file,
      root: root === undefined ? nothing : resolved(root, file.text),
      errors: errors.map(({ code, message, range }) => {
        const location = toLocation(range);
        return { code, message, path: location.path, location };
      }),
    };
  }
}

const nothing: DataNode = {
  kind: "mapping",
  entries: [],
  style: "block",
  range: { start: 0, end: 0 },
};

function resolved(root: DataNode, text: string): DataNode {
  return /<<\s*:/.test(text) ? resolveMergeKeys(root) : root;
}

/**
 * A text that starts with a brace is JSON, unless only YAML's flow style can read it. Comments of
 * JSON are part of a key to YAML, which then misses `Resources`.
 */
function parseText(
  text: string,
  loadTolerantYaml: () => TolerantYamlParser,
): { readonly root: DataNode | undefined; readonly errors: readonly ParseError[] } {
  if (!/^\s*\{/.test(text)) return parseYamlTemplate(text, loadTolerantYaml);
  const { root, errors } = parseJson(text);
  if (!errors.some(({ code }) => code === "syntax")) return { root, errors };
  const yaml = parseYamlTemplate(text, undefined);
  return yaml.errors.length === 0 && hasResources(yaml.root) ? yaml : { root, errors };
}

function hasResources(root: DataNode | undefined): boolean {
  return root?.kind === "mapping" && entryOf(root, "Resources") !== undefined;
}

function parseYamlTemplate(text: string, loadTolerantYaml: (() => TolerantYamlParser) | undefined) {
  const { documents, errors: all } = parseYaml(text, loadTolerantYaml);
  const errors = foldMarkupErrors(text, all);
  const [root, second] = documents;
  if (second === undefined) return { root, errors };
  const message = "a template is one document; what stands behind `---` is not deployed";
  return { root, errors: [...errors, { code: "syntax" as const, message, range: second.range }] };
}
