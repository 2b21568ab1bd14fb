import { hopAbsentFaults } from "../model/iam/judge-launches.js";
import { defineRule } from "./define-rule.js";
import { imdsPolicySources } from "./imds-policy-wording.js";

/** Notes limits on the hop limit that a launch passes by not naming one. */
export const imdsPolicyHopAbsent = defineRule({
  id: "imds-policy-hop-absent",
  subject: "policy-document",
  severity: "note",
  category: "hygiene",
  since: "0.1.0",
  summary: "A limit on the hop limit should say what goes for launches that name none.",
  rationale: `
\`NumericGreaterThan\` does not hold where the key is absent, so that a launch which leaves the hop limit out
passes. It then gets what the account, the image or EC2 has by default, which may be more. AWS's example
of such a policy is like that.
`,
  undecided: `
Never: whatever hangs on a value that is not known is left to \`imds-policy-effective\`.
`,
  sources: imdsPolicySources,
  messages: {
    passes: {
      says: "{address} limits the hop limit, but {request} passes, and gets what the account or the image has by default",
      advice:
        'add a statement that denies where Null "ec2:MetadataHttpPutResponseHopLimit" is "true", or set the account\'s default',
    },
  },

  *check(document) {
    const { address } = document.resource;
    const { statements, open } = document.read();
    if (open !== undefined) return;
    for (const fault of hopAbsentFaults(statements)) {
      if (fault.kind !== "lets-through") continue;
      const { request, at, key: option } = fault;
      yield { kind: "fail", message: "passes", data: { address, request }, at, option };
    }
  },
});
