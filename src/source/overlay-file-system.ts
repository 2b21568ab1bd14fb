import type { DirectoryEntry, FileSystem, ReadResult } from "./file-system.js";

/**
 * Texts laid over the files of another file system, such as what an editor has open. The texts may change
 * at any time.
 */
export class OverlayFileSystem implements FileSystem {
  readonly #below: FileSystem;
  readonly #texts: ReadonlyMap<string, string>;

  /** Takes the file system below, and texts by absolute path. */
  constructor(below: FileSystem, texts: ReadonlyMap<string, string>) {
    this.#below = below;
    this.#texts = texts;
  }

  /** The text laid over the path, else what is below. */
  read(path: string): ReadResult {
    const text = this.#texts.get(path);
    return text === undefined ? this.#below.read(path) : { text };
  }

  /** What the directory below holds, and files that are only here. */
  list(directory: string): readonly DirectoryEntry[] {
    const below = this.#below.list(directory);
    const prefix = directory.endsWith("/") ? directory : `${directory}/`;
    const added = [...this.#texts.keys()]
      .filter((path) => path.startsWith(prefix))
      .map((path) => path.slice(prefix.length))
      .filter((name) => !name.includes("/") && below.every((entry) => entry.name !== name));
    if (added.length === 0) return below;
    const entries = added.map((name) => ({ name, kind: "file" as const }));
    return [...below, ...entries].sort((left, right) => (left.name < right.name ? -1 : 1));
  }
}
