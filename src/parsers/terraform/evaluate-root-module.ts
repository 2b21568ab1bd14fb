import type { FileSystem } from "../../source/file-system.js";
import { SourceFile } from "../../source/source-file.js";
import { type Evaluated, unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { Scenarios } from "../../values/scenarios.js";
import type { EvaluatedDeployment } from "../resource.js";
import { Diagnostics } from "./diagnostics.js";
import { evaluateExpression } from "./evaluate-expression.js";
import { type InstalledModules, readInstalledModules } from "./installed-modules.js";
import type { ModuleLoader } from "./load-module.js";
import type { Argument, Module } from "./module.js";
import { type DeploymentParts, ModuleInstance } from "./module-instance.js";
import { OpenValues } from "./open-values.js";
import { type AwsProvider, readLockedAwsVersion } from "./provider-version.js";
import { type ReferencedBlock, Scope, withoutNames } from "./scope.js";
import { fileValue, readVariableFiles, textValue } from "./variable-values.js";

/** What is known of a deployment besides the root module's directory. */
export interface RootModuleOptions {
  readonly fileSystem: FileSystem;
  /** Shared between root modules, so that modules they have in common are read once. */
  readonly loader: ModuleLoader;
  /** Absolute directory that limits what functions such as `file` may read; by default the root module's. */
  readonly treeDirectory?: string;
  /** Values for the root module's variables, as `-var` takes them; they win over variable files. */
  readonly variables?: ReadonlyMap<string, string>;
  /** The resource types that are asked for; by default all. */
  readonly resourceTypes?: ReadonlySet<string>;
}

/** A root module with all modules it calls. */
export interface TerraformDeployment extends EvaluatedDeployment {
  readonly awsProvider: AwsProvider;
}

/**
 * Works out what the resources of a root module are, as Terraform would when applying it. The
 * directory is absolute. Nothing is computed before a resource is read, apart from which instances
 * there are; what cannot be known says why. Undefined where the directory holds no Terraform files.
 * Never throws.
 */
export function evaluateRootModule(
  directory: string,
  options: RootModuleOptions,
): TerraformDeployment | undefined {
  const module = options.loader.load(directory);
  if (module === undefined) return undefined;
  return new Deployment(module, options).describe();
}

/** Addresses end with the instance's key: `[0]`, `["a"]`, `[*]`. */
const suffixPattern = /\[(?:"(?:[^"\\]|\\.)*"|\d+|\*)\]$/;

class Deployment implements DeploymentParts {
  readonly scenarios = new Scenarios();
  readonly diagnostics = new Diagnostics();
  readonly openValues = new OpenValues(this.scenarios);
  readonly fileSystem: FileSystem;
  readonly rootDirectory: string;
  readonly treeDirectory: string;
  readonly evaluate = evaluateExpression;
  readonly #module: Module;
  readonly #options: RootModuleOptions;
  readonly #files = new Map<string, SourceFile>();
  readonly #modules = new Set<Module>();
  readonly #blocks = new Map<string, ReferencedBlock>();
  readonly #installed: InstalledModules;

  constructor(module: Module, options: RootModuleOptions) {
    this.fileSystem = options.fileSystem;
    this.rootDirectory = module.directory;
    this.treeDirectory = options.treeDirectory ?? module.directory;
    this.#module = module;
    this.#options = options;
    this.#installed = readInstalledModules(module.directory, options.loader.files);
  }

  /** Finds the instances of all modules and resources; what they say is evaluated when it is read. */
  describe(): TerraformDeployment {
    const { loader, resourceTypes } = this.#options;
    const root = this.#rootInstance();
    const resources = root.resources(resourceTypes);
    const lockedVersion = readLockedAwsVersion(this.rootDirectory, loader.files);
    const constraints = [...this.#modules].flatMap((module) => module.awsProviderConstraints);
    return {
      dialect: "terraform",
      files: this.#files,
      scenarios: this.scenarios,
      resources,
      errors: this.diagnostics.errors,
      skipped: this.diagnostics.skipped,
      awsProvider: lockedVersion === undefined ? { constraints } : { constraints, lockedVersion },
    };
  }

  #rootInstance(): ModuleInstance {
    const module = this.#module;
    const { directory } = module;
    const given = readVariableFiles(directory, this.#options.loader.files);
    for (const file of given.files) this.addFile(file);
    this.diagnostics.addErrors(given.errors);
    return new ModuleInstance(
      {
        module,
        path: "",
        callPath: [],
        directories: [directory],
        argument: (name) => this.#givenValue(name, given.values),
        exists: () => "yes",
      },
      this,
    );
  }

  #givenValue(name: string, inFiles: ReadonlyMap<string, Argument>): Evaluated | undefined {
    const text = this.#options.variables?.get(name);
    const declaration = this.#module.variables.get(name);
    const argument = inFiles.get(name);
    if (declaration === undefined || (text === undefined && argument === undefined)) {
      return undefined;
    }
    const { directory } = this.#module;
    const scope = new Scope({
      context: this,
      namespaces: withoutNames({ path: "", directory }, "among variable values"),
      file: new SourceFile(directory, ""),
      step: "variable-value",
      bindings: [],
      isGuarded: false,
    });
    if (text !== undefined) return textValue(text, declaration, scope);
    return argument === undefined ? undefined : fileValue(argument, name, scope);
  }

  addInstance({ module }: ModuleInstance): void {
    if (this.#modules.has(module)) return;
    this.#modules.add(module);
    for (const file of module.files) this.addFile(file);
    this.diagnostics.addErrors(module.errors);
  }

  addFile(file: SourceFile): void {
    this.#files.set(file.path, file);
  }

  loadModule(directory: string): Module | undefined {
    return this.#options.loader.load(directory);
  }

  installedDirectory(callPath: readonly string[]): string | undefined {
    return this.#installed.get(callPath.join("."));
  }

  addBlock(block: ReferencedBlock): void {
    this.#blocks.set(block.address, block);
  }

  resourceAttribute(address: string, name: string, use: Origin): Evaluated {
    const [suffix = ""] = suffixPattern.exec(address) ?? [];
    const block = this.#blocks.get(address.slice(0, address.length - suffix.length));
    return block?.attribute?.(suffix, name, use) ?? notThere(address, use);
  }

  elementOf(address: string, key: string | number, use: Origin): Evaluated {
    return this.#blocks.get(address)?.elementOf(key, use) ?? notThere(address, use);
  }
}

/** A link to nothing, which evaluating never makes. */
function notThere(address: string, use: Origin): Evaluated {
  return unknown({ kind: "not-available", what: address }, use);
}
