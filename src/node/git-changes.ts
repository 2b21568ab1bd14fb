import type { FileSystem, ReadResult } from "../source/file-system.js";
import { RevisionFileSystem, type Overlay } from "./revision-file-system.js";
import { changedLines, type LineSpan } from "./changed-lines.js";
import { decodeText } from "./disk-file-system.js";
import { type FileDifference, readRawDiff } from "./raw-diff.js";
import { runGit } from "./git.js";

/** What to compare: the working tree with where a branch began, or what is staged with the last commit. */
export type Comparison =
  { readonly kind: "since"; readonly ref: string } | { readonly kind: "staged" };

/** What has changed in a repository. Paths are absolute. */
export interface Changes {
  /** The lines that are new or other than before, by file. */
  readonly lines: ReadonlyMap<string, readonly LineSpan[]>;
  /** Files that are new, gone, moved or other than before. */
  readonly files: ReadonlySet<string>;
  /** Files as they are judged: those in the working tree or, of what is staged, in the index. */
  readonly now: FileSystem;
  /** Files that `now` has and the disk has not, and the other way round. */
  readonly added: readonly string[];
  readonly absent: ReadonlySet<string>;
  /** Files as they were, at the paths they have now. */
  readonly before: FileSystem;
}

const DIFF = [
  "diff",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--find-renames",
  "--src-prefix=a/",
  "--dst-prefix=b/",
] as const;

/** Why nothing can be compared, as a sentence for people. */
export interface ChangesFailure {
  readonly failure: string;
}

/**
 * Asks git what has changed in the repository whose top level is `topLevel`. `disk` is what the
 * working tree is read through.
 */
export function gitChanges(
  topLevel: string,
  comparison: Comparison,
  disk: FileSystem,
): Changes | ChangesFailure {
  const repository = new Repository(topLevel);
  try {
    return comparison.kind === "staged"
      ? stagedChanges(repository, disk)
      : changesSince(comparison.ref, repository, disk);
  } catch (error) {
    if (error instanceof GitFailure) return { failure: error.message };
    throw error;
  }
}

/** Something that git was asked and cannot tell; its message is for people. */
class GitFailure extends Error {}

function changesSince(ref: string, repository: Repository, disk: FileSystem): Changes {
  const base = repository.mergeBase(ref);
  const untracked = repository.paths("ls-files", "--others", "--exclude-standard", "-z");
  const differences = repository.differences(base);
  const lines = new Map(repository.lines(base));
  for (const path of untracked) lines.set(repository.absolute(path), [{ start: 1, end: Infinity }]);
  const before = repository.overlay(differences);
  for (const path of untracked) before.set(repository.absolute(path), undefined);
  return {
    lines,
    files: new Set(
      [...differences.flatMap(({ path, from = path }) => [path, from]), ...untracked].map((path) =>
        repository.absolute(path),
      ),
    ),
    now: disk,
    added: [],
    absent: new Set(),
    before: new RevisionFileSystem(disk, before),
  };
}

function stagedChanges(repository: Repository, disk: FileSystem): Changes {
  const base = repository.head() ?? repository.emptyTree();
  const untracked = repository.paths("ls-files", "--others", "--exclude-standard", "-z");
  // From the index to the working tree: what was before is what is staged.
  const unstaged = repository.overlay(repository.differences());
  for (const path of untracked) unstaged.set(repository.absolute(path), undefined);
  const now = new RevisionFileSystem(disk, unstaged);
  const differences = repository.differences("--cached", base);
  const isOnDisk = (path: string) => !("error" in disk.read(path));
  return {
    lines: repository.lines("--cached", base),
    files: new Set(
      differences
        .flatMap(({ path, from = path }) => [path, from])
        .map((path) => repository.absolute(path)),
    ),
    now,
    added: [...unstaged].flatMap(([path, read]) =>
      read !== undefined && !isOnDisk(path) ? [path] : [],
    ),
    absent: new Set([...unstaged].flatMap(([path, read]) => (read === undefined ? [path] : []))),
    before: new RevisionFileSystem(now, repository.overlay(differences)),
  };
}

