import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { env, execPath } from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { argumentsFor } from "../src/github-action/command-arguments.js";

const root = new URL("../", import.meta.url).pathname;
let directory = "";
let release = "";

beforeAll(() => {
  directory = mkdtempSync(`${tmpdir()}/imdslint-release-`);
  release = `${directory}/release`;
  const { status, stderr } = run(execPath, ["scripts/build-release.mjs", release], root);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}, 60_000);
afterAll(() => {
  rmSync(directory, { recursive: true });
});

function run(
  command: string,
  parameters: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
) {
  return spawnSync(command, parameters, {
    cwd,
    encoding: "utf8",
    env: { ...env, ...identity, ...environment },
    timeout: 120_000,
  });
}

/** Who commits, wherever this runs. */
const identity = {
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.com",
};

describe("the tree that release tags point to", () => {
  test("has no scripts and no dependencies", () => {
    const manifest = JSON.parse(readFileSync(`${release}/package.json`, "utf8")) as object;
    expect(Object.keys(manifest)).not.toEqual(
      expect.arrayContaining(["scripts", "dependencies", "devDependencies"]),
    );
    expect(readdirSync(release).sort()).toEqual(
      [
        ".pre-commit-hooks.yaml",
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "action.yml",
        "dist",
        "docs",
        "package.json",
        "problem-matcher.json",
      ].sort(),
    );
  });

  test("runs by itself", () => {
    const { stdout, status } = run(
      execPath,
      [`${release}/dist/imdslint.cjs`, "."],
      `${root}fixtures/demo`,
    );
    expect(status).toBe(1);
    expect(stdout).toContain("require-imdsv2");
  });
});

const hasPreCommit = spawnSync("pre-commit", ["--version"], { stdio: "ignore" }).status === 0;

describe.skipIf(!hasPreCommit)("pre-commit", () => {
  let consumer = "";
  /** No registry may be needed. */
  const offline = () => ({
    PRE_COMMIT_HOME: `${directory}/pre-commit`,
    npm_config_registry: "http://127.0.0.1:9",
    npm_config_fetch_retries: "0",
  });

  beforeAll(() => {
    consumer = `${directory}/consumer`;
    mkdirSync(consumer);
    cpSync(`${root}fixtures/demo`, consumer, { recursive: true });
    for (const [path, message] of [
      [release, "Release"],
      [consumer, "Start"],
    ] as const) {
      run("git", ["init", "--quiet"], path);
      run("git", ["add", "--all"], path);
      run("git", ["commit", "--quiet", "--no-verify", "--message", message], path);
    }
  });

  test("takes the release's hooks and what init writes", () => {
    const initialized = `${directory}/initialized`;
    mkdirSync(`${initialized}/.git`, { recursive: true });
    run(execPath, [`${release}/dist/imdslint.cjs`, "init", "--yes"], initialized);
    for (const [command, path] of [
      ["validate-manifest", `${release}/.pre-commit-hooks.yaml`],
      ["validate-config", `${initialized}/.pre-commit-config.yaml`],
    ] as const) {
      expect(run("pre-commit", [command, path], directory, offline())).toMatchObject({
        status: 0,
        stdout: "",
        stderr: "",
      });
    }
  });

  test("runs the hook on all files, without a registry", () => {
    const parameters = ["try-repo", release, "imdslint", "--all-files", "--verbose"];
    const { stdout, status } = run("pre-commit", parameters, consumer, offline());
    expect(stdout).toContain("require-imdsv2");
    expect(status).toBe(1);
  }, 120_000);

  test("judges what a commit touches, and stops it", () => {
    const revision = run("git", ["rev-parse", "HEAD"], release).stdout.trim();
    const hooks = { id: "imdslint" };
    const config = { repos: [{ repo: release, rev: revision, hooks: [hooks] }] };
    writeFileSync(`${consumer}/.pre-commit-config.yaml`, JSON.stringify(config));
    expect(run("pre-commit", ["install"], consumer, offline()).status).toBe(0);
    writeFileSync(`${consumer}/new.tf`, 'resource "aws_instance" "new" {\n  ami = "ami-1"\n}\n');
    run("git", ["add", "--all"], consumer);
    const { stdout, stderr, status } = run(
      "git",
      ["commit", "--message", "New"],
      consumer,
      offline(),
    );
    const printed = stdout + stderr;
    expect(status).toBe(1);
    expect(printed).toContain("aws_instance.new");
    expect(printed).not.toContain("web-fleet.yaml");
  }, 120_000);
});

describe("the GitHub Action", () => {
  test("annotates, writes a summary, a report and outputs, and fails on findings", () => {
    const runner = `${directory}/runner`;
    mkdirSync(runner);
    for (const name of ["output", "summary"]) writeFileSync(`${runner}/${name}`, "");
    const environment = {
      GITHUB_OUTPUT: `${runner}/output`,
      GITHUB_STEP_SUMMARY: `${runner}/summary`,
      RUNNER_TEMP: runner,
      INPUT_PATHS: ".",
      "INPUT_SARIF-FILE": `${runner}/imdslint.sarif`,
      INPUT_ANNOTATIONS: "true",
    };
    const action = `${release}/dist/action.cjs`;
    const failed = run(execPath, [action], `${root}fixtures/demo`, environment);
    expect(failed.status).toBe(1);
    expect(failed.stdout).toMatch(/^::error file=/m);
    const [, matcher = ""] = /^::add-matcher::(.+)$/m.exec(failed.stdout) ?? [];
    expect(JSON.parse(readFileSync(matcher, "utf8"))).toHaveProperty("problemMatcher");
    expect(readFileSync(`${runner}/output`, "utf8")).toMatch(
      /^errors=6\nwarnings=1\nnotes=\d+\nsarif-file=.*\n$/,
    );
    expect(readFileSync(`${runner}/summary`, "utf8")).toContain("require-imdsv2");
    expect(existsSync(`${runner}/imdslint.sarif`)).toBe(true);
    const never = run(execPath, [action], `${root}fixtures/demo`, {
      ...environment,
      "INPUT_FAIL-ON": "never",
    });
    expect(never.status).toBe(0);
  });

  test("takes inputs for arguments, never for options", () => {
    const inputs = {
      paths: "--version\nweb; rm -rf /\n",
      failOn: "error",
      baseline: "known.json",
      sarifFile: "",
      further: "--rule tokens-need-endpoint=off",
      annotations: "false",
    };
    const parameters = argumentsFor(inputs, { json: "j", markdown: "m" });
    expect(parameters.slice(parameters.indexOf("--"))).toEqual([
      "--",
      "--version",
      "web; rm -rf /",
    ]);
    expect(parameters).not.toContain("sarif=");
  });
});
