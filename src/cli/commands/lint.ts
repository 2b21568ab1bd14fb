import { hrtime } from "node:process";
import { type FixedText, fixFindings } from "../../engine/fix-findings.js";
import type { LintRequest } from "../../engine/lint-request.js";
import { lint } from "../../engine/lint.js";
import { sortErrors } from "../../engine/sort-errors.js";
import type { InputError } from "../../findings/input-error.js";
import type { Report } from "../../findings/report.js";
import { writeFixes } from "../../node/write-fixes.js";
import { rules } from "../../rules/index.js";
import { OverlayFileSystem } from "../../source/overlay-file-system.js";
import { nearestName } from "../../rules/nearest-name.js";
import type { CommandLineOptions } from "../command-line-options.js";
import { type CommandResult, usageError } from "../command-result.js";
import { describeDoubts, exitCodeOf, onlyFailing } from "../failures.js";
import { describeUnneeded, type HistoryOptions, judge } from "../judge.js";
import { prepareRun } from "../prepare-run.js";
import { Progress } from "../progress.js";
import { commandSummaries } from "../request.js";
import { isPrintedText, writeReports } from "../write-reports.js";
import { describeChanges } from "./describe-changes.js";

/** What the process knows beside its arguments. */
export interface Surroundings {
  readonly version: string;
  /** Absolute, with forward slashes. */
  readonly workingDirectory: string;
  /** `hrtime.bigint()` at the start, in nanoseconds. */
  readonly started: bigint;
}

/** Lints what the command line names, and prints or writes the report. */
export async function runLint(
  options: CommandLineOptions,
  { version, workingDirectory, started }: Surroundings,
): Promise<CommandResult> {
  const run = await prepareRun(options, workingDirectory);
  if ("exitCode" in run) return run;
  const meant = commandMeant(options.paths, run.errors);
  if (meant !== undefined) return usageError(meant);
  const { settings, outputs } = run;
  const progress = new Progress(options.progress);
  const request: LintRequest = {
    ...run.request,
    onProgress: (done, total) => {
      progress.show(done, total);
    },
  };
  const { baseline } = settings;
  const { since, staged } = options;
  const history = {
    staged,
    ...(since === undefined ? {} : { since }),
    ...(baseline === undefined ? {} : { baseline }),
  };
  const judged = judgeAndFix(request, history, options, workingDirectory);
  progress.clear();
  if ("failure" in judged) return usageError(judged.failure);
  const { judgement, changed, complaints } = judged;
  const later = run.complaint();
  if (later !== undefined) return usageError(later);

  const linted = judgement.report;
  const report: Report = { ...linted, errors: sortErrors([...run.errors, ...linted.errors]) };
  const outcome = complaints.length > 0 ? 2 : exitCodeOf(report, settings);
  const exitCode = outcome === 1 && options.exitZero ? 0 : outcome;
  const diff = options.fixDryRun ? describeChanges(changed, workingDirectory) : "";
  const shown = options.quiet ? onlyFailing(report, settings) : report;
  // A diff stands in for what people would read, and quiet is quiet, unless the run fails.
  const isTextLeftOut = options.fixDryRun || (options.quiet && outcome !== 1 && isNothing(shown));
  const wanted = isTextLeftOut ? outputs.filter((output) => !isPrintedText(output)) : outputs;
  const written = writeReports(shown, wanted, options.color, {
    rules,
    version,
    workingDirectory,
    rootDirectory: request.rootDirectory,
    showOpen: settings.showOpen,
    includeSuppressed: options.includeSuppressed,
    ...(options.sarifCategory === undefined ? {} : { sarifCategory: options.sarifCategory }),
    elapsedMilliseconds: Number((hrtime.bigint() - started) / 1_000_000n),
    finishedAt: new Date(),
    outcome,
    exitCode,
  });
  const notes = describeUnneeded(judgement, baseline, workingDirectory);
  const lines = complaints.map((text) => `${text}\n`).join("");
  const doubts = outputs.some(isPrintedText) ? "" : describeDoubts(report, settings);
  const complained = `${written.complaint}${lines}${notes}${doubts}`;
  return written.output === ""
    ? { ...written, output: diff, complaint: complained }
    : { ...written, complaint: `${complained}${diff}` };
}

/** What is wrong where the first path is not there and a command has nearly that name. */
function commandMeant(
  [path = ""]: readonly string[],
  errors: readonly InputError[],
): string | undefined {
  const isMissing = errors.some((error) => error.code === "not-found" && isNamed(error, path));
  const nearest = isMissing ? nearestName(path, Object.keys(commandSummaries)) : undefined;
  return nearest === undefined
    ? undefined
    : `error: there is no command, file or directory ${JSON.stringify(path)}; did you mean the command ${nearest}?`;
}

function isNamed(error: InputError, path: string): boolean {
  return error.path === path || error.path.endsWith(`/${path}`);
}

/** Judges, and fixes what the command line asks for, in the files unless that is only tried. */
function judgeAndFix(
  request: LintRequest,
  history: HistoryOptions,
  { fix, fixDryRun }: CommandLineOptions,
  workingDirectory: string,
) {
  let changed: ReadonlyMap<string, FixedText> = new Map();
  let complaints: readonly string[] = [];
  const lintAndFix = (asked: LintRequest): Report => {
    const fixed = fixFindings(asked, fix);
    changed = fixed.changed;
    if (fixDryRun) return fixed.report;
    const { written, complaints: failures } = writeFixes(changed, asked.rootDirectory);
    complaints = failures;
    const report = failures.length === 0 ? fixed.report : lintWritten(asked, written);
    // What was not written is found as before.
    const missed = report.findings.length - fixed.report.findings.length;
    const findings = Math.max(0, fixed.fixed - missed);
    return { ...report, fixed: { findings, files: written.size } };
  };
  const judgement = judge(
    request,
    history,
    workingDirectory,
    fix.length === 0 ? undefined : lintAndFix,
  );
  return "failure" in judgement ? judgement : { judgement, changed, complaints };
}

/** What is found in files of which only some could be written. */
function lintWritten(request: LintRequest, written: ReadonlyMap<string, string>): Report {
  const fileSystem = new OverlayFileSystem(request.fileSystem, written);
  return lint({ ...request, fileSystem });
}

function isNothing({ findings, errors, fixed }: Report): boolean {
  return findings.length === 0 && errors.length === 0 && (fixed?.findings ?? 0) === 0;
}
