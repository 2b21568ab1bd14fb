import { entriesOf } from "./entries.js";
import { relativePath } from "./paths.js";
import { oneBasedRange } from "./positions.js";
import type { Reporter } from "./reporter.js";
import { makeVisible } from "./visible-text.js";

/**
 * Logging commands of Azure Pipelines, which shows them as issues of the task. It knows errors and
 * warnings; notes are plain lines of the log.
 * https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands#logissue-log-an-error-or-warning
 */
export const azureReporter: Reporter = (report, context) =>
  entriesOf(report, context)
    .map(({ path, location, severity, code, message }) => {
      const file = relativePath(context.rootDirectory, path);
      const start =
        location === undefined ? undefined : oneBasedRange(report.files, location).start;
      const { line, column } = start ?? { line: 1, column: 1 };
      if (severity === "note") {
        return `${makeVisible(`${file}:${line}:${column}: note: ${message} (${code})`)}\n`;
      }
      const properties = {
        type: severity,
        sourcepath: file,
        linenumber: start?.line,
        columnnumber: start?.column,
        code,
      };
      return `##vso[task.logissue ${writeProperties(properties)}]${escapeMessage(message)}\n`;
    })
    .join("");

function writeProperties(
  properties: Readonly<Record<string, string | number | undefined>>,
): string {
  return Object.entries(properties)
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${escapeProperty(`${value}`)}`],
    )
    .join(";");
}

/** https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands#formatting-commands */
function escapeMessage(text: string): string {
  return makeVisible(text).replaceAll("%", "%AZP25");
}

/** A semicolon would begin the next property, a bracket end all of them. */
function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(";", "%3B").replaceAll("]", "%5D");
}
