import type { Location } from "../source/text-range.js";
import type { Finding } from "./finding.js";
import type { PeerTool } from "./peer-tool.js";

/** Whose word silences a finding. */
export type SuppressionSource = "imdslint" | "baseline" | PeerTool;

/** Why a finding is not shown. */
export interface Suppression {
  /** SARIF's words: written in the source itself, or kept elsewhere. */
  readonly kind: "inSource" | "external";
  readonly source: SuppressionSource;
  /** Why, as somebody wrote it. */
  readonly reason?: string;
  /** The last day on which it holds, as `2027-03-01`. */
  readonly until?: string;
  /** Where it is written; absent for an entry of a baseline. */
  readonly location?: Location;
  /** Of another tool: the pattern that names our rule among many others, such as `aws-*`. */
  readonly wildcard?: string;
}

/** A finding that somebody silenced. */
export interface SuppressedFinding extends Finding {
  readonly suppression: Suppression;
}
