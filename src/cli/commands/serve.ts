import { dirname } from "pathe";
import { startLanguageServer } from "../../language-server/server.js";
import type { FolderSettings } from "../../language-server/folder-settings.js";
import { DiskFileSystem } from "../../node/disk-file-system.js";
import { type CommandResult, usageError } from "../command-result.js";
import { finderFor } from "../finder-for.js";
import { loadModuleCatalogue } from "../load-module-catalogue.js";
import { loadTolerantYaml } from "../load-tolerant-yaml.js";
import { parseArguments } from "../options.js";
import { RunSettings } from "../run-settings.js";

/** Serves an editor on standard input and output until that ends it. */
export async function serve(version: string): Promise<CommandResult> {
  // What a run without arguments would do counts in the editor, too.
  const parsed = parseArguments([], version);
  if ("exitCode" in parsed) return parsed;
  if (parsed.command !== "lint") return usageError("A run without arguments judges files.");
  const { options } = parsed;
  startLanguageServer({
    version,
    loaders: { loadTolerantYaml, loadModuleCatalogue },
    openFolder: (directory): FolderSettings => {
      const finder = finderFor(options, new DiskFileSystem(), directory);
      finder.in(directory);
      return {
        requestFor: (paths) => {
          for (const folder of new Set(paths.map((path) => dirname(path)))) finder.in(folder);
          const settings = new RunSettings(options, finder, directory);
          const { rules, byFile, deployment, suppressions } = settings;
          return {
            rules,
            ...deployment,
            ...(byFile === undefined ? {} : { byFile }),
            suppressions,
          };
        },
        configurationIn: (folder, names) => finder.in(folder, names),
        get errors() {
          return finder.errors;
        },
        get files() {
          return finder.files;
        },
      };
    },
  });
  return await new Promise<never>(() => undefined);
}
