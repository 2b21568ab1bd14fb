import type { Fix } from "../findings/fix.js";
import type { Report } from "../findings/report.js";
import type { Severity } from "../findings/severity.js";
import { entriesOf } from "./entries.js";
import { relativePath } from "./paths.js";
import { byteRange } from "./positions.js";
import type { Reporter } from "./reporter.js";
import { makeVisible, toJsonText } from "./visible-text.js";

const SEVERITIES = { error: "ERROR", warning: "WARNING", note: "INFO" } as const satisfies Record<
  Severity,
  string
>;

/**
 * reviewdog's own JSON. Lines and columns count from one, columns in bytes of UTF-8; paths are relative
 * to the repository's top level.
 * https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto
 */
export const rdjsonReporter: Reporter = (report, context) => {
  const urls = new Map(context.rules.map(({ id, sources: [url] }) => [id, url]));
  return toJsonText({
    source: { name: "imdslint" },
    diagnostics: entriesOf(report, context).map(
      ({ path, location, severity, code, message, finding }) => {
        const url = urls.get(code);
        return {
          message: makeVisible(message),
          location: {
            path: relativePath(context.rootDirectory, path),
            ...(location === undefined ? {} : { range: byteRange(report.files, location) }),
          },
          severity: SEVERITIES[severity],
          code: { value: code, ...(url === undefined ? {} : { url }) },
          ...suggestionsOf(finding?.fix, path, report.files),
        };
      },
    ),
  });
};

/** reviewdog offers each suggestion by itself, so that only a fix of one edit can be one. */
function suggestionsOf(fix: Fix | undefined, path: string, files: Report["files"]) {
  const [edit, ...others] = fix?.edits ?? [];
  if (edit === undefined || others.length > 0 || edit.location.path !== path) return {};
  return { suggestions: [{ range: byteRange(files, edit.location), text: edit.newText }] };
}
