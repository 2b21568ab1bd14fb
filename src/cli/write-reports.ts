import { stdout } from "node:process";
import { isatty } from "node:tty";
import picocolors from "picocolors";
import type { Report } from "../findings/report.js";
import { writeAtomically } from "../node/write-atomically.js";
import type { Format } from "../reporters/format-names.js";
import { writeReport } from "../reporters/formats.js";
import { relativePath } from "../reporters/paths.js";
import type { ReporterContext } from "../reporters/reporter.js";
import { textReporter } from "../reporters/text-reporter.js";
import type { RequestedOutput } from "./command-line-options.js";
import { type CommandResult, usageError } from "./command-result.js";

/** What reports need to know beside the report, but for where they are shown. */
export type ReportContext = Omit<ReporterContext, "color" | "width"> &
  Pick<CommandResult, "exitCode">;

/**
 * Writes reports to their files, whose paths are absolute, and gives the one to print. Without
 * `color`, a terminal decides.
 */
export function writeReports(
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

/** Whether people are shown the report. */
export function isPrintedText({ format, path }: RequestedOutput): boolean {
  return format === "text" && path === undefined;
}

/** Only the format for people is at hand, all others are loaded when they are asked for. */
function print(format: Format, report: Report, context: ReporterContext): string {
  return format === "text" ? textReporter(report, context) : writeReport(format, report, context);
}
