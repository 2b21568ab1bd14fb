import type { InputError } from "../../findings/input-error.js";
import type { FileSystem } from "../../source/file-system.js";
import { type HclFile, HclFiles } from "./hcl-files.js";
import { mergeOverrides } from "./merge-overrides.js";
import type { Argument, Declaration, Module } from "./module.js";
import { moduleFiles } from "./module-files.js";
import { readProviders } from "./providers.js";
import { readAwsProviderConstraints, readDeclarations } from "./read-declarations.js";

/** Reads modules, each directory and each file once, whoever asks. */
export class ModuleLoader {
  /** The files that modules are made of. */
  readonly files: HclFiles;
  readonly #modules = new Map<string, Module | undefined>();

  /** Takes the files, or where they are. */
  constructor(files: FileSystem | HclFiles) {
    this.files = files instanceof HclFiles ? files : new HclFiles(files);
  }

  /** The module in that directory (an absolute path); undefined where there are no Terraform files. */
  load(directory: string): Module | undefined {
    if (!this.#modules.has(directory)) {
      this.#modules.set(directory, readModule(directory, this.files));
    }
    return this.#modules.get(directory);
  }
}

function readModule(directory: string, files: HclFiles): Module | undefined {
  const { primary, overrides } = moduleFiles(files.list(directory));
  if (primary.length + overrides.length === 0) return undefined;
  const base = readFiles(directory, primary, files);
  const override = readFiles(directory, overrides, files);
  const merged = mergeOverrides(base.declarations, override.declarations);
  const errors = [...base.errors, ...override.errors];
  const named = (type: string) => byName(merged.declarations, type);
  const managedResources = merged.declarations.filter(isResource);
  return {
    directory,
    files: [...base.files, ...override.files].map(({ file }) => file),
    variables: named("variable"),
    locals: readLocals(base.declarations, override.declarations),
    outputs: named("output"),
    moduleCalls: named("module"),
    managedResources,
    resources: byAddress([...managedResources, ...merged.declarations.filter(isDataSource)]),
    awsProviderConstraints: readAwsProviderConstraints(merged.declarations),
    providers: readProviders(merged.declarations),
    isIncomplete: errors.length > 0,
    errors: [...errors, ...merged.errors],
  };
}

interface ReadFiles {
  readonly files: readonly HclFile[];
  readonly declarations: readonly Declaration[];
  readonly errors: readonly InputError[];
}

function readFiles(directory: string, names: readonly string[], files: HclFiles): ReadFiles {
  const read = names.map((name) => files.parse(`${directory}/${name}`));
  const parsed = read.filter((file) => "body" in file);
  return {
    files: parsed,
    declarations: parsed.flatMap(({ body, file }) => readDeclarations(body, file)),
    errors: read.flatMap((file) => ("error" in file ? [file.error] : file.errors)),
  };
}

function isResource({ type, labels }: Declaration): boolean {
  return type === "resource" && labels.length === 2;
}

function isDataSource({ type, labels }: Declaration): boolean {
  return type === "data" && labels.length === 2;
}

function byName(
  declarations: readonly Declaration[],
  type: string,
): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration>();
  for (const declaration of declarations) {
    const [name] = declaration.labels;
    if (declaration.type !== type || name === undefined || found.has(name)) continue;
    found.set(name, declaration);
  }
  return found;
}

function byAddress(declarations: readonly Declaration[]): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration>();
  for (const declaration of declarations) {
    const prefix = isDataSource(declaration) ? ["data"] : [];
    const address = [...prefix, ...declaration.labels].join(".");
    if (!found.has(address)) found.set(address, declaration);
  }
  return found;
}

/** Of several values the first counts, but what an override file says replaces it. */
function readLocals(
  declarations: readonly Declaration[],
  overrides: readonly Declaration[],
): ReadonlyMap<string, Argument> {
  const locals = new Map<string, Argument>();
  for (const [name, argument] of localsOf(declarations)) {
    if (!locals.has(name)) locals.set(name, argument);
  }
  for (const [name, argument] of localsOf(overrides)) locals.set(name, argument);
  return locals;
}

function localsOf(declarations: readonly Declaration[]): readonly (readonly [string, Argument])[] {
  return declarations
    .filter(({ type }) => type === "locals")
    .flatMap((declaration) => [...declaration.arguments]);
}
