import type { DirectoryEntry } from "../../../source/file-system.js";
import { convertToString } from "../conversion.js";
import { binary } from "./arity.js";
import { createSet } from "./create-set.js";
import { failure, success } from "./function-result.js";
import { compileGlob, hasWildcard } from "./glob.js";
import { madeString, notAvailable, notSupported } from "./made-value.js";
import { cleanPath, isAbsolutePath, relativePath } from "./paths.js";
import { tryPossibleValues } from "./possible-values.js";
import type { FunctionCallContext, FunctionResult } from "./terraform-function.js";
import { followLinks, isInTree, kindOfEntry } from "./tree-path.js";

/** A pattern that leads through more directories is not followed. */
const MOST_DIRECTORIES = 10_000;

/**
 * The files below a directory that a pattern names, relative to the directory.
 * https://developer.hashicorp.com/terraform/language/functions/fileset
 */
export const fileset = binary((directory, pattern, call) => {
  const [path, glob] = [convertToString(directory), convertToString(pattern)];
  if (!path.ok) return path;
  if (!glob.ok) return glob;
  if (path.value.state === "unset" || glob.value.state === "unset") {
    return failure("path and pattern must not be null");
  }
  // What `abspath` gave is unknown to all but the functions that look at files.
  const start =
    path.value.state === "unknown" && path.value.filePath !== undefined
      ? { state: "known" as const, value: path.value.filePath, origin: path.value.origin }
      : path.value;
  return tryPossibleValues([start, glob.value], call, (known) => {
    const [from = "", matching = ""] = known.map((value) =>
      value.state === "known" ? String(value.value) : "",
    );
    return listFiles(from, matching, call);
  });
});

function listFiles(directory: string, pattern: string, call: FunctionCallContext): FunctionResult {
  const fromRoot = (path: string): string =>
    isAbsolutePath(path) ? cleanPath(path) : cleanPath(`${call.rootDirectory}/${path}`);
  // Wildcards in the directory's own name are some, too; those in the root module's are not.
  const joined = cleanPath([directory, pattern].filter((part) => part !== "").join("/"));
  const parts = joined.split("/");
  const firstWildcard = parts.findIndex(hasWildcard);
  const literal = firstWildcard === -1 ? parts : parts.slice(0, firstWildcard);
  const start = fromRoot(literal.join("/") || (isAbsolutePath(joined) ? "/" : "."));
  if (followLinks(start, call) === undefined) return notAvailable(`files ${joined}`, call);
  const walk = new Walk(call);
  walk.follow(start, parts.slice(literal.length));
  if (walk.obstacle !== undefined) return notSupported(walk.obstacle, call);
  const names = walk.files.map((file) =>
    madeString(relativePath(fromRoot(directory), file), call.origin),
  );
  return success(createSet(names, call.origin));
}

/** Looks for files, part of the pattern by part. */
class Walk {
  readonly files: string[] = [];
  /** Why the search was given up. */
  obstacle: string | undefined;
  #directories = 0;
  readonly #call: FunctionCallContext;

  constructor(call: FunctionCallContext) {
    this.#call = call;
  }

  /** Adds what matches the parts of a pattern, from a path on. */
  follow(path: string, parts: readonly string[]): void {
    if (this.obstacle !== undefined) return;
    const [part, ...rest] = parts;
    if (part === undefined) {
      this.#add(path, kindOfEntry(path, this.#call));
      return;
    }
    this.#directories += 1;
    if (this.#directories > MOST_DIRECTORIES) {
      this.obstacle = `a pattern through more than ${MOST_DIRECTORIES} directories`;
      return;
    }
    if (part !== "**") this.#match(path, part, rest);
    else {
      for (const { name, kind } of this.#list(path)) {
        if (kind === "directory") this.follow(`${path}/${name}`, parts);
        else if (rest.length === 0) this.#add(`${path}/${name}`, kind);
      }
      const [next, ...others] = rest;
      if (next !== undefined) this.#match(path, next, others);
    }
  }

  #match(path: string, part: string, rest: readonly string[]): void {
    const matches = compileGlob(part);
    if (matches === undefined) {
      this.obstacle = `the pattern ${part}`;
      return;
    }
    for (const { name, kind } of this.#list(path)) {
      if (!matches(name)) continue;
      if (rest.length === 0) this.#add(`${path}/${name}`, kind);
      else if (kind === "directory") this.follow(`${path}/${name}`, rest);
    }
  }

  #list(path: string): readonly DirectoryEntry[] {
    const entries = this.#call.fileSystem.list(path);
    const leaves = entries.some(
      ({ leadsTo }) => leadsTo !== undefined && !isInTree(leadsTo, this.#call),
    );
    if (leaves) this.obstacle = "a link that leads out of the tree";
    return leaves ? [] : entries;
  }

  #add(path: string, kind: ReturnType<typeof kindOfEntry>): void {
    if (kind === "file") this.files.push(path);
    else if (kind === "other") this.obstacle = "what is no file and no directory";
  }
}
