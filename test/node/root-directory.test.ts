import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rootDirectoryOf } from "../../src/node/root-directory.js";

let top = "";

beforeEach(() => {
  top = mkdtempSync(`${tmpdir()}/imdslint-root-`);
  for (const path of ["repository/.git", "repository/a/b", "elsewhere/c/d"]) {
    mkdirSync(`${top}/${path}`, { recursive: true });
  }
});

afterEach(() => {
  rmSync(top, { recursive: true });
});

test("is the working directory's git top level for what lies in it", () => {
  const root = rootDirectoryOf([`${top}/repository/a/b/x.tf`], `${top}/repository/a`);
  expect(root).toBe(`${top}/repository`);
});

test("is the files' own git top level for what lies elsewhere", () => {
  const root = rootDirectoryOf([`${top}/repository/a/b/x.tf`], `${top}/elsewhere`);
  expect(root).toBe(`${top}/repository`);
});

test("is the files' own git top level when run from above it", () => {
  expect(rootDirectoryOf([`${top}/repository/a/x.tf`], top)).toBe(`${top}/repository`);
});

test("is the directory that holds all files, where there is no git", () => {
  const files = [`${top}/elsewhere/c/x.tf`, `${top}/elsewhere/c/d/y.tf`];
  expect(rootDirectoryOf(files, `${top}/repository`)).toBe(`${top}/elsewhere/c`);
});

test("is the working directory where there is nothing and no git", () => {
  expect(rootDirectoryOf([], `${top}/elsewhere`)).toBe(`${top}/elsewhere`);
});
