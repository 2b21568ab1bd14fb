import type { Severity } from "../findings/severity.js";
import type { Rule } from "./define-rule.js";
import { rules } from "./index.js";

/** What somebody may set a rule to. */
export type RuleSetting = Severity | "off";

/** The rules to run with the severity of each: its own, unless `settings` names another or "off". */
export function chooseRules(
  settings: ReadonlyMap<string, RuleSetting> = new Map(),
): ReadonlyMap<Rule, Severity> {
  const chosen = new Map<Rule, Severity>();
  for (const rule of rules) {
    const setting = settings.get(rule.id) ?? rule.severity;
    if (setting !== "off") chosen.set(rule, setting);
  }
  return chosen;
}
