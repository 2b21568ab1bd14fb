import { dirname, resolve } from "pathe";
import type { LintRequest } from "../engine/lint-request.js";
import type { InputError } from "../findings/input-error.js";
import { DiskFileSystem } from "../node/disk-file-system.js";
import { discoverFiles } from "../node/discover-files.js";
import { rootDirectoryOf } from "../node/root-directory.js";
import type { Format } from "../reporters/format-names.js";
import { rules } from "../rules/index.js";
import type { CommandLineOptions, RequestedOutput } from "./command-line-options.js";
import { type CommandResult, usageError } from "./command-result.js";
import { unknownRule } from "./commands/describe-rules.js";
import { describeConfigurationErrors } from "./configuration-errors.js";
import { finderFor } from "./finder-for.js";
import { loadModuleCatalogue } from "./load-module-catalogue.js";
import { loadTolerantYaml } from "./load-tolerant-yaml.js";
import { RunSettings } from "./run-settings.js";

/** Everything that the command line and configurations say of a run. */
export interface PreparedRun {
  readonly request: LintRequest;
  readonly settings: RunSettings;
  /** The reports to write, with absolute paths. */
  readonly outputs: readonly RequestedOutput[];
  /** What the command line names and nobody can judge. */
  readonly errors: readonly InputError[];
  /**
   * Why configurations that have been read so far do not count. Findings may stand in files that were
   * not named, whose configurations are only read then.
   */
  readonly complaint: () => string | undefined;
}

/** Finds the files and what counts for them; or says why nothing can be run. */
export async function prepareRun(
  options: CommandLineOptions,
  workingDirectory: string,
): Promise<PreparedRun | CommandResult> {
  const unknown = [...options.rules.keys()].find((id) => rules.every((rule) => rule.id !== id));
  if (unknown !== undefined) return usageError(unknownRule(unknown));

  const fileSystem = new DiskFileSystem();
  const finder = finderFor(options, fileSystem, workingDirectory);
  const paths = options.paths.length > 0 ? options.paths : ["."];
  const { files, named, errors } = await discoverFiles(paths, workingDirectory, {
    configurationIn: (directory, names) => finder.in(directory, names),
    forceExclude: options.forceExclude,
  });
  for (const directory of new Set([...named].map((path) => dirname(path)))) finder.in(directory);
  const settings = new RunSettings(options, finder, workingDirectory);
  const { outputs, rules: chosen, deployment, byFile } = settings;
  const complaint = () => describeConfigurationErrors(finder, workingDirectory);
  const first = complaint();
  if (first !== undefined) return usageError(first);
  if (typeof outputs === "string") return usageError(outputs);
  const request = {
    files,
    named,
    fileSystem,
    rootDirectory: rootDirectoryOf(files, workingDirectory),
    rules: chosen,
    ...deployment,
    ...(byFile === undefined ? {} : { byFile }),
    loadTolerantYaml,
    loadModuleCatalogue,
    workingDirectory,
    ...(options.sourceRoot === undefined
      ? {}
      : { sourceRoot: resolve(workingDirectory, options.sourceRoot) }),
    suppressions: {
      inline: options.inlineSuppressions,
      foreign: options.inlineSuppressions && options.foreignSuppressions,
      today: new Date().toISOString().slice(0, 10),
    },
    withFixes: outputs.some(({ format }) => FORMATS_WITH_FIXES.has(format)),
  };
  return { request, settings, outputs, errors, complaint };
}

/** The formats that have a place for edits. */
const FORMATS_WITH_FIXES: ReadonlySet<Format> = new Set(["json", "sarif", "rdjson"]);
