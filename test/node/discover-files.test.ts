import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, relative } from "pathe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Configuration } from "../../src/config/configuration.js";
import { PathPatterns } from "../../src/config/path-patterns.js";
import { discoverFiles, isLeftOut } from "../../src/node/discover-files.js";

let root = "";

beforeEach(() => {
  root = mkdtempSync(`${tmpdir()}/imdslint-discover-`);
  mkdirSync(`${root}/.git`);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text = ""): void {
  mkdirSync(dirname(`${root}/${path}`), { recursive: true });
  writeFileSync(`${root}/${path}`, text);
}

/** What the paths stand for, relative to the root, when run from `from`. */
async function discover(paths: readonly string[], from = "."): Promise<readonly string[]> {
  const { files, errors } = await discoverFiles(paths, from === "." ? root : `${root}/${from}`);
  expect(errors).toEqual([]);
  return files.map((file) => relative(root, file));
}

const nothingConfigured = {
  rules: new Map(),
  overrides: [],
  variables: new Map(),
  varFiles: [],
  parameters: new Map(),
  parameterFiles: [],
  assumedDefaults: [],
  assumedImages: [],
  suppressions: {},
};

describe("discoverFiles", () => {
  test("walks directories, but never .git, node_modules and .terraform", async () => {
    for (const path of [
      "a.yaml",
      "b/c.tf",
      ".git/x",
      "node_modules/x/y.yaml",
      "b/.terraform/z.tf",
    ]) {
      write(path);
    }
    expect(await discover(["."])).toEqual(["a.yaml", "b/c.tf"]);
  });

  test("takes a directory that is named although it is ignored, but not what it ignores", async () => {
    write(".gitignore", "cdk.out\n");
    write("cdk.out/sub/.gitignore", "b.json\n");
    for (const path of ["cdk.out/a.json", "cdk.out/sub/b.json", "cdk.out/sub/c.json"]) write(path);
    const templates = async (path: string) =>
      (await discover([path])).filter((found) => found.endsWith(".json"));
    expect(await templates(".")).toEqual([]);
    expect(await templates("cdk.out")).toEqual(["cdk.out/a.json", "cdk.out/sub/c.json"]);
    expect(await templates("cdk.out/sub")).toEqual(["cdk.out/sub/c.json"]);
  });

  test("leaves out what ignore files exclude, the nearest deciding", async () => {
    write(".gitignore", "build/\n*.tmp.yaml\n!kept.tmp.yaml\n");
    write("b/.gitignore", "!here.tmp.yaml\nsecret.tf\n");
    for (const path of [
      "build/a.yaml",
      "x.tmp.yaml",
      "kept.tmp.yaml",
      "b/here.tmp.yaml",
      "b/there.tmp.yaml",
      "b/secret.tf",
      "secret.tf",
    ]) {
      write(path);
    }
    const files = (await discover(["."])).filter((path) => !path.endsWith(".gitignore"));
    expect(files).toEqual(["b/here.tmp.yaml", "kept.tmp.yaml", "secret.tf"]);
  });

  test("what takes a directory in takes in what is in it, but for what is left out there", async () => {
    write(".gitignore", "cdk.out/\nsub/kept/\n");
    write("sub/.gitignore", "!kept/\n");
    write(".imdslintignore", "!cdk.out/\n*.draft.yaml\n");
    write("cdk.out/.gitignore", "own.yaml\n");
    for (const path of [
      "cdk.out/a.yaml",
      "cdk.out/b/c.yaml",
      "cdk.out/own.yaml",
      "cdk.out/d.draft.yaml",
      "sub/kept/e.yaml",
      "sub/cdk.out/f.yaml",
    ]) {
      write(path);
    }
    const templates = (await discover(["."])).filter((path) => path.endsWith(".yaml"));
    expect(templates).toEqual([
      "cdk.out/a.yaml",
      "cdk.out/b/c.yaml",
      "sub/cdk.out/f.yaml",
      "sub/kept/e.yaml",
    ]);
  });

  test("a directory is taken in over a configuration, and over .gitignore by one", async () => {
    write(".gitignore", "by-configuration/\n");
    write(".imdslintignore", "!by-own/\n");
    for (const name of ["by-configuration", "by-own", "neither"]) write(`${name}/a.yaml`);
    const patterns = new PathPatterns(root, ["!by-configuration/", "by-own/", "neither/"]);
    const configuration = new Configuration(`${root}/imdslint.config.yaml`, new Map(), {
      ...nothingConfigured,
      ignore: [{ value: patterns, location: { path: "", range: { start: 0, end: 0 } } }],
    });
    const { files } = await discoverFiles(["."], root, { configurationIn: () => configuration });
    expect(
      files.map((file) => relative(root, file)).filter((path) => path.endsWith("yaml")),
    ).toEqual(["by-configuration/a.yaml", "by-own/a.yaml"]);
    const isOut = (path: string) =>
      isLeftOut(`${root}/${path}/a.yaml`, root, { configurationIn: () => configuration });
    expect(["by-configuration", "by-own", "neither"].map(isOut)).toEqual([false, false, true]);
  });

  test("honours ignore files above the path, up to the git top level", async () => {
    write(".gitignore", "*.tf\n");
    write("a/b/main.tf");
    write("a/b/main.yaml");
    expect(await discover(["b"], "a")).toEqual(["a/b/main.yaml"]);
  });

  test("takes a file that is named itself, ignored or not", async () => {
    write(".gitignore", "*.tf\n");
    write("main.tf");
    expect(await discover(["main.tf"])).toEqual(["main.tf"]);
  });

  test("expands globs that the shell left alone", async () => {
    for (const path of ["a.yaml", "b/c.yaml", "b/d.json"]) write(path);
    expect(await discover(["**/*.yaml"])).toEqual(["a.yaml", "b/c.yaml"]);
  });

  test("leaves out of a glob what walking would leave out", async () => {
    write(".gitignore", "build/\n");
    for (const path of ["a.yaml", "build/b.yaml", "node_modules/c/d.yaml"]) write(path);
    expect(await discover(["**/*.yaml"])).toEqual(["a.yaml"]);
  });

  test("says what is no file, and what cannot be one", async () => {
    write("a.yaml");
    execFileSync("mkfifo", [`${root}/pipe.yaml`]);
    const { errors } = await discoverFiles(["pipe.yaml", "a.yaml/b", "x".repeat(300)], root);
    expect(errors.map(({ code }) => code)).toEqual(["not-a-file", "not-found", "not-found"]);
  });

  test("prefers a file to the glob that its name could be", async () => {
    write("a[1].yaml");
    expect(await discover(["a[1].yaml"])).toEqual(["a[1].yaml"]);
  });

  test("reads linked files and does not walk linked directories", async () => {
    write("shared/variables.tf");
    mkdirSync(`${root}/module`);
    symlinkSync("../shared/variables.tf", `${root}/module/variables.tf`);
    symlinkSync("..", `${root}/module/around`);
    expect(await discover(["."])).toEqual(["module/variables.tf", "shared/variables.tf"]);
  });

  test("says what is not there", async () => {
    const { errors } = await discoverFiles(["nowhere", "no/*.yaml"], root);
    expect(errors.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "not-found: there is no file or directory nowhere",
      "not-found: no file matches no/*.yaml",
    ]);
  });

  test("says that a directory is named like a template, and looks into it all the same", async () => {
    write("x.yaml/a.yaml");
    const { files, errors } = await discoverFiles(["."], root);
    expect(files.map((file) => relative(root, file))).toEqual(["x.yaml/a.yaml"]);
    expect(errors.map(({ code }) => code)).toEqual(["not-a-file"]);
  });
});
