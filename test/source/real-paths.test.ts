import { describe, expect, test } from "vitest";
import type { FileSystem } from "../../src/source/file-system.js";
import { MemoryFileSystem } from "../../src/source/memory-file-system.js";
import { RealPaths } from "../../src/source/real-paths.js";

/** Files, some of whose paths are links. */
function linked(paths: readonly string[], links: Readonly<Record<string, string>>): FileSystem {
  const files = new MemoryFileSystem(
    Object.fromEntries([...paths, ...Object.keys(links)].map((path) => [path, ""])),
  );
  return {
    read: (path) => files.read(path),
    list: (directory) =>
      files.list(directory).map((entry) => {
        const leadsTo = links[`${directory === "/" ? "" : directory}/${entry.name}`];
        return leadsTo === undefined ? entry : { ...entry, leadsTo };
      }),
  };
}

describe("RealPaths", () => {
  const files = linked(["/tree/a/web.yaml", "/tree/c/plain.yaml"], {
    "/tree/b/web.yaml": "/tree/a/web.yaml",
    "/tree/d": "/tree/a",
    "/tree/out.yaml": "/elsewhere/web.yaml",
  });
  const real = new RealPaths(files, "/tree");

  test.each([
    ["a file that is no link", "/tree/c/plain.yaml", "/tree/c/plain.yaml"],
    ["a linked file", "/tree/b/web.yaml", "/tree/a/web.yaml"],
    ["a file in a linked directory", "/tree/d/web.yaml", "/tree/a/web.yaml"],
    ["a link that leaves the tree", "/tree/out.yaml", "/tree/out.yaml"],
    ["a path outside the tree", "/elsewhere/web.yaml", "/elsewhere/web.yaml"],
    ["a path that does not exist", "/tree/none/web.yaml", "/tree/none/web.yaml"],
  ])("gives the real path of %s", (_, path, expected) => {
    expect(real.of(path)).toBe(expected);
  });

  test("takes the whole machine for a tree", () => {
    expect(new RealPaths(files, "/").of("/tree/b/web.yaml")).toBe("/tree/a/web.yaml");
  });
});
