import { spawnSync } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { env, execPath, getuid } from "node:process";
import { Script } from "node:vm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CodeCache } from "../src/cli/code-cache.js";

const imdslint = new URL("../dist/imdslint.cjs", import.meta.url).pathname;
const demo = new URL("../fixtures/demo", import.meta.url).pathname;
const source = "(function twice(x) { return 2 * x; })";

let root = "";

beforeEach(() => {
  root = mkdtempSync(`${tmpdir()}/imdslint-code-cache-`);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Runs the command line with a cache directory of its own. */
function run(parameters: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const own = { XDG_CACHE_HOME: root, LOCALAPPDATA: root, HOME: root };
  const unset = { NODE_COMPILE_CACHE: undefined, NODE_DISABLE_COMPILE_CACHE: undefined };
  const { status, stdout, stderr } = spawnSync(execPath, [imdslint, ...parameters], {
    encoding: "utf8",
    env: { ...env, ...unset, ...own, ...more },
  });
  return { status, stdout: stdout.replace(/\d+(?:\.\d+)? m?s$/gm, "…"), stderr };
}

/** The files that were kept, by their paths. */
function kept(): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`)
    .sort();
}

/** A cache as it is after a run that compiled `source`, and loaded something beside it. */
function filledCache(build: string): CodeCache {
  const cache = new CodeCache(root, build);
  for (const name of ["twice", "other"]) {
    expect(cache.read(name)).toBeUndefined();
    const script = new Script(`${source} // ${name}`);
    script.runInThisContext();
    cache.add(name, script);
  }
  cache.save();
  return cache;
}

describe("the command line's compiled code", () => {
  test("is kept between runs, which print the same", () => {
    const first = run([demo]);
    const names = kept().map((path) => path.replace(/^.*\//, ""));
    expect(names).toEqual(expect.arrayContaining(["main.cjs", "terraform.cjs"]));
    const sizes = kept().map((path) => readFileSync(path).length);
    expect(run([demo])).toEqual(first);
    expect(kept().map((path) => readFileSync(path).length)).toEqual(sizes);
    expect(first.status).toBe(1);
  });

  test("is made again where it cannot be used", () => {
    const first = run([demo]);
    for (const path of kept()) writeFileSync(path, readFileSync(path).subarray(0, 1000));
    expect(run([demo])).toEqual(first);
    for (const path of kept()) expect(readFileSync(path).length).toBeGreaterThan(1000);
  });

  test("is not kept when that is unwanted, impossible, or too little to be worth it", () => {
    const { stdout } = run([demo], { NODE_DISABLE_COMPILE_CACHE: "1" });
    expect(stdout).toContain("require-imdsv2");
    expect(kept()).toEqual([]);
    run(["--version"]);
    expect(kept()).toEqual([]);
    writeFileSync(`${root}/file`, "");
    const inTheWay = { XDG_CACHE_HOME: `${root}/file`, LOCALAPPDATA: `${root}/file` };
    expect(run([demo], inTheWay)).toEqual({ status: 1, stdout, stderr: "" });
  });

  test("lies where Node's variable says", () => {
    run([demo], { NODE_COMPILE_CACHE: `${root}/elsewhere` });
    expect(readdirSync(root)).toEqual(["elsewhere"]);
  });
});

describe("CodeCache", () => {
  test("gives code that V8 takes, to the same build only", () => {
    filledCache("one");
    const cachedData = new CodeCache(root, "one").read("twice");
    if (cachedData === undefined) throw new Error("nothing was kept");
    const script = new Script(`${source} // twice`, { cachedData });
    expect(script.cachedDataRejected).toBe(false);
    expect(new CodeCache(root, "two").read("twice")).toBeUndefined();
  });

  test.skipIf(getuid?.() !== 0)("does not run what another user has put there", () => {
    filledCache("one");
    for (const path of kept()) chownSync(path, 12_345, 12_345);
    expect(new CodeCache(root, "one").read("twice")).toBeUndefined();
  });

  test("leaves no other file behind", () => {
    filledCache("one");
    expect(kept().map((path) => path.replace(/^.*\//, ""))).toEqual(["other", "twice"]);
  });

  test("removes what other builds left long ago", () => {
    mkdirSync(`${root}/long-ago`);
    mkdirSync(`${root}/yesterday`);
    const day = 86_400;
    const now = Date.now() / 1000;
    utimesSync(`${root}/long-ago`, now - 31 * day, now - 31 * day);
    utimesSync(`${root}/yesterday`, now - day, now - day);
    filledCache("one");
    expect(existsSync(`${root}/long-ago`)).toBe(false);
    expect(existsSync(`${root}/yesterday`)).toBe(true);
  });
});
