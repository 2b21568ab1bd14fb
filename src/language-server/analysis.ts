import { lint, touches } from "../engine/lint.js";
import type { LintRequest } from "../engine/lint-request.js";
import type { Finding } from "../findings/finding.js";
import type { InputError } from "../findings/input-error.js";
import type { SourceFile } from "../source/source-file.js";

/** A finding with the texts that its places count in. */
export interface AnalysedFinding {
  readonly finding: Finding;
  readonly files: ReadonlyMap<string, SourceFile>;
}

/** Input that could not be read, with the texts that its place counts in. */
export interface AnalysedError {
  readonly error: InputError;
  readonly files: ReadonlyMap<string, SourceFile>;
}

/** Gives what to lint these files with: rules, values, the file system with what is open. */
export type RequestFor = (paths: readonly string[]) => LintRequest;

/**
 * What is known of the files of a workspace, kept up to date file by file: a changed file is judged
 * again together with all files of the deployments it is a part of, and with nothing else.
 */
export class Analysis {
  readonly #requestFor: RequestFor;
  #findings: readonly AnalysedFinding[] = [];
  readonly #errors = new Map<string, readonly AnalysedError[]>();
  /** By file: the files of the deployments that it is a part of. */
  readonly #companions = new Map<string, Set<string>>();

  constructor(requestFor: RequestFor) {
    this.#requestFor = requestFor;
  }

  /**
   * Judges files, and what is deployed together with them. Gives the paths of all files in which
   * something may be found now that was not, or is no longer.
   */
  update(changed: readonly string[]): ReadonlySet<string> {
    const judged = new Set(
      changed.flatMap((path) => [path, ...(this.#companions.get(path) ?? [])]),
    );
    const report = lint(this.#requestFor([...judged]));
    for (const paths of report.deployments) this.#remember(paths);
    const { files } = report;
    this.#rememberOthers(files.keys(), report.deployments.flat());
    const isStale = ({ finding }: AnalysedFinding) => touches(finding, judged);
    const stale = this.#findings.filter(isStale);
    const found = report.findings.map((finding) => ({ finding, files }));
    this.#findings = [...this.#findings.filter((each) => !isStale(each)), ...found];
    for (const path of judged) this.#errors.delete(path);
    const errorPaths = new Set(report.errors.map(({ path }) => path));
    for (const path of errorPaths) {
      const own = report.errors.filter((error) => error.path === path);
      this.#errors.set(
        path,
        own.map((error) => ({ error, files })),
      );
    }
    const places = [...stale, ...found].map(({ finding }) => finding.location.path);
    return new Set([...judged, ...errorPaths, ...places]);
  }

  /** What stands in a file, in the order of places. */
  findingsIn(path: string): readonly AnalysedFinding[] {
    return this.#findings
      .filter(({ finding }) => finding.location.path === path)
      .sort(
        (left, right) => left.finding.location.range.start - right.finding.location.range.start,
      );
  }

  /** What could not be read of a file. */
  errorsIn(path: string): readonly AnalysedError[] {
    return this.#errors.get(path) ?? [];
  }

  /** The files in which something is found or cannot be read. */
  get paths(): readonly string[] {
    const places = this.#findings.map(({ finding }) => finding.location.path);
    return [...new Set([...places, ...this.#errors.keys()])].sort();
  }

  /** Whether a file has had a part in anything that was judged. */
  knows(path: string): boolean {
    return this.#companions.has(path);
  }

  /** Every file that was judged so far. */
  get known(): readonly string[] {
    return [...new Set([...this.paths, ...this.#companions.keys()])];
  }

  #remember(paths: readonly string[]): void {
    for (const path of paths) {
      const known = this.#companions.get(path);
      if (known === undefined) this.#companions.set(path, new Set(paths));
      else for (const other of paths) known.add(other);
    }
  }

  /** What was read beside deployments, such as files of parameters, may matter to any of them. */
  #rememberOthers(read: Iterable<string>, deployed: readonly string[]): void {
    const own = new Set(deployed);
    for (const path of read) {
      if (own.has(path)) continue;
      const known = this.#companions.get(path) ?? new Set();
      for (const other of own) known.add(other);
      this.#companions.set(path, known);
    }
  }
}
