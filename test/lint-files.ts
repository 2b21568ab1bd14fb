import { readdirSync } from "node:fs";
import { lint } from "../src/engine/lint.js";
import type { LintRequest } from "../src/engine/lint-request.js";
import type { Report } from "../src/findings/report.js";
import { DiskFileSystem } from "../src/node/disk-file-system.js";
import { registryModules } from "../src/data/registry-modules.generated.js";
import { parseTolerantly } from "../src/parsers/yaml/tolerant.js";
import { chooseRules } from "../src/rules/choose-rules.js";
import type { FileSystem } from "../src/source/file-system.js";
import { MemoryFileSystem } from "../src/source/memory-file-system.js";

/** What a test may say of a run beside its files. */
type Given = Partial<
  Pick<
    LintRequest,
    | "assume"
    | "files"
    | "parameters"
    | "place"
    | "rules"
    | "suppressions"
    | "withFixes"
    | "rootDirectory"
  >
>;

/** Lints everything below a directory on disk; by default with the rules that are on, at their own severity. */
export function lintDirectory(directory: string, given: Given = {}): Report {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);
  return lintFiles(files, new DiskFileSystem(), directory, given);
}

/** Lints files that exist only here, by absolute path. */
export function lintTexts(texts: Readonly<Record<string, string>>, given: Given = {}): Report {
  return lint({ ...requestFor(texts), ...given });
}

/** What to lint of files that exist only here, by absolute path. */
export function requestFor(texts: Readonly<Record<string, string>>): LintRequest {
  return requestOf(Object.keys(texts), new MemoryFileSystem(texts), "/");
}

function lintFiles(
  files: readonly string[],
  fileSystem: FileSystem,
  rootDirectory: string,
  given: Given = {},
): Report {
  return lint({ ...requestOf(files, fileSystem, rootDirectory), ...given });
}

function requestOf(
  files: readonly string[],
  fileSystem: FileSystem,
  rootDirectory: string,
): LintRequest {
  return {
    files,
    named: new Set(),
    fileSystem,
    rootDirectory,
    rules: chooseRules(),
    loadTolerantYaml: () => parseTolerantly,
    loadModuleCatalogue: () => registryModules,
    suppressions: { today: "2026-07-01" },
  };
}
