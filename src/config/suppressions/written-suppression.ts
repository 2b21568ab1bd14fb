import type { PeerTool } from "../../findings/peer-tool.js";
import type { Location, TextRange } from "../../source/text-range.js";

/** A suppression that holds, as it is written in one file. */
export interface WrittenSuppression {
  readonly source: "imdslint" | PeerTool;
  /** The rules of ours that it silences; never empty. */
  readonly ruleIds: readonly string[];
  /**
   * What it covers: places on a line, or all that stands in or belongs to an element or the file.
   */
  readonly scope: "line" | "element" | "file";
  readonly path: string;
  /** The stretch of the file that it covers. */
  readonly covers: TextRange;
  readonly location: Location;
  readonly reason?: string;
  /** As `2027-03-01`. */
  readonly until?: string;
  /** Of another tool: what it names our rules by, where that names others too. */
  readonly wildcard?: string;
}

/** A suppression of ours for one rule: it holds, or says why it does not. */
export interface OwnSuppression {
  /** As it is written: `imdslint-ignore-file require-imdsv2`. */
  readonly text: string;
  /** The rule's name; of what cannot be read, all of it. */
  readonly location: Location;
  /** What it is written in, by name; absent where that is the file. */
  readonly element?: { readonly name: string; readonly location: Location };
  readonly outcome:
    | { readonly kind: "holds"; readonly suppression: WrittenSuppression; readonly place: string }
    | SuppressionFault;
}

/** Why a suppression of ours silences nothing. */
export type SuppressionFault =
  | { readonly kind: "expired"; readonly ruleId: string; readonly until: string }
  | { readonly kind: "no-reason"; readonly ruleId: string }
  | { readonly kind: "unknown-rule"; readonly name: string }
  | { readonly kind: "unreadable"; readonly fault: string; readonly remedy: string };

/** How suppressions are read. */
export interface SuppressionSettings {
  /** Whether suppressions of ours count; true by default. */
  readonly inline?: boolean;
  /** Whether those of other tools do; true by default. */
  readonly foreign?: boolean;
  /** Whether ours must say why; true by default. */
  readonly requireReason?: boolean;
  /** The date of today in UTC, as `2027-03-01`. Without it nothing expires. */
  readonly today?: string;
}

/** Whether the text is a date of the calendar, as `2027-03-01`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
