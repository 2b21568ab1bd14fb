import { relative } from "pathe";
import type { LoadModuleCatalogue } from "../../data/module-catalogue.js";
import { SourceFile } from "../../source/source-file.js";
import { type Evaluated, unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import type { Location } from "../../source/text-range.js";
import type { Ternary } from "../../values/ternary.js";
import { known } from "../../values/value.js";
import type { Resource } from "../resource.js";
import { DeclaredTypes } from "./declared-types.js";
import { type DependencyScope, waitsFor } from "./dependencies.js";
import { failure, success } from "./functions/function-result.js";
import type { FunctionResult } from "./functions/terraform-function.js";
import { certainTypeOf, unknownType, type ValueType } from "./functions/value-type.js";
import { readVariable } from "./input-variable.js";
import { lazily } from "./lazy-entry.js";
import { type Argument, type Declaration, locate, type Module } from "./module.js";
import { type CalledInstanceParts, ModuleCall } from "./module-call.js";
import { ownProvider, type ProviderConfiguration, unwrittenProvider } from "./providers.js";
import { ResourceBlock } from "./resource-block.js";
import { type EvaluationContext, type Namespaces, Scope } from "./scope.js";
import { anyType } from "./type-constraint.js";

/** What all module instances of one deployment share. */
export interface DeploymentParts extends EvaluationContext {
  /** Called once for each module instance. */
  addInstance(instance: ModuleInstance): void;
  loadModule(directory: string): Module | undefined;
  installedDirectory(callPath: readonly string[]): string | undefined;
  /** Fetches what is known of public modules that are not installed. */
  readonly loadCatalogue: LoadModuleCatalogue | undefined;
}

/**
 * A module with the values of its variables: the root module, or one instance of a call. Everything
 * in it is evaluated when it is asked for.
 */
export class ModuleInstance implements Namespaces, DependencyScope {
  readonly module: Module;
  readonly path: string;
  readonly calledBy?: NonNullable<DependencyScope["calledBy"]>;
  readonly #parts: CalledInstanceParts;
  readonly #deployment: DeploymentParts;
  readonly #scope: Scope;
  readonly #types: DeclaredTypes;
  readonly #values = new Map<string, () => Evaluated>();
  readonly #resources = new Map<string, ResourceBlock>();
  readonly #calls = new Map<string, ModuleCall<ModuleInstance>>();

  /** `calledBy` is absent for the root module. */
  constructor(
    parts: CalledInstanceParts,
    deployment: DeploymentParts,
    calledBy?: DependencyScope["calledBy"],
  ) {
    this.module = parts.module;
    if (calledBy !== undefined) this.calledBy = calledBy;
    this.path = parts.path;
    this.#parts = parts;
    this.#deployment = deployment;
    const [file] = parts.module.files;
    this.#scope = new Scope({
      context: deployment,
      namespaces: this,
      file: file ?? new SourceFile(parts.module.directory, ""),
      step: "written",
      bindings: [],
      isGuarded: false,
    });
    this.#types = new DeclaredTypes({
      module: parts.module,
      scope: this.#scope,
      argumentType: (name) => this.#argumentType(name),
      outputType: (call, name) => {
        const declaration = this.module.moduleCalls.get(call);
        return declaration === undefined ? unknownType : this.#callOf(declaration).outputType(name);
      },
    });
    deployment.addInstance(this);
  }

  get directory(): string {
    return this.module.directory;
  }

  /** Whether the instance is there in the scenario of the moment. */
  exists(): Ternary {
    return this.#parts.exists();
  }

  /** The managed resources of this instance and of those it calls, in one scenario or another. */
  resources(types: ReadonlySet<string> | undefined): readonly Resource[] {
    const own = this.module.managedResources
      .filter(({ labels: [type = ""] }) => types?.has(type) ?? true)
      .flatMap((declaration) =>
        this.#resourceOf(declaration)
          .resources()
          .map((resource) => ({
            ...resource,
            calls: this.#parts.calls,
            waitsFor: (address: string) => waitsFor(declaration, this, address),
          })),
      );
    const called = [...this.module.moduleCalls.values()].flatMap((declaration) =>
      this.#callOf(declaration).resources(types),
    );
    return [...own, ...called];
  }

  called(name: string): ModuleInstance | undefined {
    const declaration = this.module.moduleCalls.get(name);
    return declaration === undefined ? undefined : this.#callOf(declaration).anyInstance();
  }

  /** The provider configuration that the module knows by that name. */
  provider(localName: string): ProviderConfiguration {
    const own = this.module.providers.get(localName);
    if (own !== undefined) return ownProvider(localName, own, this.#scope, this.path);
    const place: Origin = {
      location: this.#scope.file.location({ start: 0, end: 0 }),
      step: "written",
    };
    return this.#parts.provider?.(localName) ?? unwrittenProvider(localName, place);
  }

  output({ labels: [name = ""], arguments: own, name: place }: Declaration): Evaluated {
    return this.#remember(`output.${name}`, place, () => {
      const value = own.get("value");
      const label = `${this.path}.${name}`;
      if (value !== undefined) return this.#evaluate(value, "module-output", label);
      const origin: Origin = { location: place, step: "module-output", name: label };
      return unknown({ kind: "invalid" }, origin);
    });
  }

  outputType(name: string): ValueType {
    return this.#types.ownOutput(name);
  }

  typeOf(root: string, name: string): ValueType {
    return this.#types.typeOf(root, name);
  }

  typeOfOutput(call: string, name: string): ValueType {
    return this.#types.typeOfOutput(call, name);
  }

  attribute(root: string, name: string, use: Origin): FunctionResult {
    switch (root) {
      case "var":
        return this.#variable(name, use);
      case "local":
        return this.#local(name, use);
      case "module": {
        const declaration = this.module.moduleCalls.get(name);
        if (declaration === undefined) return this.#undeclared(`module.${name}`, use);
        return success(this.#callOf(declaration).reference(use));
      }
      case "path":
        return this.#path(name, use);
      case "terraform":
        return success(this.#open(`terraform.${name}`, use));
      case "ephemeral": {
        const expression = `ephemeral.${name}`;
        return success(unknown({ kind: "decided-at-deployment", expression }, use));
      }
      case "each":
      case "count":
      case "self":
        return { ...failure(`there is no ${root} here`), isStatic: true };
      default:
        return this.#resource(`${root}.${name}`, use);
    }
  }

  dataSource(type: string, name: string, use: Origin): FunctionResult {
    return this.#resource(`data.${type}.${name}`, use);
  }

  #variable(name: string, use: Origin): FunctionResult {
    const declaration = this.module.variables.get(name);
    if (declaration === undefined) return this.#undeclared(`var.${name}`, use);
    return success(
      this.#remember(`var.${name}`, declaration.name, () => {
        const { argument, defaults } = this.#parts;
        const given = argument(name);
        if (given === undefined) defaults?.read.add(name);
        return readVariable(declaration, given, this.#scope, defaults?.open === name);
      }),
    );
  }

  /** Another default of an untyped variable may have another type. */
  #argumentType(name: string): ValueType | undefined {
    const { argument, argumentType, defaults } = this.#parts;
    if (defaults?.open === name) return unknownType;
    if (argumentType !== undefined) return argumentType(name);
    const given = argument(name);
    return given === undefined ? undefined : certainTypeOf(given);
  }

  #local(name: string, use: Origin): FunctionResult {
    const label = `local.${name}`;
    const argument = this.module.locals.get(name);
    if (argument === undefined) return this.#undeclared(label, use);
    const place = locate(argument.file, argument.name.range);
    return success(this.#remember(label, place, () => this.#evaluate(argument, "local", label)));
  }

  #evaluate({ value, file }: Argument, step: "local" | "module-output", name: string): Evaluated {
    return this.#scope.at({ file, step, name }).valueOf(value);
  }

  #resource(name: string, use: Origin): FunctionResult {
    const declaration = this.module.resources.get(name);
    if (declaration === undefined) return this.#undeclared(name, use);
    return success(this.#resourceOf(declaration).reference(use));
  }

  /** Paths are relative to the root module, as Terraform has them when it runs there. */
  #path(name: string, use: Origin): FunctionResult {
    const { rootDirectory } = this.#deployment;
    switch (name) {
      case "module":
        return success(known(relative(rootDirectory, this.directory) || ".", use));
      case "root":
        return success(known(".", use));
      case "cwd":
        return success(this.#open("path.cwd", use));
      default:
        return failure(`there is no path.${name}`);
    }
  }

  /** Something that is one value for the whole deployment and that only whoever deploys knows. */
  #open(expression: string, use: Origin): Evaluated {
    const reason = { kind: "decided-at-deployment", expression } as const;
    return this.#deployment.openValues.read(
      {
        key: expression,
        label: expression,
        reason,
        type: anyType,
        isNullable: false,
        mayBeMissing: false,
      },
      use,
    );
  }

  /** What is declared nowhere is an error, unless it may stand in a file that could not be read. */
  #undeclared(name: string, use: Origin): FunctionResult {
    if (!this.module.isIncomplete) {
      return { ...failure(`${name} is not declared`), isStatic: true };
    }
    return success(unknown({ kind: "not-available", what: name }, use));
  }

  #resourceOf(declaration: Declaration): ResourceBlock {
    const kind = declaration.type === "data" ? ["data"] : [];
    const prefix = this.path === "" ? [] : [this.path];
    const address = [...prefix, ...kind, ...declaration.labels].join(".");
    let block = this.#resources.get(address);
    if (block?.declaration !== declaration) {
      block = new ResourceBlock(
        declaration,
        address,
        this.#scope,
        () => this.exists(),
        (name) => this.provider(name),
      );
      if (!this.#resources.has(address)) this.#resources.set(address, block);
    }
    return block;
  }

  #callOf(declaration: Declaration): ModuleCall<ModuleInstance> {
    const [name = ""] = declaration.labels;
    let call = this.#calls.get(name);
    if (call === undefined) {
      const { callPath, directories, calls, loader } = this.#parts;
      const caller = {
        scope: this.#scope,
        callPath,
        directories,
        calls,
        exists: () => this.exists(),
        provider: (localName: string) => this.provider(localName),
        loadModule: (directory: string) =>
          loader === undefined ? this.#deployment.loadModule(directory) : loader.load(directory),
        loadCatalogue: this.#deployment.loadCatalogue,
        installedDirectory: (path: readonly string[]) => this.#deployment.installedDirectory(path),
      };
      call = new ModuleCall(declaration, caller, (parts) => {
        const own = parts.loader ?? loader;
        const inherited = own === undefined ? parts : { ...parts, loader: own };
        const calledBy = { scope: this, call: declaration };
        return new ModuleInstance(inherited, this.#deployment, calledBy);
      });
      this.#calls.set(name, call);
    }
    return call;
  }

  #remember(name: string, place: Location, compute: () => Evaluated): Evaluated {
    let read = this.#values.get(name);
    if (read === undefined) {
      const label = this.path === "" ? name : `${this.path}.${name}`;
      read = lazily(compute, place, label, this.#deployment);
      this.#values.set(name, read);
    }
    return read();
  }
}
