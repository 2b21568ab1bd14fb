import type { Finding } from "../findings/finding.js";
import type { FixSafety } from "../findings/fix.js";
import type { InputError } from "../findings/input-error.js";
import type { Severity } from "../findings/severity.js";
import type { Skipped } from "../findings/skipped.js";
import type { Suppression } from "../findings/suppression.js";
import type { OriginStep } from "../values/origin.js";

/** The JSON report, version 1. The contract is `docs/report.schema.json`; `docs/json-report.md` explains it. */
export interface JsonReport {
  readonly version: 1;
  readonly findings: readonly JsonFinding[];
  readonly suppressed: readonly JsonSuppressedFinding[];
  readonly errors: readonly JsonError[];
  readonly summary: JsonSummary;
}

/** One-based line, and one-based column in UTF-16 code units. */
interface JsonPosition {
  readonly line: number;
  readonly column: number;
}

/** A stretch of a file; `end` is behind its last character. */
export interface JsonPlace {
  /** Relative to the working directory, with forward slashes. */
  readonly file: string;
  readonly start: JsonPosition;
  readonly end: JsonPosition;
}

/** What a rule has to say about one place. */
export interface JsonFinding extends JsonPlace {
  readonly ruleId: string;
  readonly kind: Finding["kind"];
  readonly severity: Severity;
  readonly message: string;
  readonly when?: string;
  /** Of open results only. */
  readonly decides?: readonly string[];
  readonly resource: JsonResource;
  readonly resources: readonly JsonResource[];
  readonly chain: readonly JsonChainStep[];
  readonly related: readonly JsonRelatedPlace[];
  /** The edits that put it right, where those are certain. */
  readonly fix?: JsonFix;
  readonly fingerprint: string;
}

/** A finding that somebody silenced, and how. */
export interface JsonSuppressedFinding extends JsonFinding {
  readonly suppression: JsonSuppression;
}

/** Why a finding is silenced. */
export interface JsonSuppression {
  readonly kind: Suppression["kind"];
  readonly source: Suppression["source"];
  readonly reason?: string;
  readonly until?: string;
  readonly wildcard?: string;
  /** Absent for an entry of a baseline. */
  readonly place?: JsonPlace;
}

/** Edits of the files as they were read, none overlapping another. */
export interface JsonFix {
  readonly title: string;
  /** `review`: it can break what runs on the instance, or other users of the same place. */
  readonly safety: FixSafety;
  readonly edits: readonly JsonEdit[];
}

/** Another text in place of what stands between `start` and `end`. */
interface JsonEdit extends JsonPlace {
  readonly newText: string;
}

/** A resource and the place of its name. */
export interface JsonResource extends JsonPlace {
  readonly address: string;
  readonly type: string;
  /** The path of the CDK construct it was synthesised from. */
  readonly construct?: string;
}

/** One step from the place of use to the deciding place. */
export interface JsonChainStep extends JsonPlace {
  readonly step: OriginStep;
  readonly message: string;
}

/** A further place that takes part. */
interface JsonRelatedPlace extends JsonPlace {
  readonly message: string;
}

/** Input that could not be read; without positions where there is no text to point into. */
export interface JsonError extends Partial<Omit<JsonPlace, "file">> {
  readonly code: InputError["code"];
  readonly message: string;
  readonly file: string;
}

/** Counts, and what they leave out. */
export interface JsonSummary {
  readonly findings: Readonly<Record<Finding["kind"], Readonly<Record<Severity, number>>>>;
  readonly suppressed: number;
  readonly errors: number;
  readonly files: number;
  readonly cloudformationTemplates: number;
  readonly terraformModules: number;
  readonly terraformPlans: number;
  readonly policyFiles: number;
  readonly launchSpecifications: number;
  readonly skipped: readonly JsonSkipped[];
}

/** Something that was not looked at. */
interface JsonSkipped extends JsonPlace {
  readonly kind: Skipped["kind"];
  readonly message: string;
}
