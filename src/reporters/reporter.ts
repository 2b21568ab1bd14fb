import type { Report } from "../findings/report.js";
import type { RuleMetadata } from "../rules/define-rule.js";

/** What a reporter may know beside the report. Directories are absolute, with forward slashes. */
export interface ReporterContext {
  /** Every rule there is, in stable order. */
  readonly rules: readonly RuleMetadata[];
  /** Of imdslint. */
  readonly version: string;
  /** What people's paths are relative to. */
  readonly workingDirectory: string;
  /** The git top level, else the working directory: what code scanning's paths are relative to. */
  readonly rootDirectory: string;
  readonly color: boolean;
  /** How many cells a line of the terminal has; undefined where lines may be of any length. */
  readonly width?: number;
  /** Whether open results are listed one by one. */
  readonly showOpen: boolean;
  /** Whether formats that can tell them apart list suppressed findings too; not unless it is said. */
  readonly includeSuppressed?: boolean;
  /** What code scanning tells this run from others of the same commit by; nothing unless it is said. */
  readonly sarifCategory?: string;
  readonly elapsedMilliseconds: number;
  /** When the run ended. */
  readonly finishedAt: Date;
  /**
   * What the run comes to: 0 clean, 1 findings that count, 2 bad input. The process ends with it unless
   * `--exit-zero` forgives the findings.
   */
  readonly outcome: 0 | 1 | 2;
}

/** Turns a report into the text of one format. Pure: no clock, no file system, no process. */
export type Reporter = (report: Report, context: ReporterContext) => string;
