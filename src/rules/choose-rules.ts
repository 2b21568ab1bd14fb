import type { Severity } from "../findings/severity.js";
import { defaultSetting, type RuleSetting } from "./default-setting.js";
import type { Rule } from "./define-rule.js";
import { rules } from "./index.js";

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
