import { hrtime } from "node:process";
import { type FixedText, fixFindings } from "../../engine/fix-findings.js";
import { lint } from "../../engine/lint.js";
import type { LintRequest } from "../../engine/lint-request.js";
import { sortErrors } from "../../engine/sort-errors.js";
import type { Report } from "../../findings/report.js";
import type { InputError } from "../../findings/input-error.js";
import { nearestName } from "../../rules/nearest-name.js";
import { commandSummaries } from "../request.js";
import { writeFixes } from "../../node/write-fixes.js";
import type { Format } from "../../reporters/format-names.js";
import { rules } from "../../rules/index.js";
import type { CommandLineOptions } from "../command-line-options.js";
import { type CommandResult, usageError } from "../command-result.js";
import { describeConfigurationErrors } from "../configuration-errors.js";
import { exitCodeOf, onlyFailing } from "../failures.js";
import { prepareRun } from "../prepare-run.js";
import { Progress } from "../progress.js";
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
  const prepared = await prepareRun(options, workingDirectory);
  if ("exitCode" in prepared) return prepared;
  const { settings, finder, errors } = prepared;
  const { outputs } = settings;
  if (typeof outputs === "string") return usageError(outputs);

  const progress = new Progress(options.progress);
  const request: LintRequest = {
    ...prepared.request,
    withFixes: outputs.some(({ format }) => FORMATS_WITH_FIXES.has(format)),
    onProgress: (done, total) => {
      progress.show(done, total);
    },
  };
  const { linted, changed, complaints } = lintAndFix(request, options);
  progress.clear();
  // Findings may stand in files that were not named, whose configurations are only read then.
  const later = describeConfigurationErrors(finder, workingDirectory);
  if (later !== undefined) return usageError(later);

  const report: Report = { ...linted, errors: sortErrors([...errors, ...linted.errors]) };
  const outcome = complaints.length > 0 ? 2 : exitCodeOf(report, settings);
  const exitCode = outcome === 1 && options.exitZero ? 0 : outcome;
  const diff = options.fixDryRun ? describeChanges(changed, workingDirectory) : "";
  const shown = options.quiet ? onlyFailing(report, settings) : report;
  // A diff stands in for what people would read, and quiet is quiet.
  const isTextLeftOut = options.fixDryRun || (options.quiet && isNothing(shown));
  const wanted = isTextLeftOut ? outputs.filter((output) => !isPrintedText(output)) : outputs;
  const written = writeReports(shown, wanted, options.color, {
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
  const hint = commandMeant(options.paths, errors);
  const complained = `${hint}${written.complaint}${complaints.map((text) => `${text}\n`).join("")}`;
  return written.output === ""
    ? { ...written, output: diff, complaint: complained }
    : { ...written, complaint: `${complained}${diff}` };
}

/** Says which command somebody may have meant by a path that is not there. */
function commandMeant([path = ""]: readonly string[], errors: readonly InputError[]): string {
  const isMissing = errors.some(({ code }) => code === "not-found");
  const nearest = isMissing ? nearestName(path, Object.keys(commandSummaries)) : undefined;
  return nearest === undefined ? "" : `Did you mean the command ${nearest}?\n`;
}

/** Lints, and fixes what the command line asks for, in the files unless that is only tried. */
function lintAndFix(request: LintRequest, { fix, fixDryRun }: CommandLineOptions) {
  if (fix.length === 0) return { linted: lint(request), changed: noChanges, complaints: [] };
  const { report, changed, fixed } = fixFindings(request, fix);
  const complaints = fixDryRun ? [] : writeFixes(changed);
  const counts = { findings: fixed, files: changed.size };
  return { linted: fixDryRun ? report : { ...report, fixed: counts }, changed, complaints };
}

const noChanges: ReadonlyMap<string, FixedText> = new Map();

/** The formats that have a place for edits. */
const FORMATS_WITH_FIXES: ReadonlySet<Format> = new Set(["json", "sarif", "rdjson"]);

function isNothing({ findings, errors, fixed }: Report): boolean {
  return findings.length === 0 && errors.length === 0 && (fixed?.findings ?? 0) === 0;
}
