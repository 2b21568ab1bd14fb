import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import ignore, { type Ignore } from "ignore";
import { dirname, join, relative, resolve } from "pathe";
import type { InputError } from "../findings/input-error.js";
import { gitTopLevel } from "./git-top-level.js";

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

/**
 * Finds the files that paths, directories and globs stand for. Directories are walked in order of
 * names; what their `.gitignore` files (and those above them up to the git top level) exclude is
 * left out, but a file named itself is always taken, and so is a directory such as `cdk.out`.
 */
export async function discoverFiles(
  paths: readonly string[],
  workingDirectory: string,
): Promise<DiscoveredFiles> {
  const files = new Set<string>();
  const named = new Set<string>();
  const errors: InputError[] = [];
  for (const path of paths) {
    const absolute = resolve(workingDirectory, path);
    if (path === "") {
      errors.push({ code: "not-found", message: "an empty path names nothing", path: absolute });
      continue;
    }
    const stats = targetOf(absolute);
    if (stats?.isDirectory() === true) {
      const above = rulesAbove(absolute);
      walk(absolute, isIgnored(`${absolute}/`, above) ? undefined : above, files, errors);
    } else if (stats?.isFile() === true) {
      named.add(absolute);
    } else if (stats !== undefined) {
      errors.push({ code: "not-a-file", message: "this is no file", path: absolute });
    } else if (/[*?[{!(]/.test(path)) {
      // Shells expand most globs, so few runs need to load what expands them.
      const { glob } = await import("tinyglobby");
      const options = { cwd: workingDirectory, absolute: true, dot: true };
      const matches = await glob(path.replaceAll("\\", "/"), options);
      for (const match of matches) {
        if (!isLeftOut(match, workingDirectory)) files.add(match);
      }
      if (matches.length === 0) errors.push(nothingThere(path, absolute, "no file matches"));
    } else {
      errors.push(nothingThere(path, absolute, "there is no file or directory"));
    }
  }
  for (const path of named) files.add(path);
  return { files: [...files].sort(), named, errors };
}

function nothingThere(path: string, absolute: string, what: string): InputError {
  return { code: "not-found", message: `${what} ${path}`, path: absolute };
}

/** The ignore rules of one directory, and those above it. */
interface IgnoreRules {
  readonly directory: string;
  readonly rules: Ignore;
  readonly above: IgnoreRules | undefined;
}

function walk(
  directory: string,
  above: IgnoreRules | undefined,
  files: Set<string>,
  errors: InputError[],
): void {
  if (/\.(?:ya?ml|json|tf|tofu)$/i.test(directory)) {
    const message = "this is a directory, although its name is that of a template";
    errors.push({ code: "not-a-file", message, path: directory });
  }
  const rules = rulesOf(directory, above);
  let entries;
  try {
    entries = readdirSync(directory, { withFileTypes: true });
  } catch {
    errors.push({ code: "unreadable", message: "the directory cannot be read", path: directory });
    return;
  }
  for (const entry of entries) {
    const path = `${directory === "/" ? "" : directory}/${entry.name}`;
    if (entry.isDirectory()) {
      if (neverWalked.has(entry.name) || isIgnored(`${path}/`, rules)) continue;
      walk(path, rules, files, errors);
    } else if (isFile(entry, path) && !isIgnored(path, rules)) {
      files.add(path);
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

/** Whether walking the working directory would have left out what a glob found. */
function isLeftOut(path: string, workingDirectory: string): boolean {
  const inside = relative(workingDirectory, path).split("/");
  if (inside.some((name) => neverWalked.has(name))) return true;
  const directory = dirname(path);
  return isIgnored(path, rulesOf(directory, rulesAbove(directory)));
}

function rulesAbove(directory: string): IgnoreRules | undefined {
  const top = gitTopLevel(directory);
  if (top === undefined || top === directory) return undefined;
  const parent = dirname(directory);
  return rulesOf(parent, parent === top ? undefined : rulesAbove(parent));
}

function rulesOf(directory: string, above: IgnoreRules | undefined): IgnoreRules | undefined {
  let text: string;
  try {
    text = readFileSync(join(directory, ".gitignore"), "utf8");
  } catch {
    return above;
  }
  return { directory, rules: ignore({ allowRelativePaths: false }).add(text), above };
}

/** As in git, the nearest file that mentions a path decides. A path that ends in a slash is a directory. */
function isIgnored(path: string, nearest: IgnoreRules | undefined): boolean {
  for (let level = nearest; level !== undefined; level = level.above) {
    const inside = relative(level.directory, path) + (path.endsWith("/") ? "/" : "");
    const { ignored, unignored } = level.rules.test(inside);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}
