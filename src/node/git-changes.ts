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
  /** Files as they are judged: those in the working tree or, of what is staged, in the index. */
  readonly now: FileSystem;
  /** Files that `now` has and the disk has not, and the other way round. */
  readonly added: readonly string[];
  readonly absent: ReadonlySet<string>;
  /**
   * What is other than in each commit that is compared with, of which there are several where branches
   * are being merged, or were merged into each other: only what is other than in all of them is new.
   */
  readonly since: readonly Differences[];
}

/** What is other than in one commit. Paths are absolute. */
export interface Differences {
  /** The lines that are new or other than before, by file. */
  readonly lines: ReadonlyMap<string, readonly LineSpan[]>;
  /** Files that are new, gone, moved or other than before. */
  readonly files: ReadonlySet<string>;
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
  const untracked = repository
    .paths("ls-files", "--others", "--exclude-standard", "-z")
    .map((path) => repository.absolute(path));
  const since = repository.mergeBases(ref).map((base): Differences => {
    const differences = repository.differences(base);
    const lines = new Map(repository.lines(base));
    const before = repository.overlay(differences);
    for (const path of untracked) {
      lines.set(path, [{ start: 1, end: Infinity }]);
      before.set(path, undefined);
    }
    return {
      lines,
      files: new Set([...repository.changedPaths(differences), ...untracked]),
      before: new RevisionFileSystem(disk, before),
    };
  });
  return { now: disk, added: [], absent: new Set(), since };
}

function stagedChanges(repository: Repository, disk: FileSystem): Changes {
  const head = repository.head() ?? repository.emptyTree();
  const untracked = repository.paths("ls-files", "--others", "--exclude-standard", "-z");
  // From the index to the working tree: what was before is what is staged.
  const unstaged = repository.overlay(repository.differences());
  for (const path of untracked) unstaged.set(repository.absolute(path), undefined);
  const now = new RevisionFileSystem(disk, unstaged);
  const since = [head, ...repository.mergedHeads()].map((base): Differences => {
    const differences = repository.differences("--cached", base);
    return {
      lines: repository.lines("--cached", base),
      files: new Set(repository.changedPaths(differences)),
      before: new RevisionFileSystem(now, repository.overlay(differences)),
    };
  });
  const isOnDisk = (path: string) => !("error" in disk.read(path));
  return {
    now,
    added: [...unstaged].flatMap(([path, read]) =>
      read !== undefined && !isOnDisk(path) ? [path] : [],
    ),
    absent: new Set([...unstaged].flatMap(([path, read]) => (read === undefined ? [path] : []))),
    since,
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

  /** What is being merged into HEAD and not committed yet: it is no change of whoever commits the merge. */
  mergedHeads(): readonly string[] {
    const merged = this.#try("rev-parse", "--verify", "--quiet", "MERGE_HEAD^{commit}");
    return merged === undefined ? [] : [merged];
  }

  emptyTree(): string {
    return this.#ask("hash-object", "-t", "tree", "--stdin").trim();
  }

  /**
   * The commits in which the history of HEAD, with what is being merged into it, left that of `ref`: one,
   * unless both were merged into each other since.
   * https://git-scm.com/docs/git-merge-base#_discussion
   */
  mergeBases(ref: string): readonly string[] {
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
    const bases = this.#try("merge-base", "--all", commit, "HEAD", ...this.mergedHeads());
    if (bases !== undefined) return bases.split("\n");
    throw new GitFailure(`--since: HEAD and ${ref} have no commit in common${this.#shallowHint()}`);
  }

  /** Files that differ; without arguments, of the index and the working tree. */
  differences(...parameters: readonly string[]): readonly FileDifference[] {
    return readRawDiff(this.#ask(...DIFF, "--raw", "-z", "--no-abbrev", ...parameters, "--"));
  }

  /** The absolute paths of files that differ; of moved ones both. */
  changedPaths(differences: readonly FileDifference[]): readonly string[] {
    return differences
      .flatMap(({ path, from = path }) => [path, from])
      .map((path) => this.absolute(path));
  }

  /** Lines that differ, by absolute path. */
  lines(...parameters: readonly string[]): Differences["lines"] {
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
