import type { FileSystem } from "../src/source/file-system.js";
import { MemoryFileSystem } from "../src/source/memory-file-system.js";

/** Files in memory, with links: path → absolute path of what it leads to. */
export function linkedFileSystem(
  texts: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>>,
): FileSystem {
  const linked = Object.entries(links).map(
    ([path, target]) => [path, texts[target] ?? ""] as const,
  );
  const files = new MemoryFileSystem({ ...texts, ...Object.fromEntries(linked) });
  return {
    read: (path) => files.read(path),
    list: (directory) =>
      files.list(directory).map((entry) => {
        const leadsTo = links[`${directory === "/" ? "" : directory}/${entry.name}`];
        return leadsTo === undefined ? entry : { ...entry, leadsTo };
      }),
  };
}
