import { addOption } from "../model/option-changes.js";
import { defineRule } from "./define-rule.js";
import { accountDefaultOf, safeByDefault } from "./safe-by-default.js";
import { instancesOf, placeOfOptions } from "./wording.js";

/** Notes launches that are safe only because the account or the image makes them so. */
export const explicitTokens = defineRule({
  id: "explicit-tokens",
  subject: "launch-specification",
  needs: [["httpTokens"], ["ec2Defaults"]],
  dialects: ["terraform"],
  severity: "note",
  isOffByDefault: true,
  category: "hygiene",
  since: "0.1.0",
  summary: "Launches should say themselves that tokens are required.",
  rationale: `
A launch that leaves \`HttpTokens\` to the account's default or to the image is safe only as long as these
are there. In another account or Region the same template answers IMDSv1. So may its instances after the first
apply: Terraform makes resources side by side that do not depend on each other, and a default does not count for
instances that are there already. \`depends_on\`, or a reference by way of other resources or modules, makes them
wait.
`,
  undecided: `
Never: an option that is not known is reported by \`require-imdsv2\`.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html#instance-metadata-options-order-of-precedence",
  ],
  messages: {
    account: {
      says: "only {account} makes {instances} require tokens",
      advice: "{remedy}",
    },
    "account-may-race": {
      says: "only {account} makes {instances} require tokens, and a first apply may launch before it is set, since nothing makes it wait",
      advice: "{remedy}, or add depends_on",
    },
    image: {
      says: "only the image makes {instances} require tokens",
      advice: "{remedy}",
    },
  },

  *check(launch) {
    const safe = safeByDefault(launch);
    // What would be written there does not reach EC2.
    if (safe === undefined || launch.sending.kind === "never") return;
    const data = {
      instances: instancesOf(launch),
      account: accountDefaultOf(launch, safe),
      remedy: `set ${launch.nameOf("httpTokens")} to ${launch.wordFor("httpTokens", "required")} ${placeOfOptions(launch)}`,
    };
    const at = { location: safe.place.location, step: "written" } as const;
    const message = safe.mayComeLater ? "account-may-race" : safe.by;
    const fix = addOption(launch, "httpTokens", "required");
    yield { kind: "fail", message, data, at, option: "httpTokens", fix };
  },
});
