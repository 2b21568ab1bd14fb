import type { LaunchSpecification } from "../model/launch-specification.js";
import { addOption } from "../model/option-changes.js";
import { originChain } from "../values/origin.js";
import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
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
    const { httpTokens } = launch.effective;
    if (equals(httpTokens, "required") !== "yes") return;
    // What would be written there does not reach EC2.
    if (launch.sending.kind === "never") return;
    const steps = originChain(httpTokens.origin);
    const place = steps.find(({ step }) => step === "account-default" || step === "image");
    if (place === undefined) return;
    const isAssumed = place.given !== undefined;
    const data = {
      instances: instancesOf(launch),
      account: isAssumed
        ? "what is assumed of the account"
        : `the default of ${launch.accountDefaults?.resource.address ?? ""}`,
      remedy: `set ${launch.nameOf("httpTokens")} to ${launch.wordFor("httpTokens", "required")} ${placeOfOptions(launch)}`,
    };
    const at = { location: place.location, step: "written" } as const;
    const byAccount = mayRace(launch) ? "account-may-race" : "account";
    const message = place.step === "image" ? "image" : byAccount;
    const fix = addOption(launch, "httpTokens", "required");
    yield { kind: "fail", message, data, at, option: "httpTokens", fix };
  },
});

/** Of a template, those that launch through it have to wait. */
function mayRace(launch: LaunchSpecification): boolean {
  const launching = launch.launchedBy.length === 0 ? [launch] : launch.launchedBy;
  return launching.some(({ accountDefaults }) => accountDefaults?.mayComeLater?.() === true);
}
