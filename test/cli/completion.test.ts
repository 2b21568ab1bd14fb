import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formats } from "../../src/reporters/format-names.js";
import { rules } from "../../src/rules/index.js";
import { runImdslint } from "./run-imdslint.js";

let directory = "";

beforeAll(() => {
  directory = mkdtempSync(`${tmpdir()}/imdslint-completion-`);
  writeFileSync(`${directory}/web.yaml`, "");
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

function scriptFor(shell: string): string {
  const { stdout, status } = runImdslint(directory, ["completion", shell]);
  expect(status).toBe(0);
  return stdout;
}

/** What bash offers for the last of the words. */
function completeInBash(...words: readonly string[]): readonly string[] {
  const command = `${scriptFor("bash")}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _imdslint; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync("bash", ["-c", command, "bash", ...words], {
    cwd: directory,
    encoding: "utf8",
  });
  return stdout.trim().split("\n");
}

describe("completion for bash", () => {
  test("offers commands and files first", () => {
    const offered = completeInBash("imdslint", "");
    expect(offered).toEqual(expect.arrayContaining(["effective", "graph", "web.yaml"]));
    expect(completeInBash("imdslint", "graph", "")).toEqual(["web.yaml"]);
  });

  test("offers the options of the command", () => {
    expect(completeInBash("imdslint", "--fail-on-o")).toEqual(["--fail-on-open"]);
    expect(completeInBash("imdslint", "init", "--")).toEqual(["--yes", "--help"]);
    expect(completeInBash("imdslint", "graph", "--fail")).toEqual([""]);
  });

  test("offers what the option or the command can be given", () => {
    expect(completeInBash("imdslint", "--format", "")).toEqual(Object.keys(formats));
    expect(completeInBash("imdslint", "graph", "--format", "")).toEqual(["mermaid", "dot", "svg"]);
    expect(completeInBash("imdslint", "explain", "ipv6")).toEqual(
      rules.map(({ id }) => id).filter((id) => id.startsWith("ipv6")),
    );
  });
});

test.each(["bash", "zsh", "fish"])("the script for %s is one that it can read", (shell) => {
  const path = `${directory}/script`;
  writeFileSync(path, scriptFor(shell));
  const { error, stderr, status } = spawnSync(shell, ["-n", path], { encoding: "utf8" });
  // Not every machine has all of them.
  if (error !== undefined && "code" in error && error.code === "ENOENT") return;
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
});
