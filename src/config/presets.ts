import type { Severity } from "../findings/severity.js";
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

function strictRule({ severity, isOffByDefault }: RuleMetadata): Severity {
  return isOffByDefault === true ? "note" : severity;
}
