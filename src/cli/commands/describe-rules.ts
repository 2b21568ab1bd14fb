import { rules } from "../../rules/index.js";
import type { RuleMetadata } from "../../rules/define-rule.js";
import { defaultSetting } from "../../rules/default-setting.js";
import { peerRules } from "../../rules/peer-rules.js";
import { type CommandResult, success, usageError } from "../command-result.js";
import { nearestName } from "../../rules/nearest-name.js";

/** `--list-rules`: id, severity and summary of each, in columns. */
export function listRules(): CommandResult {
  const widest = Math.max(...rules.map(({ id }) => id.length));
  const lines = rules.map(
    (rule) => `${rule.id.padEnd(widest)}  ${defaultSetting(rule).padEnd(7)}  ${rule.summary}`,
  );
  return success(`${lines.join("\n")}\n`);
}

/** `--explain <rule>`: everything its metadata says, as text. */
export function explainRule(id: string): CommandResult {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) return usageError(unknownRule(id));
  return success(describeRule(rule));
}

/** Says that there is no such rule, and which one may have been meant. */
export function unknownRule(id: string): string {
  const names = rules.map((rule) => rule.id);
  const nearest = nearestName(id, names);
  const hint = nearest === undefined ? "--list-rules prints them all" : `did you mean ${nearest}?`;
  return `There is no rule ${id}; ${hint}`;
}

function describeRule(rule: RuleMetadata): string {
  const { id, severity, isOffByDefault, summary, rationale, undecided, sources, since } = rule;
  const { controls = [], peers = {} } = rule;
  const setting = isOffByDefault === true ? `off, else ${severity}` : severity;
  const related = [...controls, ...peerRules(peers)];
  return `${id} (${setting}, since ${since})

${summary}

${rationale.trim()}

When it cannot tell:
${undecided.trim()}

Sources:
${sources.map((source) => `  ${source}`).join("\n")}
${related.length === 0 ? "" : `\nThe same elsewhere:\n${related.map((name) => `  ${name}`).join("\n")}\n`}`;
}
