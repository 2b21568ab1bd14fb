import { readdirSync, readFileSync } from "node:fs";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { forbiddenImports } from "./import-directions.js";

const root = new URL("../", import.meta.url).pathname;

/** Lines a file may have before it wants to be split. */
const LONGEST_FILE = 400;

function sourceFiles(directory: string): readonly string[] {
  return readdirSync(`${root}${directory}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => `${entry.parentPath}/${entry.name}`);
}

test("folders import only what stands below them, without cycles", async () => {
  const { output } = await cruise(
    ["src"],
    {
      baseDir: root,
      tsPreCompilationDeps: true,
      doNotFollow: { path: "node_modules" },
      validate: true,
      ruleSet: { forbidden: forbiddenImports },
    },
    undefined,
    { tsConfig: extractTSConfig(`${root}tsconfig.json`) },
  );
  const { summary } = output as ICruiseResult;
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual(
    [],
  );
});

test("no file is a catch-all", () => {
  const files = sourceFiles("src").filter((path) => !path.includes("/data/"));
  const long = files.filter((path) => readFileSync(path, "utf8").split("\n").length > LONGEST_FILE);
  expect(long).toEqual([]);
  const vague = files.filter((path) => /\/(?:utils?|helpers?|misc|common)\b/.test(path));
  expect(vague).toEqual([]);
});

test("the core can be bundled for a browser", async () => {
  const { outputFiles } = await build({
    entryPoints: [`${root}src/index.ts`],
    bundle: true,
    platform: "browser",
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  expect(outputFiles.length).toBe(1);
});
