import type { PropertyBag, ReportingDescriptor } from "sarif";
import type { RuleMetadata } from "../../rules/define-rule.js";
import { peerRules } from "../../rules/peer-rules.js";
import { messageText, plainDescription, plainText } from "./message-text.js";

/** GitHub keeps this many tags of a rule. */
const MOST_TAGS = 10;

/** GitHub's words for a rule that is not about security. */
const PROBLEM_SEVERITIES = { error: "error", warning: "warning", note: "recommendation" } as const;

/**
 * A rule as SARIF describes it. What GitHub reads of it:
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#reportingdescriptor-object
 */
export function describeRule(rule: RuleMetadata): ReportingDescriptor {
  const [helpUri] = rule.sources;
  return {
    id: rule.id,
    name: pascalCase(rule.id),
    shortDescription: { text: plainDescription(rule.summary) },
    fullDescription: { text: plainDescription(rule.rationale) },
    ...(helpUri === undefined ? {} : { helpUri }),
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    defaultConfiguration: {
      level: rule.severity,
      ...(rule.isOffByDefault === true ? { enabled: false } : {}),
    },
    properties: propertiesOf(rule),
  };
}

/**
 * GitHub sorts and gates alerts by `security-severity`, which it reads as a string and from rules
 * only; on a rule about a deployment that fails it would raise a security alert where none is.
 */
function propertiesOf({
  category,
  severity,
  securitySeverity,
  cwe = [],
  controls = [],
  peers = {},
}: RuleMetadata): PropertyBag {
  const isSecurity = category === "exposure" && securitySeverity !== undefined;
  const tags = [
    ...(isSecurity ? ["security"] : []),
    category,
    "aws",
    "ec2",
    "imds",
    ...cwe.map((number) => `external/cwe/cwe-${`${number}`.padStart(3, "0")}`),
    ...controls,
  ];
  return {
    tags: tags.slice(0, MOST_TAGS),
    precision: "high",
    ...(controls.length === 0 ? {} : { controls: [...controls] }),
    ...(Object.keys(peers).length === 0 ? {} : { peers: [...peerRules(peers)] }),
    ...(isSecurity
      ? { "security-severity": securitySeverity.toFixed(1) }
      : { "problem.severity": PROBLEM_SEVERITIES[severity] }),
  };
}

function helpText({ summary, rationale, undecided, sources }: RuleMetadata): string {
  const sections = [
    summary,
    plainText(rationale),
    `When it cannot tell:\n${plainText(undecided)}`,
    `Sources:\n${sources.join("\n")}`,
  ];
  return sections.map(keepLines).join("\n\n");
}

function helpMarkdown({ summary, rationale, undecided, sources }: RuleMetadata): string {
  return [
    `**${summary}**`,
    rationale.trim(),
    "## When it cannot tell",
    undecided.trim(),
    "## Sources",
    sources.map((source) => `- <${source}>`).join("\n"),
  ].join("\n\n");
}

function keepLines(text: string): string {
  return text.split("\n").map(messageText).join("\n");
}

/** `require-imdsv2` → `RequireImdsv2`: SARIF wants a name that differs from the id. */
function pascalCase(id: string): string {
  return id
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
