import type { InputError } from "../../findings/input-error.js";
import type { FileSystem, ReadResult } from "../../source/file-system.js";
import { SourceFile } from "../../source/source-file.js";
import { parseHcl } from "../hcl/parse-hcl.js";
import type { Attribute, Block } from "../hcl/syntax-tree.js";
import {
  type DeclaredBlock,
  declareBlock,
  type InFile,
  isOverrideFile,
  overrideBlock,
} from "./declared-block.js";

/** What the files of one directory declare, before anything is evaluated. */
export interface ModuleConfiguration {
  /** Absolute. */
  readonly directory: string;
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly errors: readonly InputError[];
  readonly variables: ReadonlyMap<string, DeclaredBlock>;
  readonly locals: ReadonlyMap<string, InFile<Attribute>>;
  readonly outputs: ReadonlyMap<string, DeclaredBlock>;
  readonly moduleCalls: ReadonlyMap<string, DeclaredBlock>;
  /** Managed resources by `type.name`. */
  readonly resources: ReadonlyMap<string, DeclaredBlock>;
  /** Data sources by `type.name`. */
  readonly dataSources: ReadonlyMap<string, DeclaredBlock>;
}

/** Whether a file of that name belongs to a module's configuration. */
export function isModuleFile(name: string): boolean {
  return (
    /\.(?:tf|tofu)$/.test(name) && !/\.tftest\.|\.tofutest\./.test(name) && !name.startsWith(".")
  );
}

/** Reads modules, each directory once, however many call it. */
export class ModuleLoader {
  readonly #fileSystem: FileSystem;
  readonly #modules = new Map<string, ModuleConfiguration | undefined>();

  /** Takes the only way to files. */
  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  /** What the directory declares; undefined if it holds no configuration. */
  load(directory: string): ModuleConfiguration | undefined {
    if (!this.#modules.has(directory)) this.#modules.set(directory, this.#read(directory));
    return this.#modules.get(directory);
  }

  #read(directory: string): ModuleConfiguration | undefined {
    const names = this.#fileSystem
      .list(directory)
      .filter(({ name, kind }) => kind === "file" && isModuleFile(name))
      .map(({ name }) => name);
    // OpenTofu reads a .tofu file in place of the .tf file of the same name.
    const chosen = names.filter(
      (name) => !names.includes(name.replace(/\.tf$/, ".tofu")) || name.endsWith(".tofu"),
    );
    if (chosen.length === 0) return undefined;
    const reader = new ConfigurationReader(directory);
    // Overrides come last, in order of names, whatever the names sort to.
    const ordered = [
      ...chosen.filter((name) => !isOverrideFile(name)),
      ...chosen.filter(isOverrideFile),
    ];
    for (const name of ordered) reader.add(name, this.#fileSystem.read(`${directory}/${name}`));
    return reader;
  }
}

/** Collects what files declare. */
class ConfigurationReader implements ModuleConfiguration {
  readonly directory: string;
  readonly files = new Map<string, SourceFile>();
  readonly errors: InputError[] = [];
  readonly variables = new Map<string, DeclaredBlock>();
  readonly locals = new Map<string, InFile<Attribute>>();
  readonly outputs = new Map<string, DeclaredBlock>();
  readonly moduleCalls = new Map<string, DeclaredBlock>();
  readonly resources = new Map<string, DeclaredBlock>();
  readonly dataSources = new Map<string, DeclaredBlock>();

  constructor(directory: string) {
    this.directory = directory;
  }

  add(name: string, input: ReadResult): void {
    const path = `${this.directory}/${name}`;
    if ("error" in input) {
      const code = input.error === "absent" ? "not-found" : input.error;
      this.errors.push({ code, message: readFailures[input.error], path });
      return;
    }
    this.files.set(path, new SourceFile(path, input.text));
    const { body, errors } = parseHcl(input.text);
    for (const { code, message, range } of errors) {
      this.errors.push({ code, message, path, location: { path, range } });
    }
    for (const block of body.blocks) this.#addBlock(block, path, isOverrideFile(name));
  }

  #addBlock(block: Block, path: string, isOverride: boolean): void {
    const labels = block.labels.map(({ value }) => value);
    switch (block.type.name) {
      case "locals":
        for (const node of block.body.attributes) this.locals.set(node.name.name, { path, node });
        return;
      case "variable":
        this.#declare(this.variables, labels, 1, block, path, isOverride);
        return;
      case "output":
        this.#declare(this.outputs, labels, 1, block, path, isOverride);
        return;
      case "module":
        this.#declare(this.moduleCalls, labels, 1, block, path, isOverride);
        return;
      case "resource":
        this.#declare(this.resources, labels, 2, block, path, isOverride);
        return;
      case "data":
        this.#declare(this.dataSources, labels, 2, block, path, isOverride);
        return;
      default:
        return;
    }
  }

  #declare(
    into: Map<string, DeclaredBlock>,
    labels: readonly string[],
    count: number,
    node: Block,
    path: string,
    isOverride: boolean,
  ): void {
    // A header that is still being typed declares nothing yet.
    if (labels.length !== count) return;
    const name = labels.join(".");
    const base = into.get(name);
    const declared = declareBlock({ path, node });
    if (base === undefined) into.set(name, declared);
    else if (isOverride) into.set(name, overrideBlock(base, declared));
  }
}

const readFailures = {
  absent: "there is no such file",
  unreadable: "the file cannot be read",
  "too-large": "the file is too large",
  "not-text": "the file is not UTF-8 text",
} as const;
