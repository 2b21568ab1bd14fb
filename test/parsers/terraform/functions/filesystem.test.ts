import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DiskFileSystem } from "../../../../src/node/disk-file-system.js";
import { terraformFunctions } from "../../../../src/parsers/terraform/functions/index.js";
import type { FunctionCallContext } from "../../../../src/parsers/terraform/functions/terraform-function.js";
import type { FileSystem } from "../../../../src/source/file-system.js";
import { MemoryFileSystem } from "../../../../src/source/memory-file-system.js";
import { type Evaluated, unknown } from "../../../../src/values/evaluated.js";
import { argumentOrigin, callContext } from "./call-context.js";
import { toEvaluated, toPlain } from "./to-evaluated.js";

const texts = {
  "/secret.txt": "secret",
  "/tree/shared/a.txt": "shared",
  "/tree/root/a.txt": "own",
  "/tree/root/data/b.txt": "b",
  "/tree/rootless/c.txt": "c",
  "/tree-beside/d.txt": "d",
};

/** Notes what is asked for. */
class WatchedFileSystem implements FileSystem {
  readonly asked: string[] = [];
  readonly #files = new MemoryFileSystem(texts);

  read(path: string) {
    this.asked.push(path);
    return this.#files.read(path);
  }

  list(directory: string) {
    this.asked.push(directory);
    return this.#files.list(directory);
  }
}

function call(name: string, values: readonly Evaluated[], changes: Partial<FunctionCallContext>) {
  const result = terraformFunctions.get(name)?.(values, callContext(changes));
  if (result === undefined) throw new Error(`there is no ${name}`);
  return result;
}

/** The result of a call in the root module `/tree/root` of the tree `/tree`. */
function inTree(name: string, ...values: readonly (string | Evaluated)[]) {
  const fileSystem = new WatchedFileSystem();
  const given = values.map((value, index) =>
    typeof value === "string" ? toEvaluated(value, argumentOrigin(index)) : value,
  );
  const directories = { rootDirectory: "/tree/root", treeDirectory: "/tree" };
  const result = call(name, given, { fileSystem, ...directories, moduleDirectory: "/tree/mod" });
  return { result, asked: fileSystem.asked };
}

function plainResult(name: string, ...values: readonly (string | Evaluated)[]): unknown {
  const { result } = inTree(name, ...values);
  if (!result.ok) throw new Error(result.message);
  return toPlain(result.value);
}

