import { addProperties } from "../findings/fix.js";
import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
import { accountDefaultsSources, describeAccountDefaults } from "./account-defaults-wording.js";

/** Notes account defaults that are there and leave tokens without a preference. */
export const accountDefaultsUnset = defineRule({
  id: "account-defaults-unset",
  subject: "account-defaults",
  severity: "note",
  category: "hygiene",
  since: "0.1.0",
  summary: "Account defaults for instance metadata should say whether tokens are required.",
  rationale: `
Whoever sets account defaults for instance metadata and leaves tokens at no preference changes nothing
for IMDSv1: instances that say nothing answer it unless their image requires tokens.
`,
  undecided: `
Never: a value that is not known is reported by \`account-defaults-require-imdsv2\`.
`,
  sources: accountDefaultsSources,
  peers: { prowler: ["ec2_instance_account_imdsv2_enabled"] },
  messages: {
    unset: {
      says: "{subject} have no preference for {option}, so instances that say nothing answer IMDSv1 requests unless their image requires tokens",
      advice: 'set {option} to "required"',
    },
  },

  *check(defaults) {
    const { httpTokens } = defaults.options;
    if (httpTokens.state !== "unset") return;
    // Where the service is off by default, who turns it on says something.
    if (equals(defaults.options.httpEndpoint, "disabled") === "yes") return;
    const data = describeAccountDefaults(defaults);
    const at = httpTokens.origin;
    const { location: resource } = defaults.resource;
    const properties = [{ name: defaults.tokensName, value: "required" }];
    // A declarative policy spells it in a document of its own.
    const isResource = defaults.kind === "account";
    const fix = isResource ? addProperties(resource, [], properties, "review") : undefined;
    yield { kind: "fail", message: "unset", data, at, option: "httpTokens", fix };
  },
});
