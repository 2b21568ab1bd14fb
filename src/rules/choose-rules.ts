import type { Severity } from "../findings/severity.js";
import { defaultSetting, type RuleSetting } from "./default-setting.js";
import type { Rule, RuleOptions } from "./define-rule.js";
import { rules } from "./index.js";

/**
 * The rules to run with the severity of each: its own, unless `settings` names another or "off". Rules
 * take what `options` has for their options, by rule id; those that they do not have are left out.
 */
export function chooseRules(
  settings: ReadonlyMap<string, RuleSetting> = new Map(),
  options: ReadonlyMap<string, RuleOptions> = new Map(),
): ReadonlyMap<Rule, Severity> {
  const chosen = new Map<Rule, Severity>();
  for (const rule of rules) {
    const setting = settings.get(rule.id) ?? defaultSetting(rule);
    if (setting !== "off") chosen.set(withOptions(rule, options.get(rule.id)), setting);
  }
  return chosen;
}

function withOptions(rule: Rule, given: RuleOptions | undefined): Rule {
  const { options = {}, withOptions: bind } = rule;
  if (given === undefined || bind === undefined) return rule;
  const known = Object.entries(given).filter(([name]) => name in options);
  return bind(Object.fromEntries(known));
}
