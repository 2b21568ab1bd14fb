import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import process, { execPath } from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const imdslint = new URL("../dist/imdslint.cjs", import.meta.url).pathname;
const demo = new URL("../fixtures/demo", import.meta.url).pathname;

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(`${tmpdir()}/imdslint-fix-`);
  cpSync(demo, directory, { recursive: true });
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function run(...parameters: readonly string[]) {
  return spawnSync(execPath, [imdslint, ...parameters], { cwd: directory, encoding: "utf8" });
}

function read(path: string): string {
  return readFileSync(`${directory}/${path}`, "utf8");
}

describe("--fix", () => {
  test("writes safe fixes, says how many, and ends with what is left", () => {
    const { stdout, status } = run("--fix");
    expect(stdout).toMatch(/^Fixed 6 findings in 2 files; 2 errors, 1 open in 2 files/m);
    expect(status).toBe(1);
    expect(read("terraform/main.tf")).toContain('http_tokens = "required"');
  });

  test("with review leaves nothing that can be fixed, and changes nothing the second time", () => {
    expect(run("--fix=review").status).toBe(0);
    const fixed = [read("terraform/main.tf"), read("web-fleet.yaml")];
    const { stdout, status } = run("--fix=review");
    expect(stdout).toMatch(/^Nothing that could be fixed; No problems found/m);
    expect(status).toBe(0);
    expect([read("terraform/main.tf"), read("web-fleet.yaml")]).toEqual(fixed);
  });

  test("keeps mode, links and byte order mark", () => {
    const path = `${directory}/web-fleet.yaml`;
    writeFileSync(path, `\uFEFF${read("web-fleet.yaml")}`);
    chmodSync(path, 0o640);
    symlinkSync("web-fleet.yaml", `${directory}/link.yaml`);
    run("--fix", "link.yaml");
    expect(read("web-fleet.yaml").startsWith("\uFEFFAWSTemplateFormatVersion")).toBe(true);
    expect(read("web-fleet.yaml")).not.toContain("optional]");
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  test("keeps a mode that the process would not give", () => {
    const path = `${directory}/web-fleet.yaml`;
    chmodSync(path, 0o666);
    run("--fix");
    expect(read("web-fleet.yaml")).toContain("required]");
    expect(statSync(path).mode & 0o7777).toBe(0o666);
    expect(readdirSync(directory).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("keeps the owner where it may", () => {
    const path = `${directory}/web-fleet.yaml`;
    if (process.getuid?.() !== 0) return;
    chownSync(path, 1234, 2345);
    run("--fix");
    expect(read("web-fleet.yaml")).not.toContain("optional]");
    expect(statSync(path)).toMatchObject({ uid: 1234, gid: 2345 });
  });

  test("writes through a link within the tree, and not through one that leads out of it", () => {
    const outside = mkdtempSync(`${tmpdir()}/imdslint-outside-`);
    const template = read("web-fleet.yaml");
    writeFileSync(`${outside}/template.yaml`, template);
    rmSync(`${directory}/web-fleet.yaml`);
    symlinkSync(`${outside}/template.yaml`, `${directory}/web-fleet.yaml`);
    const { stdout, stderr, status } = run("--fix");
    expect(stderr).toContain("web-fleet.yaml leads to a file outside");
    expect(stdout).toMatch(/^Fixed 3 findings in 1 file; 4 errors, 1 warning/m);
    expect(status).toBe(2);
    expect(readFileSync(`${outside}/template.yaml`, "utf8")).toBe(template);
    expect(read("terraform/main.tf")).toContain('http_tokens = "required"');
    rmSync(outside, { recursive: true });
  });

  test.skipIf(process.getuid?.() === 0)("does not replace what must not be written", () => {
    const path = `${directory}/web-fleet.yaml`;
    const before = read("web-fleet.yaml");
    chmodSync(path, 0o444);
    const { stderr, status } = run("--fix");
    expect(stderr).toContain("permission denied");
    expect(status).toBe(2);
    expect(read("web-fleet.yaml")).toBe(before);
  });

  test("leaves files alone that have nothing to fix", () => {
    const path = `${directory}/terraform/variables.tf`;
    writeFileSync(path, 'variable "other" {}\n');
    const before = statSync(path).mtimeMs;
    run("--fix");
    expect(statSync(path).mtimeMs).toBe(before);
  });
});

describe("--fix-dry-run", () => {
  test("prints a diff that git can apply, and changes nothing", () => {
    const before = read("web-fleet.yaml");
    const { stdout, status } = run("--fix-dry-run");
    expect(status).toBe(1);
    expect(read("web-fleet.yaml")).toBe(before);
    const git = (...parameters: readonly string[]) =>
      spawnSync("git", parameters, { cwd: directory, input: stdout, encoding: "utf8" });
    git("init", "--quiet");
    expect(git("apply", "-").stderr).toBe("");
    const { stdout: rest } = run("--fix-dry-run");
    expect(rest).toBe("");
  });

  test("leaves a report that is printed alone, and gives the diff besides", () => {
    const { stdout, stderr } = run("--fix-dry-run", "--format", "json");
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
    expect(stderr).toMatch(/^--- a\/terraform\/main\.tf$/m);
  });
});

test("fixes stand in the reports for programs", () => {
  const { findings } = JSON.parse(run("--format", "json").stdout) as {
    findings: { fix?: { title: string; safety: string; edits: { newText: string }[] } }[];
  };
  const [fix] = findings.flatMap((finding) => finding.fix ?? []);
  expect(fix?.safety).toBe("safe");
  expect(fix?.edits[0]?.newText).toContain("required");
  const { runs } = JSON.parse(run("--format", "sarif").stdout) as {
    runs: { results: { fixes?: { artifactChanges: { replacements: unknown[] }[] }[] }[] }[];
  };
  const changes = runs[0]?.results.flatMap(({ fixes = [] }) => fixes[0]?.artifactChanges ?? []);
  expect(changes?.length).toBe(findings.filter((finding) => finding.fix !== undefined).length);
});
