import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { execPath } from "node:process";
import { expect, test } from "vitest";

const root = new URL("../", import.meta.url).pathname;
const guide = readFileSync(`${root}docs/editors.md`, "utf8");

interface ProblemMatcher {
  pattern: { regexp: string };
}

function matcherOfTheGuide(): ProblemMatcher | undefined {
  const [, json = ""] = /```json\n(\{\s+"version": "2\.0\.0"[^]*?)```/.exec(guide) ?? [];
  const { tasks } = JSON.parse(json) as { tasks: { problemMatcher: ProblemMatcher }[] };
  return tasks[0]?.problemMatcher;
}

interface Manifest {
  contributes: {
    problemMatchers: ProblemMatcher[];
    configuration: { properties: Record<string, unknown> };
  };
}

const manifest = JSON.parse(readFileSync(`${root}editors/vscode/package.json`, "utf8")) as Manifest;

test.each([
  ["the guide to editors", matcherOfTheGuide()],
  ["the extension for VS Code", manifest.contributes.problemMatchers[0]],
])("the problem matcher of %s takes every line that is printed", (_, matcher) => {
  const pattern = new RegExp(matcher?.pattern.regexp ?? "none");
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

test("the extension for VS Code offers the settings that the guide names", () => {
  const [, table = ""] = /\| Setting [^\n]*\n\|[- |]*\n((?:\|.*\n)+)/.exec(guide) ?? [];
  const named = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name = ""]) => `imdslint.${name}`);
  const offered = Object.keys(manifest.contributes.configuration.properties);
  expect(named.length).toBeGreaterThan(0);
  expect(offered.filter((name) => name !== "imdslint.trace.server").sort()).toEqual(named.sort());
});

const hasVim = spawnSync("nvim", ["--version"], { stdio: "ignore" }).status === 0;

test.skipIf(!hasVim)("Vim finds the place of every line by the errorformat in the guide", () => {
  const [setting = "none"] = /^set errorformat=.*$/m.exec(guide) ?? [];
  const { stdout } = spawnSync(
    execPath,
    [`${root}dist/imdslint.cjs`, "--format", "unix", `${root}fixtures/demo`],
    { cwd: root, encoding: "utf8" },
  );
  const directory = mkdtempSync(`${tmpdir()}/imdslint-vim-`);
  const printed = `${directory}/printed`;
  writeFileSync(printed, stdout);
  const print =
    "for i in getqflist() | echo bufname(i.bufnr).':'.i.lnum.':'.i.col.' '.i.valid | endfor";
  const { stderr } = spawnSync(
    "nvim",
    [
      "--headless",
      "-u",
      "NONE",
      "-c",
      setting,
      "-c",
      `cgetfile ${printed}`,
      "-c",
      print,
      "-c",
      "qa!",
    ],
    { cwd: root, encoding: "utf8" },
  );
  rmSync(directory, { recursive: true });
  const places = [...stdout.matchAll(/^(\S+:\d+:\d+):/gm)].map(([, place = ""]) => `${place} 1`);
  expect(stderr.trim().split(/\s*\n/)).toEqual(places);
});
