import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeFixes } from "../../src/node/write-fixes.js";

let directory = "";
beforeEach(() => {
  directory = realpathSync(mkdtempSync(`${tmpdir()}/imdslint-write-`));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

test("a file that has changed since it was read is not overwritten, and others are written", () => {
  const changed = `${directory}/changed.yaml`;
  const same = `${directory}/same.yaml`;
  const gone = `${directory}/gone.yaml`;
  writeFileSync(changed, "before, and more\n");
  writeFileSync(same, "before\n");
  const text = { before: "before\n", after: "after\n" };
  const { written, complaints } = writeFixes(
    new Map([changed, same, gone].map((path) => [path, text])),
    directory,
  );
  expect([...written.keys()]).toEqual([same]);
  expect(complaints).toHaveLength(2);
  expect(readFileSync(changed, "utf8")).toBe("before, and more\n");
  expect(readFileSync(same, "utf8")).toBe("after\n");
});
