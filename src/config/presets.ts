import type { Severity } from "../findings/severity.js";
import { defaultSetting } from "../rules/choose-rules.js";
import { rules } from "../rules/index.js";
import type { RuleMetadata } from "../rules/define-rule.js";
import type { ConfigurationFile, PresetName, WrittenRule } from "./configuration-file.js";

/** What a preset stands for, as if it were written. It says something of every rule. */
export function presetSettings(name: PresetName): Required<Pick<ConfigurationFile, "rules">> {
  return { rules: Object.fromEntries(rules.map((rule) => [rule.id, presetRule(name, rule)])) };
}

function presetRule(name: PresetName, rule: RuleMetadata): WrittenRule {
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
