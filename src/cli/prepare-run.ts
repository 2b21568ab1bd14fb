import { dirname, resolve } from "pathe";
import type { LintRequest } from "../engine/lint-request.js";
import type { InputError } from "../findings/input-error.js";
import type { ConfigurationFinder } from "../node/configuration-finder.js";
import { DiskFileSystem } from "../node/disk-file-system.js";
import { discoverFiles, isLeftOut } from "../node/discover-files.js";
import { readStandardInput } from "../node/read-standard-input.js";
import { rules } from "../rules/index.js";
import type { FileSystem } from "../source/file-system.js";
import { OverlayFileSystem } from "../source/overlay-file-system.js";
import type { Format } from "../reporters/format-names.js";
import type { CommandLineOptions, RequestedOutput } from "./command-line-options.js";
import { type CommandResult, usageError } from "./command-result.js";
import { unknownRule } from "./commands/describe-rules.js";
import { describeConfigurationErrors } from "./configuration-errors.js";
import { finderFor } from "./finder-for.js";
import { loadModuleCatalogue } from "./load-module-catalogue.js";
import { loadTolerantYaml } from "./load-tolerant-yaml.js";
import { rootOfRun } from "./run-root.js";
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

/** Finds the files that the command line names and what counts for them; or says why that cannot be. */
export async function prepareRun(
  options: CommandLineOptions,
  workingDirectory: string,
): Promise<PreparedRun | CommandResult> {
  const unknown = [...options.rules.keys()].find((id) => rules.every((rule) => rule.id !== id));
  if (unknown !== undefined) return usageError(unknownRule(unknown));

  const disk = new DiskFileSystem();
  const finder = finderFor(options, disk, workingDirectory);
  const found = await findInput(options, finder, disk, workingDirectory);
  if ("exitCode" in found) return found;
  const { files, named, errors, fileSystem } = found;
  for (const directory of new Set([...named].map((path) => dirname(path)))) finder.in(directory);
  const settings = new RunSettings(options, finder, workingDirectory);
  const { outputs, byFile } = settings;
  const complaint = () => describeConfigurationErrors(finder, workingDirectory);
  const first = complaint();
  if (first !== undefined) return usageError(first);
  if (typeof outputs === "string") return usageError(outputs);
  const place = {
    workingDirectory,
    ...(options.sourceRoot === undefined
      ? {}
      : { sourceRoot: resolve(workingDirectory, options.sourceRoot) }),
  };
  const request = {
    files,
    named,
    fileSystem,
    rootDirectory: rootOfRun(files, place, disk),
    rules: settings.rules,
    ...settings.deployment,
    ...(byFile === undefined ? {} : { byFile }),
    loadTolerantYaml,
    loadModuleCatalogue,
    suppressions: settings.suppressions,
    ...place,
    withFixes: outputs.some(({ format }) => FORMATS_WITH_FIXES.has(format)),
  };
  return { request, settings, outputs, errors, complaint };
}

/** The formats that have a place for edits. */
const FORMATS_WITH_FIXES: ReadonlySet<Format> = new Set(["json", "sarif", "rdjson"]);

/** The files to judge, and where they and all others are read. */
interface Input extends Pick<LintRequest, "files" | "named"> {
  readonly fileSystem: FileSystem;
  readonly errors: readonly InputError[];
}

async function findInput(
  options: CommandLineOptions,
  finder: ConfigurationFinder,
  disk: FileSystem,
  workingDirectory: string,
): Promise<Input | CommandResult> {
  const paths = options.paths.length > 0 ? options.paths : ["."];
  const discovery = {
    configurationIn: (directory: string, names?: ReadonlySet<string>) =>
      finder.in(directory, names),
    forceExclude: options.forceExclude,
  };
  const isStandardInput = options.stdin || options.paths.includes("-");
  if (!isStandardInput) {
    return { ...(await discoverFiles(paths, workingDirectory, discovery)), fileSystem: disk };
  }
  if (options.paths.some((path) => path !== "-")) {
    return usageError("With --stdin there is nothing else to lint; leave out the other paths");
  }
  if (options.since !== undefined || options.staged) {
    return usageError("git does not know standard input; leave out --since and --staged");
  }
  if (options.fix.length > 0 && !options.fixDryRun) {
    return usageError("--fix cannot change standard input; --fix-dry-run prints what it would");
  }
  const text = readStandardInput();
  if (typeof text !== "string") return usageError("Standard input is not UTF-8 text");
  if (options.stdinFilename === undefined && isTerraform(text)) {
    return usageError("This reads like Terraform; say so with --stdin-filename main.tf");
  }
  const path = resolve(workingDirectory, options.stdinFilename ?? defaultName(text));
  const isOut = options.forceExclude && isLeftOut(path, workingDirectory, discovery);
  const files = isOut ? [] : [path];
  const fileSystem = new OverlayFileSystem(disk, new Map([[path, text]]));
  return { files, named: new Set(files), fileSystem, errors: [] };
}

/** What a text is taken for that nobody names: the languages tell themselves apart but for their syntax. */
function defaultName(text: string): string {
  return /^\s*\{/.test(text) ? "stdin.json" : "stdin.yaml";
}

/**
 * Whether a text has one of Terraform's blocks, or begins with one in JSON: without a name it would be passed
 * over as no template.
 */
function isTerraform(text: string): boolean {
  const block =
    /^(?:(?:resource|data|module|variable|provider|output)\s+"[^"]*".*|(?:terraform|locals)\s*)\{/m;
  const inJson =
    /^\s*\{\s*"(?:resource|data|module|variable|provider|output|terraform|locals)"\s*:\s*[{[]/;
  return block.test(text) || inJson.test(text);
}
