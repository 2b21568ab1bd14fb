import type { LoadModuleCatalogue } from "../../data/module-catalogue.js";
import type { Location } from "../../source/text-range.js";
import { type Evaluated, type EvaluatedEntry, unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { and, type Ternary } from "../../values/ternary.js";
import type { UnknownReason } from "../../values/value.js";
import type { Resource } from "../resource.js";
import { findInCatalogue } from "./catalogue.js";
import { type CatalogueModule, loadCatalogueModule, unknownInput } from "./catalogue-module.js";
import { typeOfExpression } from "./expression-type.js";
import { unknownType, type ValueType } from "./functions/value-type.js";
import { lazily } from "./lazy-entry.js";
import { lazyEntry } from "../../values/lazy-entry.js";
import { allInstances, linkTo } from "./links.js";
import { type Declaration, locate, type Module } from "./module.js";
import type { ModuleLoader } from "./load-module.js";
import { localDirectory } from "./module-source.js";
import { parseRemoteSource } from "./remote-source.js";
import { type FindProvider, passedProviders } from "./providers.js";
import { plainText } from "./read-declarations.js";
import { joinReleases } from "./releases.js";
import { anyInstance, type InstanceSuffix, Repetition } from "./repetition.js";
import { repeatedValue } from "./repeated-value.js";
import type { ReferencedBlock, Scope } from "./scope.js";

/**
 * What Terraform reads itself in a module block.
 * https://developer.hashicorp.com/terraform/language/modules/syntax#meta-arguments
 */
const metaArguments: ReadonlySet<string> = new Set([
  "source",
  "version",
  "providers",
  "count",
  "for_each",
  "depends_on",
]);

/** What a call needs to know of the module instance it stands in. */
export interface Caller {
  readonly scope: Scope;
  /** The names of the calls that lead there. */
  readonly callPath: readonly string[];
  /** The directories of the modules that lead there, its own included. */
  readonly directories: readonly string[];
  /** The headers of the calls that lead there. */
  readonly calls: readonly Location[];
  exists(): Ternary;
  readonly provider: FindProvider;
  loadModule(directory: string): Module | undefined;
  installedDirectory(callPath: readonly string[]): string | undefined;
  readonly loadCatalogue: LoadModuleCatalogue | undefined;
}

/** What an instance of the called module is made of. */
export interface CalledInstanceParts {
  readonly module: Module;
  readonly path: string;
  readonly callPath: readonly string[];
  readonly directories: readonly string[];
  /** The headers of the calls that lead there, its own last. */
  readonly calls: readonly Location[];
  /** The argument that the call passes for a variable; undefined if it passes none. */
  readonly argument: (name: string) => Evaluated | undefined;
  /** The type of what it passes; undefined if it passes none. Absent for the root module. */
  readonly argumentType?: (name: string) => ValueType | undefined;
  readonly exists: () => Ternary;
  /** What the caller hands on; absent for the root module. */
  readonly provider?: FindProvider;
  /** Reads the modules it calls by relative paths, where those are not on disk. */
  readonly loader?: ModuleLoader;
  /** Of the root module: what becomes of its variables' defaults. */
  readonly defaults?: VariableDefaults;
}

/** What becomes of the defaults of a root module's variables. */
export interface VariableDefaults {
  /** The variables whose default somebody has read. */
  readonly read: Set<string>;
  /** The variable whose default does not count, so that it is open. */
  readonly open: string | undefined;
}

/** An instance of the called module as the call needs it. */
export interface CalledInstance {
  readonly module: Module;
  /** The value of one of the module's outputs. */
  output(declaration: Declaration): Evaluated;
  /** The type of one of the module's outputs. */
  outputType(name: string): ValueType;
  /** What it makes, by types if they are given. */
  resources(types: ReadonlySet<string> | undefined): readonly Resource[];
}

/** A `module` block of one module instance, with all instances it makes. */
export class ModuleCall<Instance extends CalledInstance> implements ReferencedBlock {
  /** Without instance key: `module.web`. */
  readonly address: string;
  readonly #declaration: Declaration;
  readonly #caller: Caller;
  readonly #create: (parts: CalledInstanceParts) => Instance;
  readonly #repetition: Repetition;
  readonly #callPath: readonly string[];
  readonly #instances = new Map<string, Instance>();
  #target: Target | undefined;

  constructor(
    declaration: Declaration,
    caller: Caller,
    create: (parts: CalledInstanceParts) => Instance,
  ) {
    const [name = ""] = declaration.labels;
    const { path } = caller.scope.namespaces;
    this.address = path === "" ? `module.${name}` : `${path}.module.${name}`;
    this.#declaration = declaration;
    this.#caller = caller;
    this.#create = create;
    this.#repetition = new Repetition(declaration, this.address, caller.scope);
    this.#callPath = [...caller.callPath, name];
    caller.scope.context.addBlock(this);
  }

  /** What its instances make in one scenario or another; nothing where the module is not there. */
  resources(types: ReadonlySet<string> | undefined): readonly Resource[] {
    const suffixes = this.#repetition.allSuffixes();
    const target = suffixes.length === 0 ? undefined : this.#find();
    if (target === undefined) return [];
    if ("module" in target) {
      return suffixes.flatMap((suffix) => this.#instance(suffix, target).resources(types));
    }
    const { releases } = target;
    if (releases === undefined) return [];
    return suffixes.flatMap((suffix) =>
      joinReleases(
        releases.map((release) => ({
          versions: release.versions,
          resources: this.#instance(suffix, release).resources(types),
        })),
        this.address,
      ),
    );
  }

  /** What `module.web` stands for: an object of its outputs, or a list or map of such. */
  reference(use: Origin): Evaluated {
    const target = this.#find();
    if (!("module" in target)) return unknown(target.reason, use);
    return repeatedValue(
      this.#repetition.current(),
      (suffix) => outputsOf(this.#instance(suffix, target), use),
      () => linkTo(this.address, allInstances, use),
      use,
    );
  }

  /** The type of an output, where there is one instance without count and for_each. */
  outputType(name: string): ValueType {
    const target = this.#find();
    const isSingle = this.#repetition.current().kind === "single";
    if (!isSingle || !("module" in target)) return unknownType;
    return this.#instance("", target).outputType(name);
  }

  allSuffixes(): readonly InstanceSuffix[] {
    return this.#repetition.allSuffixes();
  }

  /** The instance of that key where it cannot be known which there are. */
  elementOf(key: string | number, use: Origin): Evaluated {
    const target = this.#find();
    if (!("module" in target)) return unknown(target.reason, use);
    const suffix = `[${JSON.stringify(key)}]`;
    const isThere = this.#repetition.allSuffixes().includes(suffix);
    return outputsOf(this.#instance(isThere ? suffix : anyInstance, target), use);
  }

  /** One of its instances; undefined where it has none or the module is not there. */
  anyInstance(): Instance | undefined {
    const [suffix] = this.#repetition.allSuffixes();
    const target = suffix === undefined ? undefined : this.#find();
    if (suffix === undefined || target === undefined || !("module" in target)) return undefined;
    return this.#instance(suffix, target);
  }

  #instance(suffix: InstanceSuffix, target: FoundModule | CatalogueModule): Instance {
    const { module } = target;
    const key = "versions" in target ? `${suffix} ${target.versions}` : suffix;
    let instance = this.#instances.get(key);
    if (instance === undefined) {
      const { directories, calls } = this.#caller;
      instance = this.#create({
        module,
        path: `${this.address}${suffix}`,
        callPath: this.#callPath,
        directories: [...directories, module.directory],
        calls: [...calls, this.#declaration.header],
        argument: this.#arguments(suffix, target),
        argumentType: (name) => this.#argumentType(name, suffix),
        ...("loader" in target ? { loader: target.loader } : {}),
        exists: () => and(this.#caller.exists(), this.#repetition.exists(suffix)),
        provider: passedProviders(
          this.#declaration.arguments.get("providers"),
          this.#caller.provider,
          `${this.address}${suffix}`,
          { location: this.#declaration.header, step: "written" },
        ),
      });
      this.#instances.set(key, instance);
    }
    return instance;
  }

  #arguments(
    suffix: InstanceSuffix,
    target: FoundModule | CatalogueModule,
  ): (name: string) => Evaluated | undefined {
    const scope = this.#caller.scope.bind(...this.#repetition.bindings(suffix));
    const read = new Map<string, () => Evaluated>();
    for (const [name, { value, file, name: written }] of this.#declaration.arguments) {
      if (metaArguments.has(name)) continue;
      const inFile = scope.at({ file, step: "module-argument", name });
      const place = locate(file, written.range);
      read.set(
        name,
        lazily(() => inFile.valueOf(value), place, `argument ${name}`, scope.context),
      );
    }
    if ("versions" in target) {
      const what = `what version ${target.versions} of ${this.address} does by itself`;
      const { header } = this.#declaration;
      const elsewhere = unknown(
        { kind: "not-available", what },
        { location: header, step: "written" },
      );
      read.set(unknownInput, () => elsewhere);
    }
    return (name) => read.get(name)?.();
  }

  #argumentType(name: string, suffix: InstanceSuffix): ValueType | undefined {
    const argument = this.#declaration.arguments.get(name);
    if (argument === undefined || metaArguments.has(name)) return undefined;
    const { file, value } = argument;
    const scope = this.#caller.scope.bind(...this.#repetition.bindings(suffix));
    return typeOfExpression(value, scope.at({ file, step: "module-argument", name }));
  }

  #find(): Target {
    this.#target ??= this.#findOnce();
    return this.#target;
  }

  /**
   * A relative path leads to a directory; for anything else, as for a source that is composed of variables
   * (OpenTofu), `init` has written down where it was put.
   * https://developer.hashicorp.com/terraform/language/modules/sources
   */
  #findOnce(): Target {
    const source = this.#declaration.arguments.get("source");
    const text = source === undefined ? undefined : plainText(source.value);
    const name = this.#callPath.join(".");
    const place =
      source === undefined ? this.#declaration.header : locate(source.file, source.value.range);
    const { diagnostics } = this.#caller.scope.context;
    const installed = this.#caller.installedDirectory(this.#callPath);
    if (text === undefined && installed === undefined) {
      const message = `module ${name}, whose source is not a plain string`;
      diagnostics.skip("not-supported", place, message);
      return { reason: { kind: "not-supported", what: message } };
    }
    const local =
      text === undefined
        ? undefined
        : localDirectory(text, this.#caller.scope.namespaces.directory);
    const directory = local ?? installed;
    if (directory !== undefined && this.#caller.directories.includes(directory)) {
      const clause = `module ${name} calls itself`;
      diagnostics.skip("recursive-module", place, clause);
      return { reason: { kind: "cyclic", clause } };
    }
    const module = directory === undefined ? undefined : this.#caller.loadModule(directory);
    if (module !== undefined) return { module };
    const known =
      text !== undefined && local === undefined ? this.#findInCatalogue(text) : undefined;
    const what = text === undefined ? `module ${name}` : `module ${name} (${text})`;
    const reason = { kind: "not-available", what } as const;
    if (known !== undefined && "releases" in known) return { ...known, reason };
    const message =
      local !== undefined
        ? `module ${name}: there are no Terraform files in ${text}`
        : `${what}, ${known?.unknown ?? "which is not installed"}; run \`terraform init\``;
    diagnostics.skip("module-not-available", place, message);
    return { reason };
  }

  /** What is known of a public module that is not installed. */
  #findInCatalogue(
    text: string,
  ): { readonly releases: readonly CatalogueModule[] } | { readonly unknown: string } | undefined {
    const source = parseRemoteSource(text);
    const version = this.#declaration.arguments.get("version");
    const constraint = version === undefined ? undefined : plainText(version.value);
    const { loadCatalogue } = this.#caller;
    if (source === undefined || loadCatalogue === undefined) return undefined;
    if (version !== undefined && constraint === undefined) return undefined;
    const inputs = [...this.#declaration.arguments.keys()].filter(
      (name) => !metaArguments.has(name),
    );
    const answer = findInCatalogue({ source, version: constraint, inputs }, loadCatalogue());
    if (answer === undefined || "unknown" in answer) return answer;
    const { header } = this.#declaration;
    const releases = answer.matches.map((match) =>
      loadCatalogueModule(match, `catalogue:/${this.address}/${match.versions}`, header),
    );
    return { releases };
  }
}

interface FoundModule {
  readonly module: Module;
}

/** The module that a call names, or why it is not there; of public ones what is known of releases. */
type Target =
  FoundModule | { readonly reason: UnknownReason; readonly releases?: readonly CatalogueModule[] };

function outputsOf(instance: CalledInstance, use: Origin): Evaluated {
  const entries = new Map<string, EvaluatedEntry>();
  for (const [name, output] of instance.module.outputs) {
    entries.set(
      name,
      lazyEntry(output.name, () => instance.output(output)),
    );
  }
  return { state: "map", entries, origin: use };
}
