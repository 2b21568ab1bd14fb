import type { ChainStep, Finding, FindingResource } from "../findings/finding.js";
import type { Fix } from "../findings/fix.js";
import type { InputError } from "../findings/input-error.js";
import type { Report } from "../findings/report.js";
import type { Severity } from "../findings/severity.js";
import type { Suppression } from "../findings/suppression.js";
import type { Location } from "../source/text-range.js";
import type {
  JsonChainStep,
  JsonError,
  JsonFinding,
  JsonFix,
  JsonPlace,
  JsonReport,
  JsonResource,
  JsonSummary,
  JsonSuppression,
} from "./json-report.js";
import { relativePath } from "./paths.js";
import { oneBasedRange } from "./positions.js";
import type { Reporter } from "./reporter.js";
import { toJsonText } from "./visible-text.js";

/** Says where a location is, in the report's terms. */
type Place = (location: Location) => JsonPlace;

/**
 * The report for programs: everything there is to say, open results always among it. A versioned
 * contract, see `docs/json-report.md` and `docs/report.schema.json`. Holds no time and no absolute
 * path, so that equal input gives equal output.
 */
export const jsonReporter: Reporter = (report, { workingDirectory }) => {
  const fileOf = (path: string) => relativePath(workingDirectory, path);
  const place: Place = (location) => ({
    file: fileOf(location.path),
    ...oneBasedRange(report.files, location),
  });
  const document: JsonReport = {
    version: 1,
    findings: report.findings.map((finding) => toJsonFinding(finding, place)),
    suppressed: report.suppressed.map((finding) => ({
      ...toJsonFinding(finding, place),
      suppression: toJsonSuppression(finding.suppression, place),
    })),
    errors: report.errors.map((error) => toJsonError(error, fileOf, place)),
    summary: summarize(report, place),
  };
  return toJsonText(document);
};

function toJsonFinding(finding: Finding, place: Place): JsonFinding {
  const { ruleId, kind, severity, message, advice, location, when, decides, fix, fingerprint } =
    finding;
  return {
    ruleId,
    kind,
    severity,
    message: advice === undefined ? message : `${message}; ${advice}`,
    ...(when === undefined ? {} : { when }),
    ...(kind === "open" ? { decides } : {}),
    ...place(location),
    resource: toJsonResource(finding.resource, place),
    resources: finding.resources.map((resource) => toJsonResource(resource, place)),
    chain: finding.chain.map((step) => toJsonStep(step, place)),
    related: finding.related.map((related) => ({
      message: related.message,
      ...place(related.location),
    })),
    ...(fix === undefined ? {} : { fix: toJsonFix(fix, place) }),
    fingerprint,
  };
}

function toJsonSuppression(
  { kind, source, reason, until, wildcard, location }: Suppression,
  place: Place,
): JsonSuppression {
  return {
    kind,
    source,
    ...(reason === undefined ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
    ...(wildcard === undefined ? {} : { wildcard }),
    ...(location === undefined ? {} : { place: place(location) }),
  };
}

function toJsonFix({ title, safety, edits }: Fix, place: Place): JsonFix {
  const changes = edits.map(({ location, newText }) => ({ ...place(location), newText }));
  return { title, safety, edits: changes };
}

function toJsonResource(
  { address, type, location, construct }: FindingResource,
  place: Place,
): JsonResource {
  return { address, type, ...(construct === undefined ? {} : { construct }), ...place(location) };
}

function toJsonStep({ step, message, location }: ChainStep, place: Place): JsonChainStep {
  return { step, message, ...place(location) };
}

function toJsonError(
  { code, message, path, location }: InputError,
  fileOf: (path: string) => string,
  place: Place,
): JsonError {
  const where = location === undefined ? { file: fileOf(path) } : place(location);
  return { code, message, ...where };
}

function summarize({ findings, suppressed, errors, coverage }: Report, place: Place): JsonSummary {
  const { files, cloudformationTemplates, terraformModules, terraformPlans } = coverage;
  const { policyFiles, launchSpecifications } = coverage;
  const counts = {
    fail: { error: 0, warning: 0, note: 0 } satisfies Record<Severity, number>,
    open: { error: 0, warning: 0, note: 0 } satisfies Record<Severity, number>,
  };
  for (const { kind, severity } of findings) counts[kind][severity] += 1;
  return {
    findings: counts,
    suppressed: suppressed.length,
    errors: errors.length,
    files,
    cloudformationTemplates,
    terraformModules,
    terraformPlans,
    policyFiles,
    launchSpecifications,
    skipped: coverage.skipped.map(({ kind, message, location }) => ({
      kind,
      message,
      ...place(location),
    })),
  };
}
