import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { env, execPath } from "node:process";
import { afterEach, beforeEach, expect, test } from "vitest";

const root = new URL("../../", import.meta.url).pathname;
const scripts = new URL("editors/", import.meta.url).pathname;

/** Where each rule of the demo is found, by line. */
const expected = [
  [24, "require-imdsv2"],
  [25, "ipv6-needs-endpoint"],
  [40, "ipv6-needs-nitro"],
  [51, "require-imdsv2"],
] as const;

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(`${tmpdir()}/imdslint-editor-`);
  cpSync(`${root}fixtures/demo`, directory, { recursive: true });
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** Whether an editor is installed and starts with these arguments. */
function starts(command: string, ...parameters: readonly string[]): boolean {
  return spawnSync(command, parameters, { stdio: "ignore", timeout: 20_000 }).status === 0;
}

/** What an editor prints, with the server in its environment. */
function run(command: string, ...parameters: readonly string[]): string {
  spawnSync("git", ["init", "--quiet"], { cwd: directory });
  const { stdout, stderr } = spawnSync(command, parameters, {
    cwd: directory,
    encoding: "utf8",
    env: { ...env, NODE: execPath, IMDSLINT: `${root}dist/imdslint.cjs` },
    timeout: 60_000,
  });
  return stdout + stderr;
}

test.skipIf(!starts("nvim", "--version"))("Neovim shows what is found", () => {
  const printed = run("nvim", "--headless", "-u", "NONE", "-c", `luafile ${scripts}neovim.lua`);
  const lines = printed.split(/\r?\n/);
  for (const [line, rule] of expected) {
    expect(lines.some((text) => text.startsWith(`${String(line)} ${rule}`))).toBe(true);
  }
});

test.skipIf(!starts("emacs", "--batch", "--eval", "(require 'eglot)"))(
  "Emacs shows what is found",
  () => {
    const printed = run("emacs", "--batch", "-l", `${scripts}eglot.el`);
    for (const [line, rule] of expected) {
      expect(printed).toMatch(new RegExp(`^${String(line)} imdslint \\[${rule}\\]`, "m"));
    }
  },
);
