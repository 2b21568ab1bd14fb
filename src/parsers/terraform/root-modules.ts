import { join } from "pathe";
import type { FileSystem } from "../../source/file-system.js";
import { isModuleFile, type ModuleLoader } from "./module-configuration.js";
import { literalOf } from "./variable.js";

/** Directories below which modules are called only to show or to test them. */
const showcase = /(?:^|\/)(?:examples?|tests?|fixtures?)(?:\/|$)/;

/** Directories in which nobody keeps root modules of their own. */
const neverWalked: ReadonlySet<string> = new Set([".git", "node_modules", ".terraform"]);

/**
 * The root modules through which the given directories are judged: those that call them, directly or
 * not, anywhere in the tree, and the directories themselves where nobody else calls them, or only
 * examples and tests do. Sorted.
 */
export function rootModulesOf(
  directories: readonly string[],
  loader: ModuleLoader,
  fileSystem: FileSystem,
  treeDirectory: string,
): readonly string[] {
  // A module without variables is the same whoever calls it, so that its callers need not be found.
  const hasVariables = directories.some(
    (directory) => (loader.load(directory)?.variables.size ?? 0) > 0,
  );
  if (!hasVariables)
    return directories.filter((directory) => loader.load(directory) !== undefined).sort();
  const callers = callersIn(moduleDirectories(fileSystem, treeDirectory), loader);
  const roots = new Set<string>();
  const seen = new Set<string>();
  const visit = (directory: string): void => {
    if (seen.has(directory)) return;
    seen.add(directory);
    const calledBy = callers.get(directory) ?? [];
    const isShown = calledBy.every((caller) => showcase.test(caller.slice(treeDirectory.length)));
    if (isShown) roots.add(directory);
    for (const caller of calledBy) visit(caller);
  };
  for (const directory of directories) visit(directory);
  return [...roots].sort();
}

function moduleDirectories(fileSystem: FileSystem, directory: string): readonly string[] {
  const entries = fileSystem.list(directory);
  const below = entries
    .filter(({ kind, name }) => kind === "directory" && !neverWalked.has(name))
    .flatMap(({ name }) => moduleDirectories(fileSystem, join(directory, name)));
  const isModule = entries.some(({ kind, name }) => kind === "file" && isModuleFile(name));
  return isModule ? [directory, ...below] : below;
}

/** Who calls which directory by a relative path. */
function callersIn(
  directories: readonly string[],
  loader: ModuleLoader,
): ReadonlyMap<string, readonly string[]> {
  const callers = new Map<string, string[]>();
  for (const directory of directories) {
    for (const call of loader.load(directory)?.moduleCalls.values() ?? []) {
      const source = call.attributes.get("source")?.node.value;
      const text = source === undefined ? undefined : literalOf(source);
      if (typeof text !== "string" || !text.startsWith(".")) continue;
      const called = join(directory, text);
      const known = callers.get(called);
      if (known === undefined) callers.set(called, [directory]);
      else known.push(directory);
    }
  }
  return callers;
}
