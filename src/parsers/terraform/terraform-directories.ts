import { rootsAmong } from "../call-graph.js";
import type { ModuleLoader } from "./load-module.js";
import { moduleFiles } from "./module-files.js";
import { localDirectory } from "./module-source.js";
import { plainText } from "./read-declarations.js";

/** How the Terraform directories of a tree hang together. Paths are absolute. */
export interface TerraformDirectories {
  /** The directories to evaluate as root modules, sorted. */
  readonly roots: readonly string[];
  /** By the directory that is called: those that call it by a relative path, sorted. */
  readonly callers: ReadonlyMap<string, readonly string[]>;
}

/**
 * Finds out which of the directories are root modules: those that nobody else calls by a relative
 * path, those that only examples and tests call, and one of each circle of modules that nobody calls
 * from outside. `treeDirectory` is what the names of directories are looked at below. Nothing is
 * evaluated, and only files that may hold a module call are parsed.
 */
export function findTerraformDirectories(
  directories: readonly string[],
  loader: ModuleLoader,
  treeDirectory = "",
): TerraformDirectories {
  const callers = findCallers(directories, loader);
  return { roots: rootsAmong(directories, callers, treeDirectory), callers };
}

function findCallers(
  directories: readonly string[],
  loader: ModuleLoader,
): ReadonlyMap<string, readonly string[]> {
  const callers = new Map<string, string[]>();
  for (const directory of [...new Set(directories)].sort()) {
    for (const called of new Set(calledFrom(directory, loader))) {
      if (called === directory) continue;
      const known = callers.get(called);
      if (known === undefined) callers.set(called, [directory]);
      else known.push(directory);
    }
  }
  return callers;
}

/** The directories that modules are called in by a relative path. */
function calledFrom(directory: string, { files }: ModuleLoader): readonly string[] {
  const { primary, overrides } = moduleFiles(files.list(directory));
  return [...primary, ...overrides].flatMap((name) => {
    const path = `${directory}/${name}`;
    const input = files.read(path);
    if ("error" in input || !/\bmodule\b[^\n]*\{|"module"/.test(input.text)) return [];
    const parsed = files.parse(path);
    if ("error" in parsed) return [];
    return parsed.body.blocks
      .filter(({ type }) => type.name === "module")
      .flatMap(({ body }) => body.attributes.find(({ name }) => name.name === "source") ?? [])
      .flatMap(({ value }) => localDirectory(plainText(value) ?? "", directory) ?? []);
  });
}
