import { describe, expect, test } from "vitest";
import { RealPaths } from "../../src/source/real-paths.js";
import { linkedFileSystem } from "../linked-file-system.js";

describe("RealPaths", () => {
  const files = linkedFileSystem(
    { "/tree/a/web.yaml": "", "/tree/c/plain.yaml": "" },
    {
      "/tree/b/web.yaml": "/tree/a/web.yaml",
      "/tree/d": "/tree/a",
      "/tree/out.yaml": "/elsewhere/web.yaml",
    },
  );
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
