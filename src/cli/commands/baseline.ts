import { resolve } from "pathe";
import { type BaselineEntry, baselineText } from "../../config/baseline/baseline-file.js";
import { baselineEntry } from "../../engine/apply-baseline.js";
import type { InputError } from "../../findings/input-error.js";
import { writeAtomically } from "../../node/write-atomically.js";
import { relativePath } from "../../reporters/paths.js";
import { makeVisible } from "../../reporters/visible-text.js";
import { countOf } from "../../reporters/wording.js";
import type { CommandLineOptions } from "../command-line-options.js";
import { type CommandResult, success, usageError } from "../command-result.js";
import { DEFAULT_BASELINE } from "../default-baseline.js";
import { judge, readBaselineFile } from "../judge.js";
import type { BaselineAction } from "../request.js";
import { prepareRun } from "../prepare-run.js";

/** `imdslint baseline`: writes the known findings, takes out those that are fixed, or lists them. */
export async function runBaseline(
  action: BaselineAction,
  options: CommandLineOptions,
  workingDirectory: string,
): Promise<CommandResult> {
  const run = await prepareRun(options, workingDirectory);
  if ("exitCode" in run) return run;
  const { request, settings } = run;
  const path = resolve(workingDirectory, settings.baseline ?? DEFAULT_BASELINE);
  const file = relativePath(workingDirectory, path);
  if (action === "show") {
    const read = readBaselineFile(path, request.fileSystem, workingDirectory);
    return "failure" in read ? usageError(read.failure) : success(describeEntries(read));
  }
  if (settings.baselineOutside !== undefined) return usageError(settings.baselineOutside);
  const known = action === "prune" ? { baseline: path } : {};
  const judgement = judge(request, { staged: false, ...known }, workingDirectory);
  if ("failure" in judgement) return usageError(judgement.failure);
  const later = run.complaint();
  if (later !== undefined) return usageError(later);

  const { report, baselined } = judgement;
  const entries =
    baselined?.current ??
    report.findings.map((finding) => baselineEntry(finding, request.rootDirectory));
  const [missing] = run.errors;
  if (missing !== undefined && action === "write") {
    return usageError(`${file} is not written: ${missing.message}`);
  }
  const failure = writeAtomically(path, baselineText(entries));
  if (failure !== undefined) return usageError(`Cannot write ${file}: ${failure}`);
  const errors = [...run.errors, ...report.errors];
  const complaint = errors.length === 0 ? "" : describeErrors(errors, workingDirectory);
  const dropped = describeDropped(baselined?.unneeded ?? []);
  const isUsed = action === "prune" || settings.baseline !== undefined;
  const hint = isUsed
    ? ""
    : `To mute them, pass --baseline ${file} or name it in a configuration\n`;
  const output = `${dropped}${file} knows ${countOf(entries.length, "finding")}\n${hint}`;
  return { output, complaint, exitCode: errors.length === 0 ? 0 : 2 };
}

/** What the baseline lacks, or keeps without need, because of it. */
function describeErrors(errors: readonly InputError[], workingDirectory: string): string {
  const lines = errors.map(({ path, message }) => {
    return `  ${makeVisible(relativePath(workingDirectory, path))}: ${makeVisible(message)}\n`;
  });
  return `Not all could be read, so that what is found there may be missing, and nothing counts as fixed:\n${lines.join("")}`;
}

function describeDropped(entries: readonly BaselineEntry[]): string {
  const lines = entries.map((entry) => `  ${describe(entry)}\n`);
  return lines.length === 0 ? "" : `Taken out, since they are no longer needed:\n${lines.join("")}`;
}

function describeEntries(entries: readonly BaselineEntry[]): string {
  const lines = entries.map((entry) => `${describe(entry)}\n`);
  return `${lines.join("")}${countOf(entries.length, "finding")} known\n`;
}

function describe({ file, rule, kind, resource }: BaselineEntry): string {
  const what = kind === "open" ? `${rule} (open)` : rule;
  return makeVisible(`${file}  ${what}  ${resource}`);
}
