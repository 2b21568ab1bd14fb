import type { Skipped } from "../../findings/skipped.js";
import type { FileSystem } from "../../source/file-system.js";
import type { Evaluated } from "../../values/evaluated.js";
import type { Scenarios } from "../../values/scenarios.js";
import type { ModuleLoader } from "./module-configuration.js";

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
  /** What tfvars give a variable of the root module. */
  variableValue(name: string): Evaluated | undefined;
  /** Notes something that was not looked at; the same thing counts once. */
  skip(skipped: Skipped): void;
}
