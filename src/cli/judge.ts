import { resolve } from "pathe";
import { readBaseline } from "../config/baseline/baseline-file.js";
import type { BaselineEntry } from "../config/baseline/baseline-file.js";
import { applyBaseline, type BaselinedReport } from "../engine/apply-baseline.js";
import { keepChanged } from "../engine/keep-changed.js";
import { lint } from "../engine/lint.js";
import type { LintRequest } from "../engine/lint-request.js";
import { rulesFor } from "../engine/settings-by-file.js";
import { describeReadFailure } from "../findings/read-failure.js";
import type { Report } from "../findings/report.js";
import { type Changes, type Differences, gitChanges } from "../node/git-changes.js";
import { relativePath } from "../reporters/paths.js";
import { countOf } from "../reporters/wording.js";
import type { FileSystem } from "../source/file-system.js";
import { RealPaths } from "../source/real-paths.js";
import type { CommandLineOptions } from "./command-line-options.js";
import { SourceFile } from "../source/source-file.js";

/** What tells old findings from new ones. */
export interface HistoryOptions extends Pick<CommandLineOptions, "since" | "staged"> {
  /** A file of known findings. */
  readonly baseline?: string;
}

/** A report on what is new, and what there is to say beside it. */
export interface Judgement {
  readonly report: Report;
  /** The baseline as this run has it; absent where there is none. */
  readonly baselined?: Pick<BaselinedReport, "current" | "unneeded">;
}

/** Why nothing can be judged, as a sentence. */
export interface JudgementFailure {
  readonly failure: string;
}

/**
 * Lints, by `lintNow` where that does more, and takes out of the report what a baseline knows and what has
 * nothing to do with a change.
 */
export function judge(
  request: LintRequest,
  { baseline, since, staged }: HistoryOptions,
  workingDirectory: string,
  lintNow: (request: LintRequest) => Report = lint,
): Judgement | JudgementFailure {
  const { fileSystem, rootDirectory } = request;
  const known =
    baseline === undefined ? undefined : readBaselineFile(baseline, fileSystem, workingDirectory);
  if (known !== undefined && "failure" in known) return known;
  const changes =
    since === undefined && !staged
      ? undefined
      : gitChanges(
          rootDirectory,
          since === undefined ? { kind: "staged" } : { kind: "since", ref: since },
          fileSystem,
        );
  if (changes !== undefined && "failure" in changes) return changes;
  const revised = changes === undefined ? request : asNow(request, changes);
  const linted = lintNow(revised);
  const baselined = known === undefined ? undefined : muteKnown(linted, known, revised);
  const report = baselined?.report ?? linted;
  return {
    report: (changes?.since ?? []).reduce(
      (left, differences) => keepDifferent(left, differences, revised),
      report,
    ),
    ...(baselined === undefined ? {} : { baselined }),
  };
}

/** Says that entries are no longer needed, for standard error; nothing where all are. */
export function describeUnneeded(
  { baselined }: Judgement,
  baseline = "",
  workingDirectory = "",
): string {
  const count = baselined?.unneeded.length ?? 0;
  if (count === 0) return "";
  const verb = count === 1 ? "is" : "are";
  return `${countOf(count, "entry", "entries")} of ${nameOf(baseline, workingDirectory)} ${verb} no longer needed; imdslint baseline prune takes ${count === 1 ? "it" : "them"} out\n`;
}

/** The entries of a baseline, whose path is as given or absolute. */
export function readBaselineFile(
  baseline: string,
  fileSystem: FileSystem,
  workingDirectory: string,
): readonly BaselineEntry[] | JudgementFailure {
  const path = resolve(workingDirectory, baseline);
  const input = fileSystem.read(path);
  if ("error" in input) {
    const { message } = describeReadFailure(input.error, path);
    return {
      failure: `Cannot read the baseline ${nameOf(baseline, workingDirectory)}: ${message}`,
    };
  }
  const file = new SourceFile(path, input.text);
  const read = readBaseline(file);
  if ("entries" in read) return read.entries;
  const { line, column } = file.position(read.location.range.start);
  const place = `${relativePath(workingDirectory, path)}:${line + 1}:${column + 1}`;
  return { failure: `${place}: ${read.fault}` };
}

/** The path of a baseline, as given or absolute, as people know it. */
function nameOf(baseline: string, workingDirectory: string): string {
  return relativePath(workingDirectory, resolve(workingDirectory, baseline));
}

function muteKnown(
  report: Report,
  known: readonly BaselineEntry[],
  request: LintRequest,
): BaselinedReport {
  const { files, fileSystem, rootDirectory } = request;
  const real = new RealPaths(fileSystem, rootDirectory);
  const judged = new Set(files.flatMap((path) => [path, real.of(path)]));
  return applyBaseline(report, known, {
    rootDirectory,
    isRun: (ruleId, path) => [...rulesFor(request, path).keys()].some(({ id }) => id === ruleId),
    isJudged: (path) => judged.has(path),
    exists: (path) => {
      const input = fileSystem.read(path);
      return !("error" in input) || input.error !== "absent";
    },
  });
}

/** Judges files as they are in the index, where that is asked for. */
function asNow(request: LintRequest, { now, added, absent }: Changes): LintRequest {
  const present = request.files.filter((path) => !absent.has(path));
  const files = [...new Set([...present, ...added])].sort();
  return { ...request, files, fileSystem: now };
}

/** Leaves in a report what has to do with what is other than in one commit. */
function keepDifferent(report: Report, differences: Differences, request: LintRequest): Report {
  const { lines, files: changed, before } = differences;
  return keepChanged(report, {
    isChanged: (path, line) =>
      lines.get(path)?.some(({ start, end }) => start <= line && line < end) === true,
    isChangedFile: (path) => changed.has(path),
    lintBefore: (paths) => {
      const files = paths.filter((path) => !("error" in before.read(path)));
      return lint({ ...request, files, named: new Set(), fileSystem: before, withFixes: false });
    },
  });
}