function evaluated(name: string, ...values: readonly string[]): Evaluated {
  const { result } = inTree(name, ...values);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

describe("a path", () => {
  test.each([
    ["a.txt", "own"],
    ["./data/../a.txt", "own"],
    ["../shared/a.txt", "shared"],
    ["../rootless/c.txt", "c"],
    ["/tree/shared/a.txt", "shared"],
  ])("%s is read from the root module on", (path, text) => {
    expect(plainResult("file", path)).toBe(text);
  });

  test.each([
    "/secret.txt",
    "../../secret.txt",
    "../../tree-beside/d.txt",
    "/tree/../secret.txt",
    "~/secret.txt",
    "~",
    "data/../../../secret.txt",
    "/",
    "C:/secret.txt",
  ])("%s leads out of the tree, is unknown and never read", (path) => {
    for (const name of ["file", "fileexists", "filebase64", "filesha256", "templatefile"]) {
      const others = name === "templatefile" ? [toEvaluated({})] : [];
      const { result, asked } = inTree(name, path, ...others);
      expect(result, name).toMatchObject({
        ok: true,
        value: { state: "unknown", reason: { kind: "not-available", what: `file ${path}` } },
      });
      expect(asked.filter((one) => one !== "/tree" && !one.startsWith("/tree/"))).toEqual([]);
    }
  });

  test.each([
    ["/", "*.txt"],
    ["../..", "*"],
    [".", "../../*.txt"],
    ["../../tree-beside", "**"],
  ])("fileset(%s, %s) leads out of the tree, is unknown and never read", (directory, pattern) => {
    const { result, asked } = inTree("fileset", directory, pattern);
    expect(result).toMatchObject({ ok: true, value: { state: "unknown" } });
    expect(asked).toEqual([]);
  });

  test("that may be one of two gives one of two texts", () => {
    const open = unknown({ kind: "variable-without-default", name: "x" }, argumentOrigin(0));
    const result = inTree("file", { ...open, possible: ["a.txt", "data/b.txt"] }).result;
    expect(result).toMatchObject({ ok: true, value: { state: "unknown", possible: ["own", "b"] } });
  });
});

describe("abspath", () => {
  test("is unknown, since the root module lies elsewhere on other machines", () => {
    expect(evaluated("abspath", "a.txt")).toMatchObject({
      state: "unknown",
      reason: { kind: "decided-at-deployment", expression: 'abspath("a.txt")' },
    });
    expect(plainResult("basename", evaluated("abspath", "."))).toEqual({ $unknown: "any" });
    expect(plainResult("upper", evaluated("abspath", "a.txt"))).toEqual({ $unknown: "any" });
  });

  test("is good for reading the file", () => {
    expect(plainResult("file", evaluated("abspath", "a.txt"))).toBe("own");
    expect(plainResult("fileexists", evaluated("abspath", "../shared/none"))).toBe(false);
    expect(plainResult("fileset", evaluated("abspath", "data"), "*")).toEqual(["b.txt"]);
  });

  test("of a path beside the tree reads nothing", () => {
    const { result, asked } = inTree("file", evaluated("abspath", "../../secret.txt"));
    expect(result).toMatchObject({
      value: { state: "unknown", reason: { kind: "not-available" } },
    });
    expect(asked).toEqual([]);
  });
});

test("pathexpand is unknown for a home directory and leaves everything else alone", () => {
  expect(plainResult("pathexpand", "~/a")).toEqual({ $unknown: "any" });
  expect(plainResult("pathexpand", "~")).toEqual({ $unknown: "any" });
  expect(plainResult("file", evaluated("pathexpand", "a.txt"))).toBe("own");
  expect(inTree("pathexpand", "~other/a").result.ok).toBe(false);
});

describe("on a disk", () => {
  let outside: string;

  beforeAll(() => {
    outside = realpathSync(mkdtempSync(join(tmpdir(), "filesystem-"))).replaceAll("\\", "/");
    mkdirSync(`${outside}/tree/real`, { recursive: true });
    writeFileSync(`${outside}/secret.txt`, "secret");
    writeFileSync(`${outside}/tree/real/a.txt`, "a");
    writeFileSync(`${outside}/tree/picture.bin`, Uint8Array.of(0, 255, 216));
    symlinkSync("../secret.txt", `${outside}/tree/link.txt`);
    symlinkSync("..", `${outside}/tree/up`);
    symlinkSync("real", `${outside}/tree/real-link`);
    symlinkSync("real/a.txt", `${outside}/tree/a-link.txt`);
    symlinkSync("nowhere", `${outside}/tree/real/broken`);
  });
  afterAll(() => {
    rmSync(outside, { recursive: true });
  });

  function onDisk(name: string, ...values: readonly string[]): unknown {
    const tree = `${outside}/tree`;
    const changes = { fileSystem: new DiskFileSystem(), rootDirectory: tree, treeDirectory: tree };
    const result = call(
      name,
      values.map((value) => toEvaluated(value)),
      changes,
    );
    return result.ok ? toPlain(result.value) : result.message;
  }

  test.each([
    ["file", "a-link.txt", "a"],
    ["file", "real-link/a.txt", "a"],
    ["fileexists", "real-link/b.txt", false],
    ["filemd5", "real/a.txt", "0cc175b9c0f1b6a831c399e269772661"],
  ])("%s(%s) follows links within the tree", (name, path, value) => {
    expect(onDisk(name, path)).toBe(value);
  });

  test.each([
    ["file", "link.txt"],
    ["file", "up/secret.txt"],
    ["fileexists", "up/secret.txt"],
    ["filesha1", "link.txt"],
  ])("%s(%s) does not follow links out of the tree", (name, path) => {
    expect(onDisk(name, path)).toEqual({ $unknown: "any" });
  });

  test("fileset follows links within the tree and none that lead out of it", () => {
    expect(onDisk("fileset", "real-link", "*.txt")).toEqual(["a.txt"]);
    expect(onDisk("fileset", ".", "*.txt")).toEqual({ $unknown: "any" });
    expect(onDisk("fileset", "up", "*.txt")).toEqual({ $unknown: "any" });
    expect(onDisk("fileset", "real", "*")).toEqual({ $unknown: "any" });
  });

  test("a file that is not text is there, but not read", () => {
    expect(onDisk("fileexists", "picture.bin")).toBe(true);
    expect(onDisk("filesha256", "picture.bin")).toEqual({ $unknown: "any" });
  });
});
