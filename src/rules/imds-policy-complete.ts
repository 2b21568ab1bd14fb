import { imdsKeys, speaksOf } from "../model/iam/imds-keys.js";
import { forcesTokens } from "../model/iam/judge-launches.js";
import { policyFaults, refusesOptOut } from "../model/iam/judge-policy.js";
import type { PolicyDocument, PolicyStatement } from "../model/iam/policy-document.js";
import { firstOpenPart } from "../model/iam/policy-fault.js";
import type { Origin } from "../values/origin.js";
import { equals, fromBoolean, type Ternary } from "../values/ternary.js";
import type { UnknownReason } from "../values/value.js";
import { defineRule } from "./define-rule.js";
import { imdsPolicySources } from "./imds-policy-wording.js";

/** Reports policies that close one of the two ways to IMDSv1 and leave the other open. */
export const imdsPolicyComplete = defineRule({
  id: "imds-policy-complete",
  subject: "policy-document",
  severity: "warning",
  category: "exposure",
  since: "0.1.0",
  summary: "Policies that force IMDSv2 must do so at launch and afterwards.",
  rationale: `
An instance that had to be launched with tokens required can be changed to optional a minute later with
\`ec2:ModifyInstanceMetadataOptions\`; a policy against such changes does nothing for instances that are
launched with IMDSv1. AWS's guide has a statement for each.

The documents that are attached to one principal or target are judged together. What else may be attached to
it, in another deployment, is not known.
`,
  undecided: `
When the other half is in a policy of the same deployment, and nothing there says whether both are attached
to the same, and when a part of a policy comes from a parameter or variable without a default. Also when changes are
denied by \`ec2:MetadataHttpTokens\`: AWS does not say whether that is what the instance has or what it is to have.
Only \`ec2:Attribute/HttpTokens\` is certain to be the latter.
`,
  securitySeverity: 5.3,
  cwe: [863],
  sources: imdsPolicySources,
  messages: {
    "modification-open": {
      says: "{address} forces IMDSv2 at launch, but nothing keeps anybody from making tokens optional afterwards",
      advice:
        'deny ec2:ModifyInstanceMetadataOptions too, with StringNotEquals ec2:Attribute/HttpTokens "required" and Null ec2:Attribute/HttpTokens "false"',
    },
    "launch-open": {
      says: "{address} keeps tokens from being made optional, but nothing keeps anybody from launching instances with optional ones",
      advice:
        'deny ec2:RunInstances on arn:aws:ec2:*:*:instance/* too, with StringNotEquals ec2:MetadataHttpTokens "required"',
    },
    undecided: {
      says: "cannot tell whether {address} forces IMDSv2 at launch and afterwards: {reason}",
    },
  },

  *check(document) {
    const half = halfOf(document);
    if (half === undefined) return;
    const { message, at } = half;
    const { address } = document.resource;
    const option = "httpTokens";
    const data = { address };
    let open: UnknownReason | undefined;
    for (const { documents, limits, perhaps } of document.groups()) {
      const closing = closes(documents, message, limits);
      if (closing.answer === "yes") continue;
      const other = perhaps.find(
        (each) => closes([...documents, each], message, limits).answer !== "no",
      );
      open ??= other === undefined ? closing.reason : attachedTogether(other);
      if (closing.answer === "unknown" || other !== undefined) continue;
      yield { kind: "fail", message, data, at, option };
      return;
    }
    if (open === undefined) return;
    yield { kind: "open", message: "undecided", data, at, option, reason: open };
  },
});

function attachedTogether({ resource }: PolicyDocument): UnknownReason {
  const expression = `whether ${resource.address} is attached to the same`;
  return { kind: "decided-at-deployment", expression };
}

/** The way that a document leaves open while it closes the other. */
interface Half {
  readonly message: "modification-open" | "launch-open";
  readonly at: Origin;
}

function halfOf(document: PolicyDocument): Half | undefined {
  const read = document.read();
  // What does not do what it is for is another rule's affair.
  if (read.open !== undefined || policyFaults(read).length > 0) return undefined;
  const { statements } = read;
  const launches = forcesTokens(statements);
  const [launching] = launches.speaking;
  if (launches.isForced && launching !== undefined) {
    if (closes([document], "modification-open").answer === "yes") return undefined;
    return { message: "modification-open", at: conditionOn(launching, imdsKeys.tokens) };
  }
  const changing = statements.find((each) => speaksOf(each, imdsKeys.newTokens));
  if (changing === undefined || launches.speaking.length > 0) return undefined;
  if (refusesOptOut(statements, false) !== "yes") return undefined;
  return { message: "launch-open", at: conditionOn(changing, imdsKeys.newTokens) };
}

/** Whether documents close the way that is left open, and why that cannot be said where it is for us to say. */
interface Closing {
  readonly answer: Ternary;
  readonly reason?: UnknownReason | undefined;
}

function closes(
  documents: readonly PolicyDocument[],
  way: Half["message"],
  limits: readonly PolicyDocument[] = [],
): Closing {
  const read = [...documents, ...limits].map((document) => document.read());
  const denied = limits
    .flatMap((limit) => limit.read().statements)
    .filter(({ effect }) => equals(effect, "Allow") === "no");
  const granted = documents.flatMap((document) => document.read().statements);
  const statements = [...granted, ...denied];
  const launches = forcesTokens(statements);
  const answer =
    way === "launch-open"
      ? fromBoolean(launches.speaking.length > 0)
      : refusesOptOut(statements, launches.isAllowList);
  if (answer === "yes") return { answer };
  const unread = read.find(({ open }) => open !== undefined)?.open;
  if (unread !== undefined) return { answer: "unknown", reason: unread.reason };
  if (answer === "no") return { answer };
  const deciding = statements.filter((each) => refusesOptOut([each], false) === "unknown");
  return { answer, reason: firstOpenPart(deciding)?.reason ?? notDocumented };
}

/** Whether it is what the instance has or what it is to have. */
const notDocumented: UnknownReason = {
  kind: "decided-at-deployment",
  expression: "what ec2:MetadataHttpTokens is of a modification",
};

function conditionOn(statement: PolicyStatement, key: (typeof imdsKeys)["tokens" | "newTokens"]) {
  const condition = statement.conditions.find((each) => each.key.toLowerCase() === key);
  return condition?.origin ?? statement.origin;
}
