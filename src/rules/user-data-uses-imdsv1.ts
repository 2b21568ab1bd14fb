import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
import { scriptRequests, wantsTokens } from "./script-requests.js";
import { instancesOf } from "./wording.js";

/** Reports IMDSv1 requests in user data of launches that are not certain to refuse them. */
export const userDataUsesImdsv1 = defineRule({
  id: "user-data-uses-imdsv1",
  subject: "launch-specification",
  needs: [["scripts"]],
  severity: "warning",
  category: "hygiene",
  since: "0.1.0",
  summary: "Scripts should ask the metadata service with a session token.",
  rationale: `
A script that asks the metadata service without a session token is what keeps IMDSv1 open: once tokens are
required, the request fails with 401. First get a token, then send it along:

\`\`\`sh
TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 300")
curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id
\`\`\`

Requests that are made only where there is no token are left alone.
`,
  undecided: `
When an option of the request that is not known may bring a token.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html",
  ],
  messages: {
    request: {
      says: "the {script} of {instances} asks the metadata service without a session token, which fails once tokens are required",
      advice: "get a token first, and send it in the header X-aws-ec2-metadata-token",
    },
    undecided: {
      says: "cannot tell whether the {script} of {instances} asks the metadata service with a session token: {reason}",
    },
  },

  *check(launch) {
    if (equals(launch.effective.httpEndpoint, "disabled") === "yes") return;
    const areRequired = wantsTokens(launch) === "yes";
    const requests = scriptRequests(launch);
    // One call that forgets the token that others send is a mistake of its own.
    const isMixed = requests.some(({ kind }) => kind === "with-token");
    const instances = instancesOf(launch);
    for (const { kind, script, at } of requests) {
      const data = { instances, script };
      const option = "userData";
      if (kind === "without-token" && !areRequired && !isMixed) {
        yield { kind: "fail", message: "request", data, at, option };
      } else if (kind === "open") {
        const reason = {
          kind: "decided-at-deployment",
          expression: "an option of the request",
        } as const;
        yield { kind: "open", message: "undecided", data, at, option, reason };
      }
    }
  },
});
