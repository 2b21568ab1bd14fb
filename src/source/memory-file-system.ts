import type { DirectoryEntry, FileSystem, ReadResult } from "./file-system.js";

/** Files that exist only in memory: for tests, examples in the docs, and browsers. */
export class MemoryFileSystem implements FileSystem {
  readonly #texts: ReadonlyMap<string, string>;

  /** Takes texts by absolute path; directories follow from them. */
  constructor(texts: Readonly<Record<string, string>>) {
    this.#texts = new Map(Object.entries(texts));
  }

  /** The text of that path. */
  read(path: string): ReadResult {
    const text = this.#texts.get(path);
    return text === undefined ? { error: "absent" } : { text };
  }

  /** What lies directly in a directory, sorted by name. */
  list(directory: string): readonly DirectoryEntry[] {
    const prefix = directory.endsWith("/") ? directory : `${directory}/`;
    const entries = new Map<string, DirectoryEntry>();
    for (const path of this.#texts.keys()) {
      if (!path.startsWith(prefix)) continue;
      const [name = "", ...rest] = path.slice(prefix.length).split("/");
      entries.set(name, { name, kind: rest.length === 0 ? "file" : "directory" });
    }
    return [...entries.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }
}
