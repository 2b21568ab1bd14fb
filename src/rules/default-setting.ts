import type { Severity } from "../findings/severity.js";
import type { RuleMetadata } from "./define-rule.js";

/** What somebody may set a rule to. */
export type RuleSetting = Severity | "off";

/** What a rule is set to where nobody says otherwise. */
export function defaultSetting({ severity, isOffByDefault }: RuleMetadata): RuleSetting {
  return isOffByDefault === true ? "off" : severity;
}
