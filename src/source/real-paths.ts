import type { FileSystem } from "./file-system.js";

/**
 * Paths behind links. What a link in the tree leads to elsewhere in the tree is shown there: code
 * scanning cannot display a linked path, and one file under two names would be reported twice.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export class RealPaths {
  readonly #fileSystem: FileSystem;
  readonly #tree: string;
  /** By directory: what the links in it lead to, by name. */
  readonly #links = new Map<string, ReadonlyMap<string, string>>();
  readonly #directories = new Map<string, string>();

  /** Takes the directory of the tree, absolute, with forward slashes. */
  constructor(fileSystem: FileSystem, treeDirectory: string) {
    this.#fileSystem = fileSystem;
    this.#tree = treeDirectory === "/" ? "" : treeDirectory;
  }

  /** The absolute path behind all links on the way; `path` itself where that leaves the tree. */
  of(path: string): string {
    if (!this.#isInTree(path)) return path;
    const end = path.lastIndexOf("/");
    const directory = this.#directory(path.slice(0, end));
    const name = path.slice(end + 1);
    const target = this.#linksIn(directory).get(name) ?? `${directory}/${name}`;
    return this.#isInTree(target) ? target : path;
  }

  #directory(path: string): string {
    if (path === this.#tree || path === "") return path;
    let real = this.#directories.get(path);
    if (real === undefined) {
      real = this.of(path);
      this.#directories.set(path, real);
    }
    return real;
  }

  #linksIn(directory: string): ReadonlyMap<string, string> {
    let links = this.#links.get(directory);
    if (links === undefined) {
      links = new Map(
        this.#fileSystem
          .list(directory || "/")
          .flatMap(({ name, leadsTo }) => (leadsTo === undefined ? [] : [[name, leadsTo]])),
      );
      this.#links.set(directory, links);
    }
    return links;
  }

  #isInTree(path: string): boolean {
    return path.startsWith(`${this.#tree}/`);
  }
}
