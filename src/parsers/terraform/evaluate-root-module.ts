import type { LoadModuleCatalogue } from "../../data/module-catalogue.js";
import type { FileSystem } from "../../source/file-system.js";
import { SourceFile } from "../../source/source-file.js";
import { type Evaluated, identityOf, unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { Scenarios } from "../../values/scenarios.js";
import { CatalogueFile } from "./catalogue-file.js";
import type {
  Alternatives,
  AwsProvider,
  EvaluatedDeployment,
  OpenedDeployment,
} from "../resource.js";
import { Diagnostics } from "./diagnostics.js";
import { evaluateExpression } from "./evaluate-expression.js";
import { type GivenVariables, noGivenVariables } from "./given-variables.js";
import { isScalarWithDefault } from "./input-variable.js";
import { type InstalledModules, readInstalledModules } from "./installed-modules.js";
import type { ModuleLoader } from "./load-module.js";
import { type Argument, type Declaration, locate, type Module } from "./module.js";
import { type DeploymentParts, ModuleInstance } from "./module-instance.js";
import { OpenValues } from "./open-values.js";
import { awsProviderOf, type LockedVersion, readLockedAwsVersion } from "./provider-version.js";
import { type ReferencedBlock, Scope, withoutNames } from "./scope.js";
import { fileValue, noVariableFiles, readVariableFiles, textValue } from "./variable-values.js";

/** What is known of a deployment besides the root module's directory. */
export interface RootModuleOptions {
  readonly fileSystem: FileSystem;
  /** Shared between root modules, so that modules they have in common are read once. */
  readonly loader: ModuleLoader;
  /** Absolute directory that limits what functions such as `file` may read; by default the root module's. */
  readonly treeDirectory?: string;
  /**
   * Has the last word on a root module's variable: takes what the files give it and its default, and
   * gives its value, undefined for the default.
   */
  readonly decideVariable?: (
    name: string,
    given: Evaluated | undefined,
    otherwise: Evaluated | undefined,
  ) => Evaluated | undefined;
  /** Values for the root module's variables from outside; those that it does not declare are left. */
  readonly given?: GivenVariables;
  /** Whether nothing but defaults counts, as if the module were called without arguments. */
  readonly isByDefaults?: boolean;
  /** Fetches what is known of public modules that are not installed; by default nothing is. */
  readonly loadCatalogue?: LoadModuleCatalogue | undefined;
  /** The resource types that launch instances; if given, other values of variables can be asked for. */
  readonly launchTypes?: ReadonlySet<string>;
  /** A variable of the root module that is open although it has a default. */
  readonly openVariable?: string;
  /** The resource types that are asked for; by default all. */
  readonly resourceTypes?: ReadonlySet<string>;
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
): EvaluatedDeployment | undefined {
  const module = options.loader.load(directory);
  if (module === undefined) return undefined;
  const { deployment } = new Deployment(module, options).describe();
  const { isByDefaults = false, launchTypes } = options;
  if (isByDefaults || launchTypes === undefined) return deployment;
  const mayLaunch =
    module.moduleCalls.size > 0 ||
    module.managedResources.some(({ labels: [type = ""] }) => launchTypes.has(type));
  const hasDefaults = [...module.variables.values()].some(isScalarWithDefault);
  if (!mayLaunch || !hasDefaults) return deployment;
  return { ...deployment, alternatives: () => alternativesOf(module, options, launchTypes) };
}

/** A deployment, with what its root module can tell besides. */
interface DescribedDeployment {
  readonly deployment: EvaluatedDeployment;
  readonly root: ModuleInstance;
  readonly defaultsRead: ReadonlySet<string>;
}

/** Of the resources whose types are asked for; what others depend on would only cost time. */
function alternativesOf(
  module: Module,
  options: RootModuleOptions,
  resourceTypes: ReadonlySet<string>,
): Alternatives {
  const { deployment: byDefault, defaultsRead } = new Deployment(module, {
    ...options,
    resourceTypes,
  }).describe();
  const open = (openVariable: string): OpenedDeployment | undefined => {
    const { deployment, root } = new Deployment(module, {
      ...options,
      resourceTypes,
      openVariable,
    }).describe();
    const origin: Origin = {
      location: { path: "", range: { start: 0, end: 0 } },
      step: "variable",
    };
    const variable = root.attribute("var", openVariable, origin);
    const value = variable.ok ? variable.value : undefined;
    if (value?.state !== "unknown" || value.subject === undefined) return undefined;
    return { deployment, subject: value.subject };
  };
  const inputs = () =>
    [...defaultsRead].flatMap((name) => {
      const declaration = module.variables.get(name);
      if (declaration === undefined || !isScalarWithDefault(declaration)) return [];
      const { file, value } = declaration.arguments.get("default") ?? {};
      if (file === undefined || value === undefined) return [];
      return [{ name, location: locate(file, value.range), open: () => open(name) }];
    });
  return { byDefault, inputs };
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
  readonly loadCatalogue: LoadModuleCatalogue | undefined;
  readonly #defaultsRead = new Set<string>();
  readonly #module: Module;
  readonly #options: RootModuleOptions;
  readonly #files = new Map<string, SourceFile>();
  readonly #readPaths = new Set<string>();
  readonly #modules = new Set<Module>();
  readonly #blocks = new Map<string, ReferencedBlock>();
  readonly #installed: InstalledModules;
  readonly #locked: LockedVersion | undefined;
  /** As found when so many modules had been read. */
  #awsProvider: { readonly modules: number; readonly release: AwsProvider | undefined } | undefined;

  constructor(module: Module, options: RootModuleOptions) {
    this.fileSystem = {
      read: (path) => {
        this.#readPaths.add(path);
        return options.fileSystem.read(path);
      },
      list: (path) => options.fileSystem.list(path),
    };
    this.rootDirectory = module.directory;
    this.treeDirectory = options.treeDirectory ?? module.directory;
    this.loadCatalogue = options.loadCatalogue;
    this.#module = module;
    this.#options = options;
    this.#installed = readInstalledModules(module.directory, options.loader.files);
    this.#locked = readLockedAwsVersion(module.directory, options.loader.files);
  }

  /** Finds the instances of all modules and resources; what they say is evaluated when it is read. */
  describe(): DescribedDeployment {
    const { resourceTypes, isByDefaults = false } = this.#options;
    const root = this.#rootInstance();
    const resources = root.resources(resourceTypes);
    if (this.#locked !== undefined) this.addFile(this.#locked.file);
    const awsProvider = this.awsProvider();
    const deployment: EvaluatedDeployment = {
      dialect: "terraform",
      files: this.#files,
      readPaths: this.#readPaths,
      readFile: (path) => this.readFile(path),
      scenarios: this.scenarios,
      resources,
      errors: this.diagnostics.errors,
      skipped: this.diagnostics.skipped,
      ...(isByDefaults ? { isByDefaults } : {}),
      ...(awsProvider === undefined ? {} : { awsProvider }),
    };
    return { deployment, root, defaultsRead: this.#defaultsRead };
  }

  awsProvider(): AwsProvider | undefined {
    const { size } = this.#modules;
    if (this.#awsProvider?.modules !== size) {
      const constraints = [...this.#modules].flatMap((module) => module.awsProviderConstraints);
      this.#awsProvider = { modules: size, release: awsProviderOf(this.#locked, constraints) };
    }
    return this.#awsProvider.release;
  }

  readFile(path: string): SourceFile | undefined {
    const before = this.#files.get(path);
    if (before !== undefined) return before;
    const read = this.fileSystem.read(path);
    if ("error" in read) return undefined;
    const file = SourceFile.of(path, read);
    this.addFile(file);
    return file;
  }

  #rootInstance(): ModuleInstance {
    const module = this.#module;
    const { directory } = module;
    const { loader, isByDefaults = false } = this.#options;
    const given = isByDefaults ? noVariableFiles : readVariableFiles(directory, loader.files);
    for (const file of given.files) this.addFile(file);
    this.diagnostics.addErrors(given.errors);
    const values = new Map(
      [...module.variables].map(([name, declaration]) => [
        name,
        this.#givenValue(declaration, given.values),
      ]),
    );
    return new ModuleInstance(
      {
        module,
        path: "",
        callPath: [],
        directories: [directory],
        calls: [],
        argument: (name) => this.#decidedValue(name, values.get(name)),
        defaults: { read: this.#defaultsRead, open: this.#options.openVariable },
        exists: () => "yes",
      },
      this,
    );
  }

  /** The value that is given for a variable of the root module, if any; read once, mistakes and all. */
  #givenValue(
    declaration: Declaration,
    inFiles: ReadonlyMap<string, Argument>,
  ): Evaluated | undefined {
    const [name = ""] = declaration.labels;
    const { isByDefaults = false, given: outside = noGivenVariables } = this.#options;
    const { stronger, weaker } = isByDefaults ? noGivenVariables : outside;
    const given = stronger.get(name) ?? inFiles.get(name) ?? weaker.get(name);
    if (given === undefined) return undefined;
    const scope = this.#scopeOfConstants();
    if (!("text" in given)) {
      this.addFile(given.file);
      return fileValue(given, name, scope);
    }
    const { value, mistake } = textValue(given, declaration, scope);
    if (mistake === undefined) return value;
    const { name: location } = declaration;
    const message = `${given.by} sets the variable ${name} to ${JSON.stringify(given.text)}: ${mistake}`;
    const error = { code: "invalid-variable", message, path: location.path, location } as const;
    this.diagnostics.addErrors([error]);
    return value;
  }

  #decidedValue(name: string, given: Evaluated | undefined): Evaluated | undefined {
    const { decideVariable } = this.#options;
    if (decideVariable === undefined) return given;
    const otherwise = this.#module.variables.get(name)?.arguments.get("default");
    const ownDefault = otherwise && fileValue(otherwise, name, this.#scopeOfConstants());
    return decideVariable(name, given, ownDefault);
  }

  #scopeOfConstants(): Scope {
    const { directory } = this.#module;
    return new Scope({
      context: this,
      namespaces: withoutNames({ path: "", directory }, "among variable values"),
      file: new SourceFile(directory, ""),
      step: "variable-value",
      bindings: [],
      isGuarded: false,
    });
  }

  addInstance({ module }: ModuleInstance): void {
    // What stands for a module that is not installed is no file of anybody's.
    if (this.#modules.has(module) || module.files[0] instanceof CatalogueFile) return;
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

  findInstance(type: string, attribute: string, value: Evaluated): string | undefined {
    const addresses = [...this.#blocks.values()]
      .filter(({ managedType }) => managedType === type)
      .flatMap((block) =>
        block.allSuffixes().flatMap((suffix) => {
          const own = block.attribute?.(suffix, attribute, value.origin);
          return own !== undefined && willBeSame(own, value) ? [`${block.address}${suffix}`] : [];
        }),
      );
    const [only, ...others] = addresses;
    return others.length === 0 ? only : undefined;
  }

  elementOf(address: string, key: string | number, use: Origin): Evaluated {
    return this.#blocks.get(address)?.elementOf(key, use) ?? notThere(address, use);
  }
}

function willBeSame(left: Evaluated, right: Evaluated): boolean {
  if (left.state === "known") return right.state === "known" && left.value === right.value;
  if (left.state !== "unknown" || right.state !== "unknown") return false;
  const identity = identityOf(left);
  return identity !== undefined && identity === identityOf(right);
}

/** A link to nothing, which evaluating never makes. */
function notThere(address: string, use: Origin): Evaluated {
  return unknown({ kind: "not-available", what: address }, use);
}
