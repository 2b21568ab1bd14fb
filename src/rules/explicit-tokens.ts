import { addOption } from "../model/option-changes.js";
import { originChain } from "../values/origin.js";
import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
import { instancesOf, placeOfOptions } from "./wording.js";

/** Notes launches that are safe only because the account or the image makes them so. */
export const explicitTokens = defineRule({
  id: "explicit-tokens",
  subject: "launch-specification",
  dialects: ["terraform"],
  severity: "note",
  isOffByDefault: true,
  category: "hygiene",
  since: "0.1.0",
  summary: "Launches should say themselves that tokens are required.",
  rationale: `
A launch that leaves \`HttpTokens\` to the account's default or to the image is safe only as long as these
are there. In another account or Region, or before the default is applied for the first time, the same template
answers IMDSv1.
`,
  undecided: `
Never: an option that is not known is reported by \`require-imdsv2\`.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html#instance-metadata-options-order-of-precedence",
  ],
  messages: {
    account: {
      says: "only the default of {account} makes {instances} require tokens, and nothing makes Terraform apply it first",
      advice: "{remedy}",
    },
    assumed: {
      says: "only what is assumed of the account makes {instances} require tokens",
      advice: "{remedy}",
    },
    image: {
      says: "only the image makes {instances} require tokens",
      advice: "{remedy}",
    },
  },

  *check(launch) {
    const { httpTokens } = launch.effective;
    if (equals(httpTokens, "required") !== "yes") return;
    const steps = originChain(httpTokens.origin);
    const place = steps.find(({ step }) => step === "account-default" || step === "image");
    if (place === undefined) return;
    const data = {
      instances: instancesOf(launch),
      account: launch.accountDefaults?.resource.address ?? "",
      remedy: `set ${launch.nameOf("httpTokens")} to ${launch.wordFor("httpTokens", "required")} ${placeOfOptions(launch)}`,
    };
    const at = { location: place.location, step: "written" } as const;
    const byAccount = place.given === undefined ? "account" : "assumed";
    const message = place.step === "image" ? "image" : byAccount;
    const fix = addOption(launch, "httpTokens", "required");
    yield { kind: "fail", message, data, at, option: "httpTokens", fix };
  },
});
