import { createHash } from "node:crypto";
import type { Finding, FindingResource } from "../../src/findings/finding.js";
import type { Report } from "../../src/findings/report.js";
import type { ReporterContext } from "../../src/reporters/reporter.js";
import { sampleRules } from "./sample-rules.js";
import { SourceFile } from "../../src/source/source-file.js";
import type { Location } from "../../src/source/text-range.js";

/** The git top level of the samples; people work in its `infra` folder. */
const ROOT = "/work/shop";
const WORKING_DIRECTORY = `${ROOT}/infra`;

export const context: ReporterContext = {
  rules: sampleRules,
  version: "0.1.0",
  workingDirectory: WORKING_DIRECTORY,
  rootDirectory: ROOT,
  color: false,
  showOpen: false,
  finishedAt: new Date("2026-01-02T03:04:05.678Z"),
  outcome: 1,
  elapsedMilliseconds: 85,
};

/** A file of the sample repository, with its places found by what stands there. */
export class SampleFile extends SourceFile {
  /** Takes a path relative to the git top level. */
  constructor(path: string, text: string) {
    super(`${ROOT}/${path}`, text);
  }

  /** Where `excerpt` stands for the nth time, counted from one. */
  at(excerpt: string, nth = 1): Location {
    let start = -1;
    for (let found = 0; found < nth; found += 1) start = this.text.indexOf(excerpt, start + 1);
    if (start === -1) throw new Error(`no ${JSON.stringify(excerpt)} in ${this.path}`);
    return { path: this.path, range: { start, end: start + excerpt.length } };
  }
}

/** A finding with the fields that a test cares about; the rest is plausible. */
export function finding(
  fields: Pick<Finding, "ruleId" | "severity" | "message" | "location" | "resource"> &
    Partial<Finding>,
): Finding {
  return {
    kind: "fail",
    messageId: "sample",
    resources: [fields.resource],
    chain: [{ step: "written", message: "it is written here", location: fields.location }],
    related: [],
    decides: [fields.ruleId],
    fingerprint: fingerprintLike(fields),
    ...fields,
  };
}

export function resource(address: string, type: string, location: Location): FindingResource {
  return { address, type, location };
}

/** A report of a run that found nothing, with what a test cares about. */
export function report(
  files: readonly SourceFile[],
  {
    coverage,
    ...fields
  }: Partial<Omit<Report, "coverage">> & { coverage?: Partial<Report["coverage"]> },
): Report {
  return {
    findings: [],
    suppressed: [],
    errors: [],
    coverage: {
      cloudformationTemplates: 0,
      terraformModules: 0,
      terraformPlans: 0,
      policyFiles: 0,
      files: files.length,
      launchSpecifications: 0,
      skipped: [],
      ...coverage,
    },
    files: new Map(files.map((file) => [file.path, file])),
    deployments: [],
    ...fields,
  };
}

/** A SHA-256, as real ones are; of what tells the samples apart. */
function fingerprintLike({
  kind,
  ruleId,
  message,
  resource,
  location,
}: Pick<Finding, "ruleId" | "message" | "resource" | "location"> & Partial<Finding>): string {
  const identity = [kind, ruleId, message, resource.address, location.range.start];
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex");
}
