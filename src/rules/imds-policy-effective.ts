import { isMisspelt, speaksOfImds, spellings } from "../model/iam/imds-keys.js";
import { deployedFaults } from "../model/iam/judge-deployed.js";
import { adviceFor, policyFaults } from "../model/iam/judge-policy.js";
import type { Beside } from "../model/iam/policy-decision.js";
import type { PolicyDocument, PolicyGroup } from "../model/iam/policy-document.js";
import type { PolicyFault } from "../model/iam/policy-fault.js";
import type { LaunchResource } from "../model/launch-resource.js";
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

A document on instance metadata that is no valid JSON is reported too: AWS refuses it when it is deployed.

Of a declarative EC2 policy the names, operators and values count: what is misspelt sets nothing.

The document is evaluated as IAM does it, for launches with tokens required, optional and not mentioned, from
a launch template or not, for changes of the options of instances, and for requests with credentials
that each version of IMDS delivered. The message names the request that shows what is wrong. Other
conditions of a statement, such as those on who makes the request, count as met. What is attached to the same
principal or target counts with it, and so do permissions boundaries.

Then come the launches of the same deployment, with the options that they ask for: a policy may exempt one that
answers IMDSv1 requests, or refuse all of them, though an account's default makes them safe. What AWS launches
under service roles of its own, as for Spot requests, Spot Fleets and Batch, is not asked for. That it
refuses a launch because of IMDSv1 is what it is for, and reported at the launch.
`,
  undecided: `
When the part that decides comes from a parameter or variable without a default, and when all launches of the
deployment are refused, since who launches them may not have the policy. Policies without such
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
    "compared-as-text": {
      says: "{address} compares {key}, which is a number, as text by {operator}, so that it hangs on a spelling which AWS does not document",
      advice: "{advice}",
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
    malformed: {
      says: "{address} is no JSON, so that AWS refuses it: {fault}",
      advice: "write valid JSON",
    },
    "own-launches": {
      says: "{address} refuses {request}, because {cause}, if whoever launches it has this policy",
    },
    undecided: { says: "cannot tell what {address} does to requests with {key}: {reason}" },
  },

  *check(document) {
    const { address } = document.resource;
    for (const { message: fault, at } of document.malformed()) {
      yield {
        kind: "fail",
        message: "malformed",
        data: { address, fault },
        at,
        option: "document",
      };
    }
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
    for (const fault of faultsOf(document)) {
      const { key: option, at, kind, launch } = fault;
      const data = {
        address,
        key: spellings[option],
        advice: adviceFor(option),
        ...details(fault),
      };
      if (kind === "undecided") {
        yield { kind: "open", message: kind, data, at, option, reason: fault.reason };
      } else {
        const related =
          launch === undefined ? [] : [{ message: launch.address, origin: standingAt(launch) }];
        if (kind === "refuses" && launch !== undefined) {
          // Whoever creates a policy mostly does not have it.
          const expression = `who launches ${launch.address}`;
          const reason = { kind: "decided-at-deployment", expression } as const;
          const message = "own-launches";
          yield { kind: "open", message, data, at, option, reason, related };
        } else yield { kind: "fail", message: kind, data, at, option, related };
      }
    }
  },
});

/**
 * With what counts together with the document, for each principal or target; and what one that does what it is
 * for does to the launches of its own deployment.
 */
function faultsOf(document: PolicyDocument): readonly PolicyFault[] {
  const read = document.read();
  // Most have nothing to do with instance metadata, and what counts with them need not be read.
  const isConcerned = read.statements.some(
    (statement) => speaksOfImds(statement) || statement.conditions.some(isMisspelt),
  );
  if (!isConcerned) return [];
  return document.groups().flatMap((group) => {
    const beside = besideOf(document, group);
    const own = policyFaults(read, beside);
    if (own.length > 0 || read.open !== undefined) return own;
    return deployedFaults(read.statements, beside, document.launches());
  });
}

function besideOf(own: PolicyDocument, { documents, limits }: PolicyGroup): Beside {
  const others = documents.filter((document) => document !== own).map((each) => each.read());
  const boundaries = limits.map((each) => each.read());
  const open = [...others, ...boundaries].find((each) => each.open !== undefined)?.open;
  return {
    statements: others.flatMap(({ statements }) => statements),
    limits: boundaries.flatMap(({ statements }) => statements),
    ...(open === undefined ? {} : { open }),
  };
}

function standingAt({ location, address }: LaunchResource) {
  return { location, step: "written", name: address } as const;
}

function details(fault: PolicyFault): Readonly<Record<string, string>> {
  switch (fault.kind) {
    case "lets-through":
    case "refuses":
      return { request: fault.request, cause: fault.cause };
    case "other-actions":
      return { actions: fault.actions };
    case "unknown-key":
      return { written: fault.written };
    case "compared-as-text":
    case "unknown-operator":
      return { operator: fault.operator };
    case "undecided":
      return {};
  }
}
