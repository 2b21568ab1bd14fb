import type { Skipped } from "../../findings/skipped.js";
import type { FileSystem } from "../../source/file-system.js";
import type { Evaluated } from "../../values/evaluated.js";
import type { Scenarios } from "../../values/scenarios.js";
import type { Ternary } from "../../values/ternary.js";
import type { Resource } from "../resource.js";
import type { DeclaredBlock } from "./declared-block.js";
import type { Expansion, Instance } from "./expansion.js";
import type { ExpressionContext } from "./expression-context.js";
import type { ModuleConfiguration, ModuleLoader } from "./module-configuration.js";

/** A module instance as its resources and module calls see it. */
export interface ModuleScope {
  readonly configuration: ModuleConfiguration;
  readonly root: RootContext;
  /** What stands before the addresses of what it declares: `module.web[0].`; empty for the root module. */
  readonly prefix: string;
  /** The names of the calls that lead here. */
  readonly callPath: readonly string[];
  /** Whether this instance is there in the scenario of the moment. */
  exists(): Ternary;
  /** Whether it is of that directory, or called from there, however far up. */
  isWithin(directory: string): boolean;
  /** Shows itself and every module instance below it, with the resources each declares. */
  walk(visit: (module: ModuleScope, resources: readonly Resource[]) => void): void;
  /** The value of an output; undefined if there is none of that name. */
  output(name: string): Evaluated | undefined;
  /** The instances of one of its blocks in the scenario of the moment, computed once. */
  expansionOf(block: DeclaredBlock): () => Expansion;
  /** What expressions in one of its files are evaluated in. */
  contextOf(path: string, names?: ReadonlyMap<string, Evaluated>): ExpressionContext;
}

/** The call that makes a module instance, as that instance sees it. */
export interface ModuleCaller {
  readonly name: string;
  readonly parent: ModuleScope;
  readonly instance: Instance;
  /** Whether the instance is made in the scenario of the moment. */
  exists(): Ternary;
  /** What is passed for a variable; undefined if nothing is. */
  argument(name: string): Evaluated | undefined;
}

/** What all module instances of one deployment share. Directories are absolute. */
export interface RootContext {
  readonly scenarios: Scenarios;
  readonly fileSystem: FileSystem;
  readonly loader: ModuleLoader;
  readonly rootDirectory: string;
  /** The tree that file functions may read. */
  readonly treeDirectory: string;
  /** Directories of installed modules by their address in calls: `web.inner`. */
  readonly installed: ReadonlyMap<string, string>;
  /** Makes an instance of a module for a call. */
  instantiate(configuration: ModuleConfiguration, caller: ModuleCaller): ModuleScope;
  /** What tfvars give a variable of the root module. */
  variableValue(name: string): Evaluated | undefined;
  /** Notes something that was not looked at; the same thing counts once. */
  skip(skipped: Skipped): void;
}
