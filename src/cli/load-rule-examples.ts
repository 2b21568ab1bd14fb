import type { RuleExamples } from "../data/rule-example.js";

/** Loads the examples of rules from a file of its own, which the build makes beside the bundle. */
export function loadRuleExamples(): RuleExamples {
  const load = require;
  return (load("./rule-examples.cjs") as { ruleExamples: RuleExamples }).ruleExamples;
}
