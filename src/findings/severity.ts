/** SARIF's levels, the most severe first. */
export const severities = ["error", "warning", "note"] as const;

/** How bad a finding is. */
export type Severity = (typeof severities)[number];

/** Whether `severity` is `threshold` or worse. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
