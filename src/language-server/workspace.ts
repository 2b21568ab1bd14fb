import type { Diagnostic } from "vscode-languageserver";
import { isConfigurationPath } from "../engine/file-kind.js";
import type { LintRequest } from "../engine/lint-request.js";
import { lint } from "../engine/lint.js";
import { discoverFiles } from "../node/discover-files.js";
import { gitTopLevel } from "../node/git-top-level.js";
import type { OverlayFileSystem } from "../source/overlay-file-system.js";
import { Analysis, type AnalysedFinding } from "./analysis.js";
import { diagnosticsOf } from "./diagnostics.js";
import { type FolderSettings, isConfiguration, type OpenFolder } from "./folder-settings.js";
import type { Settings } from "./settings.js";

/** How many files are judged before others get their turn during the first scan. */
const BATCH = 50;

/** What a workspace has from the server. */
export interface WorkspaceContext {
  readonly fileSystem: OverlayFileSystem;
  readonly settings: () => Settings;
  readonly openFolder: OpenFolder;
  /** What a run needs beside files and rules. */
  readonly loaders: Pick<LintRequest, "loadTolerantYaml" | "loadModuleCatalogue">;
}

/** One folder of the client's workspace, judged as a whole and then file by file. */
export class Workspace {
  readonly directory: string;
  readonly #context: WorkspaceContext;
  readonly #analysis: Analysis;
  readonly #rootDirectory: string;
  #folder: FolderSettings;
  readonly #dirty = new Set<string>();
  /** By path: how often the diagnostics of a file changed. */
  readonly #versions = new Map<string, number>();
  readonly #shown = new Map<string, string>();

  /** Takes the folder's absolute path. */
  constructor(directory: string, context: WorkspaceContext) {
    this.directory = directory;
    this.#context = context;
    this.#rootDirectory = gitTopLevel(directory) ?? directory;
    this.#folder = context.openFolder(directory);
    this.#analysis = new Analysis((paths) => this.#request(paths));
  }

  /** Whether a path lies in the folder. */
  holds(path: string): boolean {
    return path.startsWith(this.directory === "/" ? "/" : `${this.directory}/`);
  }

  /** Has a file judged again when somebody next asks. */
  touch(path: string): void {
    this.#dirty.add(path);
  }

  /** Judges what was touched. Gives the files whose diagnostics are others now. */
  flush(): readonly string[] {
    if (this.#dirty.size === 0) return [];
    const paths = [...this.#dirty];
    this.#dirty.clear();
    return this.#changedAmong(this.#analysis.update(paths));
  }

  /**
   * Judges every file of the folder, a batch at a time, and tells of each batch the files whose diagnostics
   * are others now, and the share that is done, from 0 to 1. Ends early once `isCancelled` says so.
   */
  async scan(
    isCancelled: () => boolean,
    report: (changed: readonly string[], share: number) => void,
  ): Promise<void> {
    const judged = await this.#judgedFiles();
    for (let index = 0; index < judged.length && !isCancelled(); index += BATCH) {
      const changed = this.#analysis.update(judged.slice(index, index + BATCH));
      report(this.#changedAmong(changed), Math.min(1, (index + BATCH) / judged.length));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Every file of the folder that no ignore file or configuration leaves out. */
  async #judgedFiles(): Promise<readonly string[]> {
    const { files } = await discoverFiles([this.directory], this.directory, {
      configurationIn: (directory, names) => this.#folder.configurationIn(directory, names),
    });
    return files.filter((path) => isJudged(path) && !isConfiguration(path));
  }

  /** Reads the configurations again, and judges everything known by them. */
  reopen(): readonly string[] {
    this.#folder = this.#context.openFolder(this.directory);
    return this.reconsider();
  }

  /** Judges everything known again, for other settings. */
  reconsider(): readonly string[] {
    const paths = this.#analysis.known;
    return this.#changedAmong(new Set([...paths, ...this.#analysis.update(paths)]));
  }

  /** The diagnostics of a file, and a number that changes with them. */
  diagnostics(path: string): { readonly items: readonly Diagnostic[]; readonly version: number } {
    const items = diagnosticsOf(this.#analysis, path, this.#context.settings());
    return { items, version: this.#versions.get(path) ?? 0 };
  }

  /** The files that have diagnostics, or had. */
  get paths(): readonly string[] {
    return [...new Set([...this.#analysis.paths, ...this.#versions.keys()])].sort();
  }

  /** What is found in a file, open results among it. */
  findingsIn(path: string): readonly AnalysedFinding[] {
    return this.#analysis.findingsIn(path);
  }

  /** What is found in a file, with the edits that put it right. */
  fixableFindingsIn(path: string): readonly AnalysedFinding[] {
    const { findings, files } = lint({ ...this.#request([path]), withFixes: true });
    return findings
      .filter(({ location }) => location.path === path)
      .map((finding) => ({ finding, files }));
  }

  #request(paths: readonly string[]): LintRequest {
    const { fileSystem, loaders } = this.#context;
    return {
      ...this.#folder.requestFor(paths),
      files: paths,
      named: new Set(),
      fileSystem,
      rootDirectory: this.#rootDirectory,
      workingDirectory: this.directory,
      suppressions: { today: new Date().toISOString().slice(0, 10) },
      ...loaders,
    };
  }

  #changedAmong(paths: ReadonlySet<string>): readonly string[] {
    return [...paths].filter((path) => {
      const items = diagnosticsOf(this.#analysis, path, this.#context.settings());
      const text = items.length === 0 ? undefined : JSON.stringify(items);
      if (this.#shown.get(path) === text) return false;
      if (text === undefined) this.#shown.delete(path);
      else this.#shown.set(path, text);
      this.#versions.set(path, (this.#versions.get(path) ?? 0) + 1);
      return true;
    });
  }
}

/** Whether a file can be a template, a module's or what gives those values. */
export function isJudged(path: string): boolean {
  return /\.(?:ya?ml|json|template|tf|tofu|tfvars)$/.test(path) || isConfigurationPath(path);
}
