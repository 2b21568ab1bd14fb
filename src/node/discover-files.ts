import { type Dirent, readdirSync, type Stats, statSync } from "node:fs";
import { dirname, relative, resolve } from "pathe";
import type { Configuration } from "../config/configuration.js";
import type { InputError } from "../findings/input-error.js";
import { type IgnoreLevel, ignoreLevelOf, isIgnored, levelWithin } from "./ignore-files.js";
import { TreeTops } from "./tree-tops.js";

/** Directories that hold other people's files or none to judge, whatever the ignore files say. */
const neverWalked: ReadonlySet<string> = new Set([".git", "node_modules", ".terraform"]);

/** What the paths on the command line stand for. */
export interface DiscoveredFiles {
  /** Absolute paths of every file found, whatever it holds, sorted. */
  readonly files: readonly string[];
  /** Those of them that were named themselves rather than found in a directory. */
  readonly named: ReadonlySet<string>;
  readonly errors: readonly InputError[];
}

/** How files are chosen. */
export interface DiscoverOptions {
  /** The configuration of the files in a directory, of which `names` are in it if they are known. */
  readonly configurationIn?: (
    directory: string,
    names?: ReadonlySet<string>,
  ) => Configuration | undefined;
  /** Whether ignore files and configurations count for what is named itself, too. */
  readonly forceExclude?: boolean;
}

/**
 * Finds the files that paths, directories and globs stand for. Directories are walked in order of
 * names; what configurations, `.imdslintignore` and `.gitignore` files (and those above them up to
 * the git top level) exclude is left out, but a file named itself is always taken, and so is a
 * directory such as `cdk.out`.
 */
