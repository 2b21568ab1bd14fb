import type { Severity } from "../findings/severity.js";
import type { Rule, RuleMetadata } from "./define-rule.js";
import { rules } from "./index.js";

/** What somebody may set a rule to. */
export type RuleSetting = Severity | "off";

/** What a rule is set to where nobody says otherwise. */
export function defaultSetting({ severity, isOffByDefault }: RuleMetadata): RuleSetting {
  return isOffByDefault === true ? "off" : severity;
}

/** The rules to run with the severity of each: its own, unless `settings` names another or "off". */
export function chooseRules(
  settings: ReadonlyMap<string, RuleSetting> = new Map(),
): ReadonlyMap<Rule, Severity> {
  const chosen = new Map<Rule, Severity>();
  for (const rule of rules) {
    const setting = settings.get(rule.id) ?? defaultSetting(rule);
    if (setting !== "off") chosen.set(rule, setting);
  }
  return chosen;
}
