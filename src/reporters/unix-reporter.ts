import { entriesOf } from "./entries.js";
import { relativePath } from "./paths.js";
import { oneBasedRange } from "./positions.js";
import type { Reporter } from "./reporter.js";
import { makeVisible } from "./visible-text.js";

/**
 * One line for each finding, as compilers print them and editors read them:
 * `main.tf:14:17: error: message (require-imdsv2)`. Lines and columns count from one, columns in UTF-16
 * code units; paths are relative to the working directory. Nothing at all where nothing was found.
 */
export const unixReporter: Reporter = (report, context) =>
  entriesOf(report, context)
    .map(({ path, location, severity, code, message }) => {
      const file = makeVisible(relativePath(context.workingDirectory, path));
      const { line, column } =
        location === undefined
          ? { line: 1, column: 1 }
          : oneBasedRange(report.files, location).start;
      return `${file}:${line}:${column}: ${severity}: ${makeVisible(message)} (${code})\n`;
    })
    .join("");
