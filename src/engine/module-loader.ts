import { HclFiles } from "../parsers/terraform/hcl-files.js";
import { ModuleLoader } from "../parsers/terraform/load-module.js";
import { RealPaths } from "../source/real-paths.js";
import { SourceFile } from "../source/source-file.js";
import type { LintRequest } from "./lint-request.js";

/** Reads modules of the tree. A file that several modules link to stands where it really is. */
export function moduleLoaderFor({
  fileSystem,
  rootDirectory,
}: Pick<LintRequest, "fileSystem" | "rootDirectory">): ModuleLoader {
  const real = new RealPaths(fileSystem, rootDirectory);
  return new ModuleLoader(
    new HclFiles(fileSystem, (path, read) => SourceFile.of(real.of(path), read)),
  );
}
