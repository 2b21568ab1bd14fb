import { hrtime, stdout } from "node:process";
import { isatty } from "node:tty";
import picocolors from "picocolors";
import { type FixedText, fixFindings } from "../../engine/fix-findings.js";
import type { LintRequest } from "../../engine/lint-request.js";
import { sortErrors } from "../../engine/sort-errors.js";
import type { Report } from "../../findings/report.js";
import { isAtLeast } from "../../findings/severity.js";
import { writeAtomically } from "../../node/write-atomically.js";
import { writeFixes } from "../../node/write-fixes.js";
import type { Format } from "../../reporters/format-names.js";
import { writeReport } from "../../reporters/formats.js";
import { relativePath } from "../../reporters/paths.js";
import type { ReporterContext } from "../../reporters/reporter.js";
import { textReporter } from "../../reporters/text-reporter.js";
import { rules } from "../../rules/index.js";
import type { CommandLineOptions, RequestedOutput } from "../command-line-options.js";
import { type CommandResult, usageError } from "../command-result.js";
import { describeUnneeded, judge } from "../judge.js";
import { prepareRun } from "../prepare-run.js";
import type { RunSettings } from "../run-settings.js";
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
  const { request, settings, outputs } = run;
  const judged = judgeAndFix(request, options, workingDirectory);
  if ("failure" in judged) return usageError(judged.failure);
  const { judgement, changed, complaints } = judged;
  const later = run.complaint();
  if (later !== undefined) return usageError(later);

  const linted = judgement.report;
  const report: Report = { ...linted, errors: sortErrors([...run.errors, ...linted.errors]) };
  const exitCode = complaints.length > 0 ? 2 : exitCodeOf(report, settings);
  const diff = options.fixDryRun ? describeChanges(changed, workingDirectory) : "";
  // The diff stands in for what people would read.
  const wanted = options.fixDryRun ? outputs.filter((output) => !isPrintedText(output)) : outputs;
  const written = writeReports(report, wanted, options.color, {
    rules,
    version,
    workingDirectory,
    rootDirectory: request.rootDirectory,
    showOpen: settings.showOpen,
    includeSuppressed: options.includeSuppressed,
    elapsedMilliseconds: Number((hrtime.bigint() - started) / 1_000_000n),
    finishedAt: new Date(),
    exitCode,
  });
  const notes = describeUnneeded(judgement, options.baseline);
  const complained = `${written.complaint}${complaints.map((text) => `${text}\n`).join("")}${notes}`;
  return written.output === ""
    ? { ...written, output: diff, complaint: complained }
    : { ...written, complaint: `${complained}${diff}` };
}

/** Judges, and fixes what the command line asks for, in the files unless that is only tried. */
function judgeAndFix(request: LintRequest, options: CommandLineOptions, workingDirectory: string) {
  const { fix, fixDryRun } = options;
  let changed: ReadonlyMap<string, FixedText> = new Map();
  let complaints: readonly string[] = [];
  const lintAndFix = (asked: LintRequest): Report => {
    const fixed = fixFindings(asked, fix);
    changed = fixed.changed;
    if (fixDryRun) return fixed.report;
    complaints = writeFixes(changed);
    return { ...fixed.report, fixed: { findings: fixed.fixed, files: changed.size } };
  };
  const judgement = judge(
    request,
    options,
    workingDirectory,
    fix.length === 0 ? undefined : lintAndFix,
  );
  return "failure" in judgement ? judgement : { judgement, changed, complaints };
}

function isPrintedText({ format, path }: RequestedOutput): boolean {
  return format === "text" && path === undefined;
}

type ReportContext = Omit<ReporterContext, "color" | "width"> & Pick<CommandResult, "exitCode">;

/** Writes reports to their files, whose paths are absolute, and gives the one to print. */
function writeReports(
  report: Report,
  outputs: readonly RequestedOutput[],
  color: boolean | undefined,
  context: ReportContext,
): CommandResult {
  let printed = "";
  for (const { format, path } of outputs) {
    const isForTerminal = path === undefined && isatty(stdout.fd);
    const text = print(format, report, {
      ...context,
      color: color ?? (isForTerminal && picocolors.isColorSupported),
      ...(isForTerminal ? { width: stdout.columns } : {}),
    });
    if (path === undefined) {
      printed = text;
      continue;
    }
    const failure = writeAtomically(path, text);
    if (failure === undefined) continue;
    return usageError(`Cannot write ${relativePath(context.workingDirectory, path)}: ${failure}`);
  }
  return { output: printed, complaint: "", exitCode: context.exitCode };
}

/** Only the format for people is at hand, all others are loaded when they are asked for. */
function print(format: Format, report: Report, context: ReporterContext): string {
  return format === "text" ? textReporter(report, context) : writeReport(format, report, context);
}

/** Bad input beats findings: 2 before 1. */
function exitCodeOf(
  { findings, errors, coverage }: Report,
  settings: RunSettings,
): CommandResult["exitCode"] {
  if (errors.length > 0) return 2;
  const { maxWarnings } = settings;
  const fails = findings.some(({ kind, severity, location }) => {
    const { failOn, failOnOpen } = settings.failuresIn(location.path);
    if (kind === "open") return failOnOpen;
    return severity === "warning" && maxWarnings !== undefined
      ? false
      : isAtLeast(severity, failOn);
  });
  const warnings = findings.filter(
    ({ kind, severity }) => kind === "fail" && severity === "warning",
  );
  const isTooMany = maxWarnings !== undefined && warnings.length > maxWarnings;
  const isSkipped = coverage.skipped.some(
    ({ location }) => settings.failuresIn(location.path).failOnSkipped,
  );
  return fails || isTooMany || isSkipped ? 1 : 0;
}
