import { existsSync } from "node:fs";
import { dirname, relative } from "pathe";

/**
 * Where looking upwards for configurations and ignore files ends: at the top level of a git
 * repository; without git, at the working directory, or the directory itself if that is elsewhere.
 */
export class TreeTops {
  readonly #workingDirectory: string;
  readonly #gitTopLevels = new Map<string, string | undefined>();

  constructor(workingDirectory: string) {
    this.#workingDirectory = workingDirectory;
  }

  /** The top for an absolute directory. Whoever has listed it passes the names in it. */
  of(directory: string, names?: ReadonlySet<string>): string {
    const isBelow = !relative(this.#workingDirectory, directory).startsWith("..");
    return this.#gitTopLevel(directory, names) ?? (isBelow ? this.#workingDirectory : directory);
  }

  #gitTopLevel(directory: string, names?: ReadonlySet<string>): string | undefined {
    if (this.#gitTopLevels.has(directory)) return this.#gitTopLevels.get(directory);
    const parent = dirname(directory);
    const isTop = names?.has(".git") ?? existsSync(`${directory}/.git`);
    const above = () => (parent === directory ? undefined : this.#gitTopLevel(parent));
    const top = isTop ? directory : above();
    this.#gitTopLevels.set(directory, top);
    return top;
  }
}
