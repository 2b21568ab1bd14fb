import { defineRule } from "./define-rule.js";
import { scriptRequests, wantsTokens } from "./script-requests.js";
import { instancesOf } from "./wording.js";

/** Reports IMDSv1 requests in user data of launches that refuse them. */
export const userDataBreaksWithImdsv2 = defineRule({
  id: "user-data-breaks-with-imdsv2",
  subject: "launch-specification",
  needs: [["scripts"], ["httpTokens"]],
  severity: "error",
  category: "validity",
  since: "0.1.0",
  summary: "Where tokens are required, scripts must send one.",
  rationale: `
With \`HttpTokens: required\` the metadata service answers a request without a session token with 401. The script
goes on with an empty answer, or ends there.
`,
  undecided: `
Never: where tokens may be required, \`user-data-uses-imdsv1\` reports the request.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html",
  ],
  messages: {
    request: {
      says: "the {script} of {instances} asks the metadata service without a session token, which it requires: the answer is 401",
      advice: "get a token first, and send it in the header X-aws-ec2-metadata-token",
    },
  },

  *check(launch) {
    if (wantsTokens(launch) !== "yes") return;
    const instances = instancesOf(launch);
    for (const { kind, script, at } of scriptRequests(launch)) {
      const data = { instances, script };
      if (kind !== "without-token") continue;
      const { origin } = launch.effective.httpTokens;
      const related = [{ message: `${launch.nameOf("httpTokens")} is "required"`, origin }];
      yield { kind: "fail", message: "request", data, at, option: "userData", related };
    }
  },
});
