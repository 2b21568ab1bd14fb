import type { Diagnostic } from "vscode-languageserver";
import { type DescribedLaunches, describeLaunches } from "../engine/describe-launches.js";
import { isBeanstalkConfigurationPath } from "../engine/file-kind.js";
import type { LintRequest } from "../engine/lint-request.js";
import { fixFindings } from "../engine/fix-findings.js";
import { lint } from "../engine/lint.js";
import type { Finding } from "../findings/finding.js";
import { discoverFiles, isLeftOut } from "../node/discover-files.js";
import { gitTopLevel } from "../node/git-top-level.js";
import { OverlayFileSystem } from "../source/overlay-file-system.js";
import { Analysis, type AnalysedFinding } from "./analysis.js";
import { changesOf } from "./changes.js";
import type { FixSource } from "./code-actions.js";
import { diagnosticsOf, ofConfigurationError } from "./diagnostics.js";
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
  /** By path: whether an ignore file or a configuration leaves it out. */
  readonly #leftOut = new Map<string, boolean>();
  /** Counts scans: one that was begun later makes those before it needless. */
  #scans = 0;
  /** What was described last, which an editor asks for again and again while nothing changes. */
  #described: { readonly path: string; readonly launches: DescribedLaunches } | undefined;

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
    this.#described = undefined;
  }

  /** Has everything judged again that is known below a directory, when somebody next asks. Gives its files. */
  touchBelow(directory: string): readonly string[] {
    const known = this.#analysis.known.filter((path) => path.startsWith(`${directory}/`));
    for (const path of known) this.touch(path);
    return known;
  }

  /** Whether a file is judged, or was read for one that is. */
  takesPart(path: string): boolean {
    return isJudged(path) || this.#analysis.knows(path);
  }

  /** Judges what was touched. Gives the files whose diagnostics are others now. */
  flush(): readonly string[] {
    if (this.#dirty.size === 0) return [];
    const paths = [...this.#dirty];
    this.#dirty.clear();
    return this.#changedAmong(this.#analysis.update(paths));
  }

  /**
   * Judges every file of the folder, and what is known besides, a batch at a time. Tells of each batch the
   * files whose diagnostics are others now, and the share that is done, from 0 to 1. Ends early once
   * `isCancelled` says so, or another scan begins.
   */
  async scan(
    isCancelled: () => boolean,
    report: (changed: readonly string[], share: number) => void,
  ): Promise<void> {
    this.#scans += 1;
    const own = this.#scans;
    const isOver = () => isCancelled() || own !== this.#scans;
    const judged = [...new Set([...(await this.#judgedFiles()), ...this.#analysis.known])];
    for (let index = 0; index < judged.length && !isOver(); index += BATCH) {
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
    const judged = files.filter((path) => isJudged(path) && !isConfiguration(path));
    for (const path of judged) this.#leftOut.set(path, false);
    return judged;
  }

  /** Reads configurations and ignore files again; a scan then shows what they say. */
  reopen(): void {
    this.#folder = this.#context.openFolder(this.directory);
    this.#leftOut.clear();
    this.#described = undefined;
  }

  /** Gives the files whose diagnostics are others by the settings that count now. */
  reconsider(): readonly string[] {
    return this.#changedAmong(new Set(this.#analysis.known));
  }

  /** What instances get that a file has to do with. */
  launchesAround(path: string): DescribedLaunches {
    if (this.#described?.path !== path) {
      this.#described = { path, launches: describeLaunches(this.#request([path])) };
    }
    return this.#described.launches;
  }

  /** The diagnostics of a file, and a number that changes with them. */
  diagnostics(path: string): { readonly items: readonly Diagnostic[]; readonly version: number } {
    return { items: this.#itemsOf(path), version: this.#versions.get(path) ?? 0 };
  }

  /** The files that have diagnostics, or had. */
  get paths(): readonly string[] {
    return [...new Set([...this.#analysis.paths, ...this.#versions.keys()])].sort();
  }

  /** What is found in a file, open results among it. */
  findingsIn(path: string): readonly AnalysedFinding[] {
    return this.#analysis.findingsIn(path);
  }

  /** What is found in a file, with the edits that put it right, and what becomes of these. */
  fixesIn(path: string): Omit<FixSource, "workspaceEdit"> {
    const request = this.#request([path]);
    const { findings, files } = lint({ ...request, withFixes: true });
    const here = findings.filter(({ location }) => location.path === path);
    const isOwn = ({ fix }: Finding) =>
      fix?.edits.every(({ location }) => location.path === path) === true;
    return {
      findings: here.map((finding) => ({ finding, files })),
      isFixed: ({ finding: { fingerprint } }) =>
        fixFindings(request, ["safe", "review"], (each) => each.fingerprint === fingerprint).fixed >
        0,
      isSilenced: ({ finding: { fingerprint } }, text) => {
        const fileSystem = new OverlayFileSystem(request.fileSystem, new Map([[path, text]]));
        const report = lint({ ...request, fileSystem });
        const isSame = (each: Finding) => each.fingerprint === fingerprint;
        return !report.findings.some(isSame) && report.suppressed.some(isSame);
      },
      fixAll: () => {
        if (!here.some(isOwn)) return { edits: [], files };
        const { changed } = fixFindings(request, ["safe"], isOwn);
        const file = files.get(path);
        const after = changed.get(path)?.after;
        const edits = file === undefined || after === undefined ? [] : changesOf(file, after);
        return { edits, files };
      },
    };
  }

  #request(paths: readonly string[]): LintRequest {
    const { fileSystem, loaders } = this.#context;
    return {
      ...this.#folder.requestFor(paths),
      files: paths.filter((path) => !this.#isLeftOut(path)),
      named: new Set(),
      fileSystem,
      rootDirectory: this.#rootDirectory,
      workingDirectory: this.directory,
      suppressions: { today: new Date().toISOString().slice(0, 10) },
      ...loaders,
    };
  }

  #isLeftOut(path: string): boolean {
    let answer = this.#leftOut.get(path);
    if (answer === undefined) {
      answer = isLeftOut(path, this.directory, {
        configurationIn: (directory, names) => this.#folder.configurationIn(directory, names),
      });
      this.#leftOut.set(path, answer);
    }
    return answer;
  }

  #itemsOf(path: string): readonly Diagnostic[] {
    const { errors, files } = this.#folder;
    return [
      ...errors
        .filter(({ location }) => location.path === path)
        .map((error) => ofConfigurationError(error, files)),
      ...diagnosticsOf(this.#analysis, path, this.#context.settings()),
    ];
  }

  #changedAmong(paths: ReadonlySet<string>): readonly string[] {
    const configurations = this.#folder.errors.map(({ location }) => location.path);
    const wereWrong = [...this.#shown.keys()].filter(isConfiguration);
    return [...new Set([...paths, ...configurations, ...wereWrong])].filter((path) => {
      const items = this.#itemsOf(path);
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
  return (
    /\.(?:ya?ml|json|template|tf|tofu|tfvars)$/.test(path) || isBeanstalkConfigurationPath(path)
  );
}
