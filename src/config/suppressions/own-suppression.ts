import {
  isDate,
  type OwnSuppression,
  type SuppressionSettings,
  type WrittenSuppression,
} from "./written-suppression.js";

/** What reading suppressions needs to know beside the file. */
export interface ReadingContext extends SuppressionSettings {
  /** Every rule there is. */
  readonly ruleIds: ReadonlySet<string>;
}

/** One rule of a suppression, as it is written. */
export interface WrittenRule extends Pick<OwnSuppression, "text" | "location" | "element"> {
  readonly name: string;
  readonly reason?: string;
  readonly until?: string;
}

/** Decides whether a suppression of ours holds; `place` says in words what it covers. */
export function ownSuppression(
  { name, text, location, element, reason, until }: WrittenRule,
  {
    place,
    ...target
  }: Pick<WrittenSuppression, "scope" | "covers" | "path"> & { readonly place: string },
  { ruleIds, requireReason = true, today }: ReadingContext,
): OwnSuppression {
  return {
    text,
    location,
    ...(element === undefined ? {} : { element }),
    outcome: outcome(),
  };

  function outcome(): OwnSuppression["outcome"] {
    if (!ruleIds.has(name)) return { kind: "unknown-rule", name };
    if (until !== undefined && !isDate(until)) {
      const fault = "what stands behind until is no date";
      return { kind: "unreadable", fault, remedy: "write it as 2027-03-01" };
    }
    if (reason === undefined && requireReason) return { kind: "no-reason", ruleId: name };
    if (until !== undefined && today !== undefined && until < today) {
      return { kind: "expired", ruleId: name, until };
    }
    const suppression = {
      source: "imdslint" as const,
      ruleIds: [name],
      ...target,
      location,
      ...(reason === undefined ? {} : { reason }),
      ...(until === undefined ? {} : { until }),
    };
    return { kind: "holds", suppression, place };
  }
}
