import { spellings } from "../model/iam/imds-keys.js";
import { adviceFor, policyFaults } from "../model/iam/judge-policy.js";
import type { PolicyFault } from "../model/iam/policy-fault.js";
import { defineRule } from "./define-rule.js";
import { imdsPolicySources } from "./imds-policy-wording.js";

/** Reports policies whose conditions on instance metadata cannot do what they are for. */
export const imdsPolicyEffective = defineRule({
  id: "imds-policy-effective",
  subject: "policy-document",
  severity: "error",
  category: "exposure",
  since: "0.1.0",
  summary: "Policies with conditions on instance metadata must do what they are for.",
  rationale: `
A policy that is meant to stop IMDSv1 and does not looks like protection and is none; one that denies more
than it should stops every launch. Both come from how IAM evaluates: a launch is decided for each of its
resources, of which only the instance has keys such as \`ec2:MetadataHttpTokens\`; \`StringNotEquals\`
holds where a key is absent and \`StringEquals\` does not; \`…IfExists\` holds there too.

Of a declarative EC2 policy the names, operators and values count: what is misspelt sets nothing.

The document is evaluated as IAM does it, for launches with tokens required, optional and not mentioned, from
a launch template or not, for changes of the options of instances, and for requests with credentials
that each version of IMDS delivered. The message names the request that shows what is wrong. Other
conditions of a statement, such as those on who makes the request, count as met.
`,
  undecided: `
When the part that decides comes from a parameter or variable without a default. Policies without such
conditions are not judged. Whether \`ec2:MetadataHttpTokens\` of a modification is what the instance has or
will have is not documented, so that conditions on it are not judged there.
`,
  securitySeverity: 6.5,
  cwe: [863],
  sources: [
    ...imdsPolicySources,
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html",
  ],
  messages: {
    "lets-through": {
      says: "{address} lets {request} through, because {cause}",
      advice: "{advice}",
    },
    refuses: { says: "{address} refuses {request}, because {cause}", advice: "{advice}" },
    "other-actions": {
      says: "{address} has a condition on {key}, which requests for {actions} never have",
      advice: "{advice}",
    },
    "unknown-key": {
      says: "{address} has a condition on {written}, which no request has",
      advice: "write {key}",
    },
    "unknown-operator": {
      says: "{address} uses {operator}, an operator that IAM does not have, on {key}",
      advice: "{advice}",
    },
    "unknown-setting": {
      says: "{address} has {written} in a declarative policy, which is no setting of instance metadata, so that it sets nothing",
      advice: "{advice}",
    },
    "unknown-operator-there": {
      says: "{address} has {written} for {setting}, which a declarative policy sets by @@assign alone",
      advice: "write {expected}",
    },
    "no-operator": {
      says: "{address} has {written} for {setting} without @@assign, by which alone a declarative policy sets a value",
      advice: "write {expected}",
    },
    "unknown-value": {
      says: "{address} assigns {written} to {setting}, which is none of its values",
      advice: "write one of {expected}",
    },
    undecided: { says: "cannot tell what {address} does to requests with {key}: {reason}" },
  },

  *check(document) {
    const { address } = document.resource;
    for (const { kind, setting, written, expected, at } of document.wrongWords?.() ?? []) {
      const data = {
        address,
        setting,
        written: JSON.stringify(written),
        expected: expected ?? "",
        advice: expected === undefined ? "leave it out" : `write ${expected}`,
      };
      const message = kind === "unknown-operator" ? "unknown-operator-there" : kind;
      yield { kind: "fail", message, data, at, option: `${setting} ${written}` };
    }
    for (const fault of policyFaults(document.read())) {
      const { key: option, at, kind } = fault;
      const data = {
        address,
        key: spellings[option],
        advice: adviceFor(option),
        ...details(fault),
      };
      if (kind === "undecided") {
        yield { kind: "open", message: kind, data, at, option, reason: fault.reason };
      } else {
        yield { kind: "fail", message: kind, data, at, option };
      }
    }
  },
});

function details(fault: PolicyFault): Readonly<Record<string, string>> {
  switch (fault.kind) {
    case "lets-through":
    case "refuses":
      return { request: fault.request, cause: fault.cause };
    case "other-actions":
      return { actions: fault.actions };
    case "unknown-key":
      return { written: fault.written };
    case "unknown-operator":
      return { operator: fault.operator };
    case "undecided":
      return {};
  }
}
