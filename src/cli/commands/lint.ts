import { hrtime, stdout } from "node:process";
import { isatty } from "node:tty";
import { dirname, resolve } from "pathe";
import picocolors from "picocolors";
import { type FixedText, fixFindings } from "../../engine/fix-findings.js";
import { lint } from "../../engine/lint.js";
import type { LintRequest } from "../../engine/lint-request.js";
import { sortErrors } from "../../engine/sort-errors.js";
import type { Report } from "../../findings/report.js";
import { isAtLeast } from "../../findings/severity.js";
import { DiskFileSystem } from "../../node/disk-file-system.js";
import { discoverFiles } from "../../node/discover-files.js";
import { rootDirectoryOf } from "../../node/root-directory.js";
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
import { describeConfigurationErrors } from "../configuration-errors.js";
import { finderFor } from "../finder-for.js";
import { loadModuleCatalogue } from "../load-module-catalogue.js";
import { loadTolerantYaml } from "../load-tolerant-yaml.js";
import { RunSettings } from "../run-settings.js";
import { describeChanges } from "./describe-changes.js";
import { unknownRule } from "./describe-rules.js";

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
  const { outputs, rules: chosen, deployment, byFile, showOpen } = settings;
  const complaint = describeConfigurationErrors(finder, workingDirectory);
  if (complaint !== undefined) return usageError(complaint);
  if (typeof outputs === "string") return usageError(outputs);

  const rootDirectory = rootDirectoryOf(files, workingDirectory);
  const request: LintRequest = {
    files,
    named,
    fileSystem,
    rootDirectory,
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
  const { linted, changed, complaints } = lintAndFix(request, options);
  // Findings may stand in files that were not named, whose configurations are only read then.
  const later = describeConfigurationErrors(finder, workingDirectory);
  if (later !== undefined) return usageError(later);

  const report: Report = { ...linted, errors: sortErrors([...errors, ...linted.errors]) };
  const exitCode = complaints.length > 0 ? 2 : exitCodeOf(report, settings);
  const diff = options.fixDryRun ? describeChanges(changed, workingDirectory) : "";
  // The diff stands in for what people would read.
  const wanted = options.fixDryRun ? outputs.filter((output) => !isPrintedText(output)) : outputs;
  const written = writeReports(report, wanted, options.color, {
    rules,
    version,
    workingDirectory,
    rootDirectory,
    showOpen,
    includeSuppressed: options.includeSuppressed,
    elapsedMilliseconds: Number((hrtime.bigint() - started) / 1_000_000n),
    finishedAt: new Date(),
    exitCode,
  });
  const complained = `${written.complaint}${complaints.map((text) => `${text}\n`).join("")}`;
  return written.output === ""
    ? { ...written, output: diff, complaint: complained }
    : { ...written, complaint: `${complained}${diff}` };
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
