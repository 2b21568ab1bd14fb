import type { RuleMetadata } from "../rules/define-rule.js";
import { defaultSetting } from "../rules/default-setting.js";
import type { PresetName, WrittenRule } from "./configuration-file.js";

/** What a preset says of a rule, as if it were written. It says something of every rule. */
export function presetRule(name: PresetName, rule: RuleMetadata): WrittenRule {
  switch (name) {
    case "recommended":
      return defaultSetting(rule);
    case "strict":
      return strictRule(rule);
    case "all":
      return rule.severity;
  }
}

function strictRule(rule: RuleMetadata): WrittenRule {
  const { isOffByDefault, isOffInStrict, options = {} } = rule;
  if (isOffInStrict === true) return "off";
  const severity = isOffByDefault === true ? "note" : rule.severity;
  const narrowed = Object.entries(options).flatMap(([name, { strict }]) =>
    strict === undefined ? [] : [[name, strict] as const],
  );
  return narrowed.length === 0 ? severity : { severity, ...Object.fromEntries(narrowed) };
}
