import type { SourceFile } from "../source/source-file.js";
import type { Finding } from "./finding.js";
import type { InputError } from "./input-error.js";
import type { SuppressedFinding } from "./suppression.js";
import type { Skipped } from "./skipped.js";

/** Everything a run has to say. */
export interface Report {
  /** Sorted by path, offset and rule id. */
  readonly findings: readonly Finding[];
  /** What somebody silenced, in the same order. No part of what is wrong, and of no exit code. */
  readonly suppressed: readonly SuppressedFinding[];
  /** Sorted by path and offset. */
  readonly errors: readonly InputError[];
  readonly coverage: Coverage;
  /** What was put right before this is what is left; absent where nobody asked for that. */
  readonly fixed?: Fixed;
  /** The files that findings, errors and chains point into, by path. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** The paths of the files of each deployment that was looked at. A change of one can change findings in all. */
  readonly deployments: readonly (readonly string[])[];
}

/** How much was put right. */
export interface Fixed {
  readonly findings: number;
  readonly files: number;
}

/** What was looked at, and what was not. */
export interface Coverage {
  readonly cloudformationTemplates: number;
  readonly terraformModules: number;
  readonly terraformPlans: number;
  /** JSON files that are policies of IAM or of an organization by themselves. */
  readonly policyFiles: number;
  /** Files that were read and judged. */
  readonly files: number;
  readonly launchSpecifications: number;
  readonly skipped: readonly Skipped[];
}
