import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, relative } from "pathe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ConfigurationFinder, type FinderContext } from "../../src/node/configuration-finder.js";
import { DiskFileSystem } from "../../src/node/disk-file-system.js";
import { discoverFiles } from "../../src/node/discover-files.js";
import { leadsOutside } from "../../src/node/leads-outside.js";
import { parseTolerantly } from "../../src/parsers/yaml/tolerant.js";
import { rules } from "../../src/rules/index.js";

let root = "";

beforeEach(() => {
  root = realpathSync(mkdtempSync(`${tmpdir()}/imdslint-configuration-`));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text = ""): void {
  mkdirSync(dirname(`${root}/${path}`), { recursive: true });
  writeFileSync(`${root}/${path}`, text);
}

function finder(context: Partial<FinderContext> = {}): ConfigurationFinder {
  return new ConfigurationFinder({
    fileSystem: new DiskFileSystem(),
    workingDirectory: root,
    loadTolerantYaml: () => parseTolerantly,
    rules,
    ...context,
  });
}

/** The configuration of a directory, relative to the root. */
function found(directory: string, context?: Partial<FinderContext>): string | undefined {
  const configuration = finder(context).in(directory === "" ? root : `${root}/${directory}`);
  return configuration === undefined ? undefined : relative(root, configuration.path);
}

describe("a configuration is found", () => {
  test("in the nearest directory, up to the top level of git", () => {
    mkdirSync(`${root}/repository/.git`, { recursive: true });
    write("imdslint.config.yaml");
    write("repository/imdslint.config.yml");
    write("repository/a/b/main.tf");
    write("repository/a/c/imdslint.config.json", "{}");
    const workingDirectory = `${root}/repository/a`;
    expect(found("repository/a/b", { workingDirectory })).toBe("repository/imdslint.config.yml");
    expect(found("repository/a/c", { workingDirectory })).toBe(
      "repository/a/c/imdslint.config.json",
    );
    rmSync(`${root}/repository/imdslint.config.yml`);
    expect(found("repository/a/b", { workingDirectory })).toBeUndefined();
  });

  test("without git, up to the working directory, or only beside the file elsewhere", () => {
    write("imdslint.config.yaml");
    write("a/b/imdslint.config.yaml");
    mkdirSync(`${root}/c/d`, { recursive: true });
    expect(found("c/d")).toBe("imdslint.config.yaml");
    expect(found("c/d", { workingDirectory: `${root}/a` })).toBeUndefined();
    expect(found("a/b", { workingDirectory: `${root}/c` })).toBe("a/b/imdslint.config.yaml");
  });

  test("beyond a package.json that says nothing", () => {
    write("imdslint.config.yaml");
    write("a/package.json", '{ "devDependencies": { "imdslint": "1.0.0" } }');
    write("b/package.json", '{ "imdslint": {} }');
    expect(found("a")).toBe("imdslint.config.yaml");
    expect(found("b")).toBe("b/package.json");
  });

  test("not at all, or the one that is named", () => {
    write("imdslint.config.yaml");
    write("ci/strict.yaml", "ignore: [x/]\n");
    expect(found("", { only: null })).toBeUndefined();
    const named = finder({ only: `${root}/ci/strict.yaml` }).in(`${root}/a`);
    expect(named?.ignores(`${root}/x/a.yaml`)).toBe(true);
  });
});

describe("what a configuration ignores", () => {
  async function discover(paths: readonly string[], forceExclude = false) {
    const configurations = finder();
    const { files } = await discoverFiles(paths, root, {
      configurationIn: (directory, names) => configurations.in(directory, names),
      forceExclude,
    });
    return files.map((file) => relative(root, file)).filter((file) => file.endsWith(".tf"));
  }

  test("is not walked, unless it is named and not forced out", async () => {
    mkdirSync(`${root}/.git`);
    write("imdslint.config.yaml", "ignore: [old/, '*.gen.tf']\n");
    for (const path of ["a.tf", "a.gen.tf", "old/b.tf", "old/c/d.gen.tf"]) write(path);
    expect(await discover(["."])).toEqual(["a.tf"]);
    expect(await discover(["old", "a.gen.tf"])).toEqual(["a.gen.tf", "old/b.tf", "old/c/d.gen.tf"]);
    expect(await discover(["old", "a.gen.tf", "old/b.tf", "a.tf"], true)).toEqual(["a.tf"]);
    expect(await discover(["**/*.tf"])).toEqual(["a.tf"]);
  });

  test("stays ignored below, though a directory there has a configuration", async () => {
    mkdirSync(`${root}/.git`);
    write("imdslint.config.yaml", "ignore: [old/]\n");
    write("old/a/imdslint.config.yaml");
    write("old/a/b.tf");
    expect(await discover(["."])).toEqual([]);
    expect(await discover(["old/a/b.tf"], true)).toEqual([]);
    expect(await discover(["old"])).toEqual(["old/a/b.tf"]);
  });

  test("is weaker than .imdslintignore and stronger than .gitignore", async () => {
    mkdirSync(`${root}/.git`);
    write(".gitignore", "a.tf\nb.tf\n");
    write("imdslint.config.yaml", "ignore: ['!a.tf', c.tf, d.tf]\n");
    write(".imdslintignore", "!d.tf\n");
    for (const name of ["a", "b", "c", "d", "e"]) write(`${name}.tf`);
    expect(await discover(["."])).toEqual(["a.tf", "d.tf", "e.tf"]);
  });
});

test("links lead outside of a directory, or they do not", () => {
  mkdirSync(`${root}/tree/sub`, { recursive: true });
  mkdirSync(`${root}/other`);
  symlinkSync(`${root}/other`, `${root}/tree/out`);
  symlinkSync(`${root}/tree/sub`, `${root}/tree/in`);
  const leads = (path: string) => leadsOutside(`${root}/tree/${path}`, `${root}/tree`);
  expect(["out/a/b.sarif", "in/b.sarif", "new/b.sarif", "out"].map(leads)).toEqual([
    true,
    false,
    false,
    true,
  ]);
});