export async function discoverFiles(
  paths: readonly string[],
  workingDirectory: string,
  options: DiscoverOptions = {},
): Promise<DiscoveredFiles> {
  const walker = new Walker(workingDirectory, options);
  const { files, errors } = walker;
  const named = new Set<string>();
  for (const path of paths) {
    const absolute = resolve(workingDirectory, path);
    if (path === "") {
      errors.push({ code: "not-found", message: "an empty path names nothing", path: absolute });
      continue;
    }
    const stats = targetOf(absolute);
    if (stats?.isDirectory() === true) {
      walker.walkNamed(absolute);
    } else if (stats?.isFile() === true) {
      if (!(options.forceExclude === true && walker.isLeftOut(absolute))) named.add(absolute);
    } else if (stats !== undefined) {
      errors.push({ code: "not-a-file", message: "this is no file", path: absolute });
    } else if (/[*?[{!(]/.test(path)) {
      // Shells expand most globs, so few runs need to load what expands them.
      const { glob } = await import("tinyglobby");
      const globOptions = { cwd: workingDirectory, absolute: true, dot: true };
      const matches = await glob(path.replaceAll("\\", "/"), globOptions);
      for (const match of matches) {
        if (!walker.isLeftOut(match)) files.add(match);
      }
      if (matches.length === 0) errors.push(nothingThere(path, absolute, "no file matches"));
    } else {
      errors.push(nothingThere(path, absolute, "there is no file or directory"));
    }
  }
  for (const path of named) files.add(path);
  return { files: [...files].sort(), named, errors };
}

/** Whether an absolute path is left out where a directory above it is walked. */
export function isLeftOut(
  path: string,
  workingDirectory: string,
  options: DiscoverOptions = {},
): boolean {
  const walker = new Walker(workingDirectory, options);
  return targetOf(path)?.isDirectory() === true
    ? walker.isDirectoryLeftOut(path)
    : walker.isLeftOut(path);
}

function nothingThere(path: string, absolute: string, what: string): InputError {
  return { code: "not-found", message: `${what} ${path}`, path: absolute };
}

/** Collects the files below directories. Paths are absolute. */
class Walker {
  readonly files = new Set<string>();
  readonly errors: InputError[] = [];
  readonly #workingDirectory: string;
  readonly #options: DiscoverOptions;
  readonly #tops: TreeTops;
  readonly #levels = new Map<string, IgnoreLevel | undefined>();
  /** A directory that was named although it is left out: what says so does not count within it. */
  #exempt: string | undefined;

  constructor(workingDirectory: string, options: DiscoverOptions) {
    this.#workingDirectory = workingDirectory;
    this.#options = options;
    this.#tops = new TreeTops(workingDirectory);
  }

  walkNamed(directory: string): void {
    const isLeftOut = this.isDirectoryLeftOut(directory);
    if (isLeftOut && this.#options.forceExclude === true) return;
    this.#exempt = isLeftOut ? directory : undefined;
    this.#walk(directory, isLeftOut ? undefined : this.#levelAbove(directory));
  }

  /** Whether walking the tree would leave out a file. */
  isLeftOut(path: string): boolean {
    const inside = relative(this.#workingDirectory, path).split("/");
    if (inside.some((name) => neverWalked.has(name))) return true;
    const directory = dirname(path);
    return (
      this.isDirectoryLeftOut(directory) ||
      isIgnored(path, this.#levelIn(directory), this.#options.configurationIn?.(directory))
    );
  }

  /** Whether walking the tree would not come to a directory. */
  isDirectoryLeftOut(directory: string): boolean {
    if (directory === this.#tops.of(directory)) return false;
    const parent = dirname(directory);
    return (
      this.isDirectoryLeftOut(parent) ||
      isIgnored(`${directory}/`, this.#levelIn(parent), this.#options.configurationIn?.(parent))
    );
  }

  #levelIn(directory: string): IgnoreLevel | undefined {
    if (this.#levels.has(directory)) return this.#levels.get(directory);
    const level = ignoreLevelOf(directory, this.#levelAbove(directory));
    this.#levels.set(directory, level);
    return level;
  }

  #levelAbove(directory: string): IgnoreLevel | undefined {
    if (directory === this.#tops.of(directory)) return undefined;
    const parent = dirname(directory);
    const configuration = this.#options.configurationIn?.(parent);
    return levelWithin(`${directory}/`, this.#levelIn(parent), configuration);
  }

  #walk(directory: string, above: IgnoreLevel | undefined): void {
    if (/\.(?:ya?ml|json|tf|tofu)$/i.test(directory)) {
      const message = "this is a directory, although its name is that of a template";
      this.errors.push({ code: "not-a-file", message, path: directory });
    }
    let entries: readonly Dirent[];
    try {
      entries = readdirSync(directory, { withFileTypes: true });
    } catch {
      const message = "the directory cannot be read";
      this.errors.push({ code: "unreadable", message, path: directory });
      return;
    }
    const names = new Set(entries.map(({ name }) => name));
    const level = ignoreLevelOf(directory, above, names);
    const found = this.#options.configurationIn?.(directory, names);
    const isAbove =
      this.#exempt !== undefined && found?.path.startsWith(`${this.#exempt}/`) === false;
    const configuration = isAbove ? undefined : found;
    for (const entry of entries) {
      const path = `${directory === "/" ? "" : directory}/${entry.name}`;
      if (entry.isDirectory()) {
        if (neverWalked.has(entry.name) || isIgnored(`${path}/`, level, configuration)) continue;
        this.#walk(path, levelWithin(`${path}/`, level, configuration));
      } else if (isFile(entry, path) && !isIgnored(path, level, configuration)) {
        this.files.add(path);
      }
    }
  }
}

/** Linked files are read like others; linked directories are not walked, since links can go round. */
function isFile(entry: { isFile(): boolean; isSymbolicLink(): boolean }, path: string): boolean {
  if (entry.isFile()) return true;
  return entry.isSymbolicLink() && targetOf(path)?.isFile() === true;
}

/** What a path leads to; undefined if there is nothing, or nothing that could be. */
function targetOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
