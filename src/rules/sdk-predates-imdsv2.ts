import { packagesBeforeTokens } from "../scripts/pinned-packages.js";
import { firstWithTokens, mayInstallSdk } from "../scripts/token-releases.js";
import { defineRule } from "./define-rule.js";
import { placeIn, wantsTokens } from "./script-requests.js";
import { instancesOf } from "./wording.js";

/** Reports user data that install an AWS SDK or CLI which knows no session tokens, where these are required. */
export const sdkPredatesImdsv2 = defineRule({
  id: "sdk-predates-imdsv2",
  subject: "launch-specification",
  needs: [["scripts"], ["httpTokens"]],
  severity: "warning",
  category: "validity",
  since: "0.1.0",
  summary: "Where tokens are required, SDKs must be recent enough to send them.",
  rationale: `
The AWS CLI and SDKs fetch the credentials of the instance's role from the metadata service. Releases before
those that AWS lists ask without a session token, and find no credentials where tokens are required.
`,
  undecided: `
Never: only releases that are written out count.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/use-a-supported-sdk-version-for-imdsv2.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html",
  ],
  messages: {
    old: {
      says: "the {script} of {instances} installs {name} {version}, which knows no session tokens and finds no credentials where they are required",
      advice: "install {first} or later",
    },
  },

  *check(launch) {
    const scripts = launch.scripts.filter(({ text }) => mayInstallSdk(text));
    if (scripts.length === 0 || wantsTokens(launch) !== "yes") return;
    const instances = instancesOf(launch);
    for (const script of scripts) {
      for (const { name, version, range } of packagesBeforeTokens(script.text)) {
        const first = Object.entries(firstWithTokens).find(([key]) => key.endsWith(` ${name}`));
        const data = { instances, script: script.name, name, version, first: first?.[1] ?? "" };
        const at = placeIn(script, range);
        yield { kind: "fail", message: "old", data, at, option: `userData ${name}` };
      }
    }
  },
});
