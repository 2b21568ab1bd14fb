import type { Severity } from "../findings/severity.js";
import { entriesOf, worstFirst } from "./entries.js";
import { relativePath } from "./paths.js";
import { oneBasedLine } from "./positions.js";
import type { Reporter } from "./reporter.js";
import { makeVisible } from "./visible-text.js";

const COMMANDS = { error: "error", warning: "warning", note: "notice" } as const satisfies Record<
  Severity,
  string
>;

/**
 * Workflow commands, which GitHub Actions shows as annotations. It keeps ten of each kind of a step,
 * so that the worst come first. Paths are relative to the repository's top level.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export const githubReporter: Reporter = (report, context) =>
  worstFirst(entriesOf(report, context))
    .map((entry) => {
      const { location, severity, code, message } = entry;
      const range = location === undefined ? undefined : oneBasedLine(report.files, location);
      const properties = {
        file: relativePath(context.rootDirectory, entry.path),
        line: range?.start.line,
        endLine: range?.end.line,
        col: range?.start.column,
        endColumn: range?.end.column,
        title: code,
      };
      return `::${COMMANDS[severity]} ${escapeProperties(properties)}::${escapeData(message)}\n`;
    })
    .join("");

type Properties = Readonly<Record<string, string | number | undefined>>;

function escapeProperties(properties: Properties): string {
  return Object.entries(properties)
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${escapeProperty(`${value}`)}`],
    )
    .join(",");
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapeData(text: string): string {
  return makeVisible(text).replaceAll("%", "%25");
}

/** A comma would begin the next property, a colon end all of them. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
