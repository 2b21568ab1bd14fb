import type { Configuration } from "../config/configuration.js";
import type { ConfigurationError } from "../config/configuration-error.js";
import type { LintRequest } from "../engine/lint-request.js";
import type { SourceFile } from "../source/source-file.js";

/** What counts for the files of a folder, by the configurations in it. */
export interface FolderSettings {
  /** What to lint these files with, beside where they come from. */
  requestFor(
    paths: readonly string[],
  ): Omit<LintRequest, "files" | "named" | "fileSystem" | "rootDirectory" | "loadTolerantYaml">;
  /** The configuration of a directory, and what it ignores. */
  configurationIn(directory: string, names?: ReadonlySet<string>): Configuration | undefined;
  /** What is wrong with the configurations that were read so far; those do not count. */
  readonly errors: readonly ConfigurationError[];
  /** What errors point into, by path. */
  readonly files: ReadonlyMap<string, SourceFile>;
}

/** Reads the configurations of a folder, as they are now. */
export type OpenFolder = (directory: string) => FolderSettings;

/** Whether a file says what counts for others, or which of them are judged. */
export function isConfiguration(path: string): boolean {
  return /\/(?:imdslint\.config\.(?:ya?ml|json)|\.imdslintignore|\.gitignore|package\.json)$/.test(
    path,
  );
}
