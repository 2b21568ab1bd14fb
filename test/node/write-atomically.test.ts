import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeAtomically } from "../../src/node/write-atomically.js";

let root = "";

beforeEach(() => {
  root = mkdtempSync(`${tmpdir()}/imdslint-write-`);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

test("makes the file and the directories it lies in, and leaves nothing else", () => {
  expect(writeAtomically(`${root}/a/b.json`, "text")).toBeUndefined();
  expect(readFileSync(`${root}/a/b.json`, "utf8")).toBe("text");
  expect(readdirSync(`${root}/a`)).toEqual(["b.json"]);
});

test("replaces a file and keeps its mode", () => {
  writeFileSync(`${root}/a`, "old");
  chmodSync(`${root}/a`, 0o600);
  expect(writeAtomically(`${root}/a`, "new")).toBeUndefined();
  expect(readFileSync(`${root}/a`, "utf8")).toBe("new");
  expect(statSync(`${root}/a`).mode & 0o777).toBe(0o600);
});

test("writes what a link leads to", () => {
  writeFileSync(`${root}/target`, "old");
  symlinkSync("target", `${root}/link`);
  expect(writeAtomically(`${root}/link`, "new")).toBeUndefined();
  expect(lstatSync(`${root}/link`).isSymbolicLink()).toBe(true);
  expect(readFileSync(`${root}/target`, "utf8")).toBe("new");
});

test("writes to a device instead of replacing it", () => {
  expect(writeAtomically("/dev/null", "text")).toBeUndefined();
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
});

test("says why it cannot write", () => {
  writeFileSync(`${root}/file`, "");
  expect(writeAtomically(`${root}/file/below`, "text")).toBe("a part of its path is a file");
  expect(writeAtomically(root, "text")).toBe("it is a directory");
  expect(readdirSync(root)).toEqual(["file"]);
});
