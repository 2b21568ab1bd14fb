import { rules } from "../rules/index.js";
import type { RuleMetadata } from "../rules/define-rule.js";
import { type CommandResult, success, usageError } from "./command-result.js";
import { nearestName } from "./nearest-name.js";

/** `--list-rules`: id, severity and summary of each, in columns. */
export function listRules(): CommandResult {
  const widest = Math.max(...rules.map(({ id }) => id.length));
  const lines = rules.map(
    ({ id, severity, summary }) => `${id.padEnd(widest)}  ${severity.padEnd(7)}  ${summary}`,
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
  const { id, severity, summary, rationale, undecided, sources, since } = rule;
  return `${id} (${severity}, since ${since})

${summary}

${rationale.trim()}

When it cannot tell:
${undecided.trim()}

Sources:
${sources.map((source) => `  ${source}`).join("\n")}
`;
}
