import { join } from "pathe";
import { reachedUpwards } from "../call-graph.js";
import type { ModuleLoader } from "./load-module.js";
import { isTerraformFile } from "./module-files.js";
import { findTerraformDirectories } from "./terraform-directories.js";

/** Directories in which nobody keeps root modules of their own. */
const neverWalked: ReadonlySet<string> = new Set([".git", "node_modules", ".terraform"]);

/** How given directories are judged, each list sorted. */
export interface JudgedModules {
  /** Those in the tree that call them, directly or not, and those of them that are root modules. */
  readonly roots: readonly string[];
  /** Those of them that are judged through their callers alone. */
  readonly called: readonly string[];
}

/** Finds the root modules through which the given directories are judged. */
export function findJudgedModules(
  directories: readonly string[],
  loader: ModuleLoader,
  treeDirectory: string,
): JudgedModules {
  const modules = directories.filter((directory) => loader.load(directory) !== undefined);
  // A module without variables is the same whoever calls it, so that its callers need not be found.
  const isSameForAll = modules.every((directory) => loader.load(directory)?.variables.size === 0);
  const all = new Set(
    isSameForAll ? modules : [...modules, ...moduleDirectories(treeDirectory, loader)],
  );
  const { roots, callers } = findTerraformDirectories([...all], loader, treeDirectory);
  const isRoot = new Set(roots);
  const reached = reachedUpwards(modules, callers);
  return {
    roots: [...reached].filter((directory) => isRoot.has(directory)).sort(),
    called: modules.filter((directory) => !isRoot.has(directory)).sort(),
  };
}

function moduleDirectories(treeDirectory: string, { files }: ModuleLoader): readonly string[] {
  const found: string[] = [];
  const pending = [treeDirectory];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const directory = next;
    const entries = files.list(directory);
    if (entries.some(({ kind, name }) => kind === "file" && isTerraformFile(name))) {
      found.push(directory);
    }
    for (const { kind, name } of entries) {
      if (kind === "directory" && !neverWalked.has(name)) pending.push(join(directory, name));
    }
  }
  return found;
}
