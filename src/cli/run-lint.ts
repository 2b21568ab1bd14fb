import { env, hrtime, stdout } from "node:process";
import { isatty } from "node:tty";
import { resolve } from "pathe";
import picocolors from "picocolors";
import { type FixedText, fixFindings } from "../engine/fix-findings.js";
import { lint } from "../engine/lint.js";
import type { LintRequest } from "../engine/lint-request.js";
import { sortErrors } from "../engine/sort-errors.js";
import type { Report } from "../findings/report.js";
import { isAtLeast } from "../findings/severity.js";
import { DiskFileSystem } from "../node/disk-file-system.js";
import { discoverFiles } from "../node/discover-files.js";
import { rootDirectoryOf } from "../node/root-directory.js";
import { writeAtomically } from "../node/write-atomically.js";
import { writeFixes } from "../node/write-fixes.js";
import type { VariableSources } from "../parsers/terraform/given-variables.js";
import type { Format } from "../reporters/format-names.js";
import { writeReport } from "../reporters/formats.js";
import type { ReporterContext } from "../reporters/reporter.js";
import { textReporter } from "../reporters/text-reporter.js";
import { chooseRules } from "../rules/choose-rules.js";
import { rules } from "../rules/index.js";
import { type CommandResult, usageError } from "./command-result.js";
import { describeChanges } from "./describe-changes.js";
import { unknownRule } from "./describe-rules.js";
import { loadModuleCatalogue } from "./load-module-catalogue.js";
import { loadTolerantYaml } from "./load-tolerant-yaml.js";
import type { CommandLineOptions } from "./options.js";

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

  const paths = options.paths.length > 0 ? options.paths : ["."];
  const { files, named, errors } = await discoverFiles(paths, workingDirectory);
  const rootDirectory = rootDirectoryOf(files, workingDirectory);
  const request: LintRequest = {
    files,
    named,
    fileSystem: new DiskFileSystem(),
    rootDirectory,
    rules: chooseRules(options.rules),
    loadTolerantYaml,
    loadModuleCatalogue,
    workingDirectory,
    ...(options.sourceRoot === undefined
      ? {}
      : { sourceRoot: resolve(workingDirectory, options.sourceRoot) }),
    variables: variableSources(options, workingDirectory),
    ...parametersOf(options, workingDirectory),
    suppressions: {
      inline: options.inlineSuppressions,
      foreign: options.inlineSuppressions && options.foreignSuppressions,
      today: new Date().toISOString().slice(0, 10),
    },
    withFixes: options.outputs.some(({ format }) => FORMATS_WITH_FIXES.has(format)),
  };
  const { linted, changed, complaints } = lintAndFix(request, options);
  const report: Report = { ...linted, errors: sortErrors([...errors, ...linted.errors]) };

  const exitCode = complaints.length > 0 ? 2 : exitCodeOf(report, options);
  const context = {
    rules,
    version,
    workingDirectory,
    rootDirectory,
    showOpen: options.showOpen,
    includeSuppressed: options.includeSuppressed,
    elapsedMilliseconds: Number((hrtime.bigint() - started) / 1_000_000n),
    finishedAt: new Date(),
    exitCode,
  };
  const diff = options.fixDryRun ? describeChanges(changed, workingDirectory) : "";
  let printed = "";
  for (const { format, path } of options.outputs) {
    // The diff stands in for what people would read.
    if (path === undefined && format === "text" && options.fixDryRun) continue;
    const isForTerminal = path === undefined && isatty(stdout.fd);
    const text = print(format, report, {
      ...context,
      color: options.color ?? (isForTerminal && picocolors.isColorSupported),
      ...(isForTerminal ? { width: stdout.columns } : {}),
    });
    if (path === undefined) printed = text;
    else {
      const failure = writeAtomically(resolve(workingDirectory, path), text);
      if (failure !== undefined) return usageError(`Cannot write ${path}: ${failure}`);
    }
  }
  const complaint = complaints.map((text) => `${text}\n`).join("");
  return printed === ""
    ? { output: diff, complaint, exitCode }
    : { output: printed, complaint: `${complaint}${diff}`, exitCode };
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

/** Only the format for people is at hand, all others are loaded when they are asked for. */
function print(format: Format, report: Report, context: ReporterContext): string {
  return format === "text" ? textReporter(report, context) : writeReport(format, report, context);
}

/** `TF_VAR_name` counts only if somebody says so, or a result would depend on who runs it. */
function variableSources(
  { variables, envVars }: CommandLineOptions,
  workingDirectory: string,
): VariableSources {
  const named = Object.entries(env).flatMap(([key, text]) => {
    const [, name] = /^TF_VAR_(.+)$/s.exec(key) ?? [];
    return name === undefined || text === undefined ? [] : [[name, text] as const];
  });
  return {
    environment: new Map(envVars ? named : []),
    commandLine: variables.map((source) =>
      source.kind === "file" ? { ...source, path: resolve(workingDirectory, source.path) } : source,
    ),
  };
}

function parametersOf(
  { parameters: { files, values }, region, account }: CommandLineOptions,
  workingDirectory: string,
): Pick<LintRequest, "parameters" | "place"> {
  const isGiven = files.length > 0 || values.size > 0;
  const paths = files.map((file) => resolve(workingDirectory, file));
  return {
    ...(isGiven ? { parameters: { files: paths, values } } : {}),
    place: {
      ...(region === undefined ? {} : { region }),
      ...(account === undefined ? {} : { accountId: account }),
    },
  };
}

/** Bad input beats findings: 2 before 1. */
function exitCodeOf(
  { findings, errors, coverage }: Report,
  { failOn, failOnOpen, failOnSkipped }: CommandLineOptions,
): CommandResult["exitCode"] {
  if (errors.length > 0) return 2;
  const fails = findings.some(({ kind, severity }) =>
    kind === "open" ? failOnOpen : isAtLeast(severity, failOn),
  );
  return fails || (failOnSkipped && coverage.skipped.length > 0) ? 1 : 0;
}
