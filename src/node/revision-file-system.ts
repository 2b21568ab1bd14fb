import type { DirectoryEntry, FileSystem, ReadResult } from "../source/file-system.js";

/** Files by absolute path that are other than in a file system; undefined for those that are not there. */
export type Overlay = ReadonlyMap<string, (() => ReadResult) | undefined>;

/** The files of another revision: a file system with some files in the place of others. Each is read once and remembered. */
export class RevisionFileSystem implements FileSystem {
  readonly #below: FileSystem;
  readonly #overlay: Overlay;
  readonly #read = new Map<string, ReadResult>();
  /** By directory: what the overlay puts into it, by name; undefined for what it takes out. */
  readonly #entries = new Map<string, Map<string, DirectoryEntry | undefined>>();

  /** Takes what most files are read from, and the others. */
  constructor(below: FileSystem, overlay: Overlay) {
    this.#below = below;
    this.#overlay = overlay;
    for (const [path, read] of overlay) this.#enter(path, read === undefined ? undefined : "file");
  }

  /** The text of that path. */
  read(path: string): ReadResult {
    if (!this.#overlay.has(path)) return this.#below.read(path);
    const known = this.#read.get(path);
    if (known !== undefined) return known;
    const result = this.#overlay.get(path)?.() ?? { error: "absent" };
    this.#read.set(path, result);
    return result;
  }

  /** Entries sorted by name. */
  list(directory: string): readonly DirectoryEntry[] {
    const entries = this.#below.list(directory);
    const changed = this.#entries.get(directory);
    if (changed === undefined) return entries;
    const kept = entries.filter(({ name }) => !changed.has(name));
    const added = [...changed.values()].filter((entry) => entry !== undefined);
    return [...kept, ...added].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** Files bring the directories they lie in, which may not be there below. */
  #enter(path: string, kind: DirectoryEntry["kind"] | undefined): void {
    const end = path.lastIndexOf("/");
    const directory = path.slice(0, end);
    const name = path.slice(end + 1);
    if (name === "") return;
    const entries = this.#entries.get(directory) ?? new Map<string, DirectoryEntry | undefined>();
    this.#entries.set(directory, entries);
    if (kind === "directory" && (entries.has(name) || this.#has(directory, name))) return;
    entries.set(name, kind === undefined ? undefined : { name, kind });
    if (kind !== undefined) this.#enter(directory, "directory");
  }

  #has(directory: string, name: string): boolean {
    return this.#below.list(directory).some((entry) => entry.name === name);
  }
}