/** One repository, asked through git. */
class Repository {
  readonly #topLevel: string;

  constructor(topLevel: string) {
    this.#topLevel = topLevel;
  }

  absolute(path: string): string {
    return `${this.#topLevel === "/" ? "" : this.#topLevel}/${path}`;
  }

  /** The commit of HEAD; undefined before the first one. */
  head(): string | undefined {
    this.#mustBeRepository();
    return this.#try("rev-parse", "--verify", "--quiet", "HEAD^{commit}");
  }

  emptyTree(): string {
    return this.#ask("hash-object", "-t", "tree", "--stdin").trim();
  }

  /** The commit in which the history of HEAD left that of `ref`. */
  mergeBase(ref: string): string {
    this.#mustBeRepository();
    const commit = this.#try(
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${ref}^{commit}`,
    );
    if (commit === undefined) {
      throw new GitFailure(
        `--since: there is no commit ${ref} in this repository${this.#shallowHint()}`,
      );
    }
    const base = this.#try("merge-base", "HEAD", commit);
    if (base !== undefined) return base;
    throw new GitFailure(`--since: HEAD and ${ref} have no commit in common${this.#shallowHint()}`);
  }

  /** Files that differ; without arguments, of the index and the working tree. */
  differences(...parameters: readonly string[]): readonly FileDifference[] {
    return readRawDiff(this.#ask(...DIFF, "--raw", "-z", "--no-abbrev", ...parameters, "--"));
  }

  /** Lines that differ, by absolute path. */
  lines(...parameters: readonly string[]): Changes["lines"] {
    const spans = changedLines(this.#ask(...DIFF, "--unified=0", ...parameters, "--"));
    return new Map([...spans].map(([path, lines]) => [this.absolute(path), lines]));
  }

  /** Files as they were before a difference, at the paths they have now. */
  overlay(differences: readonly FileDifference[]): Map<string, (() => ReadResult) | undefined> {
    const overlay = new Map<string, (() => ReadResult) | undefined>();
    for (const { path, before } of differences) {
      overlay.set(this.absolute(path), before === undefined ? undefined : () => this.#text(before));
    }
    return overlay satisfies Overlay;
  }

  /** Paths that a command lists, each with a NUL behind it. */
  paths(...parameters: readonly string[]): readonly string[] {
    return this.#ask(...parameters)
      .split("\0")
      .filter((path) => path !== "");
  }

  #text(blob: string): ReadResult {
    const result = runGit(this.#topLevel, ["cat-file", "blob", blob]);
    return "output" in result ? decodeText(result.output) : { error: "unreadable" };
  }

  #shallowHint(): string {
    if (this.#try("rev-parse", "--is-shallow-repository") !== "true") return "";
    return "; its history was cut off: fetch all of it (git fetch --unshallow, fetch-depth: 0)";
  }

  #mustBeRepository(): void {
    const result = runGit(this.#topLevel, ["rev-parse", "--git-dir"]);
    if ("output" in result) return;
    if (result.failure === "not-installed") {
      throw new GitFailure("git is needed to tell what has changed, and there is none");
    }
    throw new GitFailure(
      `git cannot tell what has changed in ${this.#topLevel}: ${result.complaint}`,
    );
  }

  #try(...parameters: readonly string[]): string | undefined {
    const result = runGit(this.#topLevel, parameters);
    return "output" in result ? result.output.toString("utf8").trim() : undefined;
  }

  #ask(...parameters: readonly string[]): string {
    const result = runGit(this.#topLevel, parameters);
    if ("output" in result) return result.output.toString("utf8");
    throw new GitFailure(`git ${parameters[0] ?? ""} failed: ${result.complaint}`);
  }
}
