import { modifyDefaults, modifyOptions } from "../model/iam/imds-requests.js";
import { deniesChange } from "../model/iam/judge-policy.js";
import {
  inLowerCase,
  matchesPattern,
  type PolicyText,
  wholeText,
} from "../model/iam/policy-text.js";
import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
import { imdsPolicySources } from "./imds-policy-wording.js";

/** Notes policies that let their principals change metadata options as they like. */
export const unguardedMetadataChanges = defineRule({
  id: "unguarded-metadata-changes",
  subject: "policy-document",
  severity: "note",
  isOffByDefault: true,
  category: "hygiene",
  since: "0.1.0",
  summary: "Only those who need it should be allowed to change metadata options.",
  rationale: `
\`ec2:ModifyInstanceMetadataOptions\` makes tokens optional on an instance that was launched without IMDSv1,
\`ec2:ModifyInstanceMetadataDefaults\` for a whole Region. A pattern such as \`ec2:Modify*\` grants both.
\`*\` alone grants everything, and is not reported.
`,
  undecided: `
When an action comes from a parameter or variable without a default.
`,
  sources: imdsPolicySources,
  messages: {
    unguarded: {
      says: "{address} allows {action} without a condition, through {written}",
      advice:
        'leave it out, or add a condition such as StringEquals ec2:Attribute/HttpTokens "required"',
    },
    undecided: {
      says: "cannot tell whether {address} allows changes of metadata options: {reason}",
    },
  },

  *check(document) {
    if (document.kind === "service-control-policy") return;
    const { address } = document.resource;
    const option = "httpTokens";
    const { statements } = document.read();
    const changes = [modifyOptions, modifyDefaults].filter(
      (action) => deniesChange(statements, action) === "no",
    );
    for (const { effect, action, conditions, open } of statements) {
      if (equals(effect, "Allow") !== "yes" || action.isNegated) continue;
      if (conditions.length > 0 || open !== undefined) continue;
      for (const text of action.texts) {
        const allowed = changes.find((change) => covers(text, change) !== "no");
        if (allowed === undefined || wholeText(text) === "*") continue;
        const { origin: at, reason } = text;
        if (reason !== undefined) {
          yield { kind: "open", message: "undecided", data: { address }, at, option, reason };
          continue;
        }
        const written = JSON.stringify(wholeText(text) ?? "");
        const data = { address, action: allowed, written };
        yield { kind: "fail", message: "unguarded", data, at, option };
      }
    }
  },
});

function covers(text: PolicyText, action: string) {
  return matchesPattern(inLowerCase(text), action.toLowerCase());
}
