import { defaultSetting } from "../../rules/default-setting.js";
import { rules } from "../../rules/index.js";
import { nearestName } from "../../rules/nearest-name.js";
import { type CommandResult, success } from "../command-result.js";

/** `--list-rules`: id, severity and summary of each, in columns. */
export function listRules(): CommandResult {
  const widest = Math.max(...rules.map(({ id }) => id.length));
  const lines = rules.map(
    (rule) => `${rule.id.padEnd(widest)}  ${defaultSetting(rule).padEnd(7)}  ${rule.summary}`,
  );
  return success(`${lines.join("\n")}\n`);
}

/** Says that there is no such rule, and which one may have been meant. */
export function unknownRule(id: string): string {
  const names = rules.map((rule) => rule.id);
  const nearest = nearestName(id, names);
  const hint = nearest === undefined ? "--list-rules prints them all" : `did you mean ${nearest}?`;
  return `There is no rule ${id}; ${hint}`;
}
