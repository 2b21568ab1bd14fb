import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
import { accountDefaultsSources, describeAccountDefaults } from "./account-defaults-wording.js";

/** Notes account defaults that require tokens and still let a launch ask for something else. */
export const accountDefaultsNotEnforced = defineRule({
  id: "account-defaults-not-enforced",
  subject: "account-defaults",
  severity: "note",
  isOffByDefault: true,
  isOffInStrict: true,
  category: "hygiene",
  since: "0.1.0",
  summary: "Account defaults that require tokens should be enforced.",
  rationale: `
A default counts only for launches that say nothing: one that asks for \`optional\` gets it. EC2 can refuse
such launches (\`HttpTokensEnforced\`, since February 2026). Declarative policies have
\`http_tokens_enforced\`. Terraform's \`aws_ec2_instance_metadata_defaults\` has no argument for it in the
releases so far, which is why the rule is off, in the preset \`strict\` too: turned on, it says of that
resource what is missing, and the advice is to use a policy.
`,
  undecided: `
When the value comes from a parameter or variable without a default.
`,
  sources: [
    ...accountDefaultsSources,
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataDefaults.html",
    "https://github.com/hashicorp/terraform-provider-aws/issues/46757",
  ],
  peers: { datadog: ["def-000-lua"] },
  messages: {
    "not-enforced": {
      says: "{subject} require tokens but do not enforce it, so a launch may still ask for optional ones",
      advice: 'set http_tokens_enforced to "enabled"',
    },
    "not-enforceable": {
      says: "{subject} require tokens but cannot enforce it, since {type} has no argument for that, so a launch may still ask for optional ones",
      advice:
        "enforce it with http_tokens_enforced in a declarative policy, or with ModifyInstanceMetadataDefaults",
    },
    undecided: { says: "cannot tell whether {subject} are enforced: {reason}" },
  },

  *check(defaults) {
    if (equals(defaults.options.httpTokens, "required") !== "yes") return;
    const enforced = defaults.tokensEnforced();
    const data = { ...describeAccountDefaults(defaults), type: defaults.resource.type };
    const option = "httpTokensEnforced";
    const at = enforced.origin;
    if (enforced.state === "unset" && defaults.kind === "account") {
      yield { kind: "fail", message: "not-enforceable", data, at, option };
    } else if (enforced.state === "unset" || equals(enforced, "enabled") === "no") {
      yield { kind: "fail", message: "not-enforced", data, at, option };
    } else if (enforced.state === "unknown") {
      const { reason } = enforced;
      yield { kind: "open", message: "undecided", data, at, option, reason };
    }
  },
});
