import { expect, test } from "vitest";
import { RevisionFileSystem } from "../../src/node/revision-file-system.js";
import { MemoryFileSystem } from "../../src/source/memory-file-system.js";

const below = new MemoryFileSystem({ "/r/a.tf": "a", "/r/b.tf": "b", "/r/m/c.tf": "c" });

test("puts files in the place of others, takes some out, and brings directories along", () => {
  let reads = 0;
  const revision = new RevisionFileSystem(
    below,
    new Map([
      ["/r/a.tf", () => ({ text: `before ${(reads += 1)}` })],
      ["/r/b.tf", undefined],
      ["/r/n/deep/d.tf", () => ({ text: "d" })],
    ]),
  );
  expect(revision.read("/r/a.tf")).toEqual({ text: "before 1" });
  expect(revision.read("/r/a.tf")).toEqual({ text: "before 1" });
  expect(revision.read("/r/b.tf")).toEqual({ error: "absent" });
  expect(revision.read("/r/m/c.tf")).toEqual({ text: "c" });
  expect(revision.read("/r/n/deep/d.tf")).toEqual({ text: "d" });
  const names = (directory: string) =>
    revision.list(directory).map(({ name, kind }) => `${name} ${kind}`);
  expect(names("/r")).toEqual(["a.tf file", "m directory", "n directory"]);
  expect(names("/r/n")).toEqual(["deep directory"]);
  expect(names("/r/n/deep")).toEqual(["d.tf file"]);
  expect(names("/r/m")).toEqual(["c.tf file"]);
});
