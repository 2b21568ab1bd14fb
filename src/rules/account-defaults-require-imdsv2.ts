import { replaceValue } from "../findings/fix.js";
import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
import { accountDefaultsSources, describeAccountDefaults } from "./account-defaults-wording.js";

/** Reports account defaults that make IMDSv1 the answer for whoever says nothing. */
export const accountDefaultsRequireImdsv2 = defineRule({
  id: "account-defaults-require-imdsv2",
  subject: "account-defaults",
  severity: "warning",
  category: "exposure",
  since: "0.1.0",
  yieldsTo: ["require-imdsv2"],
  summary: "Account defaults for instance metadata must not make tokens optional.",
  rationale: `
An account's default counts for every instance whose launch says nothing, whoever launches it, and beats
what the image brings. Set to \`optional\` it undoes images that require tokens; left alone it would
do no harm.
`,
  undecided: `
When the value comes from a parameter or variable without a default.
`,
  securitySeverity: 6.5,
  cwe: [1188],
  sources: accountDefaultsSources,
  peers: { prowler: ["ec2_instance_account_imdsv2_enabled"] },
  messages: {
    optional: {
      says: '{subject} make IMDSv1 the default: {option} is "optional", so instances that {who} answer IMDSv1 requests',
      advice: 'write "required"',
    },
    undecided: { says: "cannot tell whether {subject} make IMDSv1 the default: {reason}" },
  },

  *check(defaults) {
    const { httpTokens } = defaults.options;
    const isOff = equals(defaults.options.httpEndpoint, "disabled") === "yes";
    const who = isOff ? "enable the endpoint and say nothing of tokens" : "say nothing";
    const data = { ...describeAccountDefaults(defaults), who };
    const option = "httpTokens";
    const isOptional = equals(httpTokens, "optional");
    if (isOptional === "yes") {
      const { origin } = httpTokens;
      const isResource = defaults.kind === "account";
      const fix = isResource ? replaceValue(origin, "optional", "required", "review") : undefined;
      yield { kind: "fail", message: "optional", data, at: origin, option, fix };
    } else if (isOptional === "unknown" && httpTokens.state === "unknown") {
      const { reason, origin } = httpTokens;
      yield { kind: "open", message: "undecided", data, at: origin, option, reason };
    }
  },
});
