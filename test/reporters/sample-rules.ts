import type { RuleMetadata } from "../../src/rules/define-rule.js";

const common = {
  subject: "launch-specification",
  since: "0.1.0",
  undecided: "\nWhen `HttpTokens` comes from a parameter without a default.\n",
  sources: ["https://example.com/imds", "https://example.com/nitro"],
  messages: {},
} as const;

/** Shaped as the real rules are, and short: expected reports do not change with the real rules' wording. */
export const sampleRules: readonly RuleMetadata[] = [
  {
    ...common,
    id: "ipv6-needs-endpoint",
    severity: "warning",
    category: "hygiene",
    summary: "The IPv6 endpoint should say that the endpoint is enabled.",
    rationale: "\nAWS's guide asks for both.\n",
  },
  {
    ...common,
    id: "ipv6-needs-nitro",
    severity: "error",
    category: "validity",
    summary: "The IPv6 endpoint needs an instance type built on the Nitro System.",
    rationale: "\nOn a Xen type the launch fails.\n",
  },
  {
    ...common,
    id: "require-imdsv2",
    severity: "error",
    category: "exposure",
    summary: "Instances must require IMDSv2 session tokens.",
    rationale:
      "\nIMDSv1 answers **any** GET request. See [AWS's guide](https://example.com/imds), which\nnames `{HttpTokens}`.\n\nLeaving it out is not enough.\n",
    securitySeverity: 8.6,
    cwe: [918, 79],
  },
  {
    ...common,
    id: "tokens-need-endpoint",
    severity: "note",
    category: "hygiene",
    summary: "Options with session tokens should say that the endpoint is enabled.",
    rationale: "\nAWS's guide asks for both.\n",
  },
];
