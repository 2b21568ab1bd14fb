import { execFileSync } from "node:child_process";

/** A release of a module. */
export interface Release {
  /** `5.6.1`. */
  readonly version: string;
  readonly tag: string;
  /** The full hash of the commit. */
  readonly commit: string;
}

const MOST_OUTPUT = 1 << 30;

/** A clone with its tags. */
export class Repository {
  readonly #directory: string;

  /** Takes the directory of a clone, bare or not. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** What was released, the oldest first. Pre-releases, which no constraint admits, are left out. */
  releases(): readonly Release[] {
    const format = "%(refname:short) %(objectname) %(*objectname)";
    const byVersion = new Map<string, Release>();
    for (const line of this.#git(["for-each-ref", `--format=${format}`, "refs/tags"]).split("\n")) {
      const [tag = "", object = "", dereferenced = ""] = line.split(" ");
      const version = /^v?(\d+\.\d+\.\d+)$/.exec(tag)?.[1];
      if (version === undefined) continue;
      const commit = dereferenced === "" ? object : dereferenced;
      byVersion.set(version, { version, tag, commit });
    }
    return [...byVersion.values()].sort((left, right) =>
      compareVersions(left.version, right.version),
    );
  }

  /** The Terraform files of a commit by path, without examples and tests. */
  terraformFiles(commit: string): ReadonlyMap<string, string> {
    const listing = this.#git(["ls-tree", "-r", commit]).split("\n");
    const files = listing.flatMap((line) => {
      const [, hash, path] = /^\d+ blob (\w+)\t(.*)$/.exec(line) ?? [];
      const isWanted = path !== undefined && /\.tf$/.test(path) && !isApart(path);
      return hash !== undefined && isWanted ? [{ hash, path }] : [];
    });
    const texts = this.#contents(files.map(({ hash }) => hash));
    return new Map(files.map(({ path }, index) => [path, texts[index] ?? ""]));
  }

  #contents(hashes: readonly string[]): readonly string[] {
    if (hashes.length === 0) return [];
    const output = execFileSync("git", ["-C", this.#directory, "cat-file", "--batch"], {
      input: `${hashes.join("\n")}\n`,
      maxBuffer: MOST_OUTPUT,
    });
    const texts: string[] = [];
    for (let offset = 0; offset < output.length;) {
      const end = output.indexOf("\n", offset);
      const size = Number(output.toString("utf8", offset, end).split(" ")[2]);
      texts.push(output.toString("utf8", end + 1, end + 1 + size));
      offset = end + 1 + size + 1;
    }
    return texts;
  }

  #git(command: readonly string[]): string {
    return execFileSync("git", ["-C", this.#directory, ...command], {
      encoding: "utf8",
      maxBuffer: MOST_OUTPUT,
    });
  }
}

function isApart(path: string): boolean {
  return /^(?:examples?|tests?|wrappers|images|lambdas)\//.test(path);
}

/** Orders `1.2.3`-like versions. */
function compareVersions(left: string, right: string): number {
  const parts = right.split(".").map(Number);
  for (const [index, part] of left.split(".").map(Number).entries()) {
    const difference = part - (parts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
