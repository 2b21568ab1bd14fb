import type { FileSystem } from "./file-system.js";

/** Directories in which nobody keeps what is deployed. */
const neverWalked = /^(?:\..*|node_modules)$/;

/** The absolute paths of the files below a directory whose names are wanted, in no order. */
export function filesBelow(
  directory: string,
  fileSystem: FileSystem,
  isWanted: (name: string) => boolean,
): readonly string[] {
  const found: string[] = [];
  const pending = [directory];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const start = next.endsWith("/") ? next : `${next}/`;
    for (const { kind, name } of fileSystem.list(next)) {
      if (kind === "directory" && !neverWalked.test(name)) pending.push(start + name);
      else if (kind === "file" && isWanted(name)) found.push(start + name);
    }
  }
  return found;
}
