import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { execPath } from "node:process";
import { expect, test } from "vitest";

const root = new URL("../", import.meta.url).pathname;
const guide = readFileSync(`${root}docs/editors.md`, "utf8");

test("the problem matcher in the guide to editors takes every line that is printed", () => {
  const [, json = ""] = /```json\n(\{\s+"version": "2\.0\.0"[^]*?)```/.exec(guide) ?? [];
  const task = JSON.parse(json) as {
    tasks: { problemMatcher: { pattern: { regexp: string } } }[];
  };
  const pattern = new RegExp(task.tasks[0]?.problemMatcher.pattern.regexp ?? "none");
  const { stdout } = spawnSync(
    execPath,
    [`${root}dist/imdslint.cjs`, "--format", "unix", `${root}fixtures/demo`],
    { cwd: root, encoding: "utf8" },
  );
  const lines = stdout.trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) {
    const [, file, , , severity, message, code] = pattern.exec(line) ?? [];
    expect(file, line).toMatch(/^fixtures\/demo\/[\w./-]+$/);
    expect(severity).toMatch(/^(?:error|warning|note)$/);
    expect(message).not.toBe("");
    expect(code).toMatch(/^[a-z0-9-]+$/);
  }
});
