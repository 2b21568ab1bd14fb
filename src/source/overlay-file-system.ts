import type { DirectoryEntry, FileSystem, ReadResult } from "./file-system.js";

/** Texts laid over the files of another file system, such as what an editor has open. */
export class OverlayFileSystem implements FileSystem {
  readonly #below: FileSystem;
  readonly #texts: ReadonlyMap<string, string>;

  /** Takes the file system below, and texts by absolute path; files that are only here are not listed. */
  constructor(below: FileSystem, texts: ReadonlyMap<string, string>) {
    this.#below = below;
    this.#texts = texts;
  }

  /** The text laid over the path, else what is below. */
  read(path: string): ReadResult {
    const text = this.#texts.get(path);
    return text === undefined ? this.#below.read(path) : { text };
  }

  /** What the directory below holds. */
  list(directory: string): readonly DirectoryEntry[] {
    return this.#below.list(directory);
  }
}
