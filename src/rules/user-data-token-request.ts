import { defineRule } from "./define-rule.js";
import { scriptRequests, wantsTokens } from "./script-requests.js";
import { instancesOf } from "./wording.js";

/** Reports requests for a session token that get none, and requests that forget the token. */
export const userDataTokenRequest = defineRule({
  id: "user-data-token-request",
  subject: "launch-specification",
  needs: [["scripts"]],
  severity: "warning",
  category: "validity",
  since: "0.1.0",
  summary: "Scripts must ask for session tokens so that they get one, and use it.",
  rationale: `
A session token is given for a PUT request to \`/latest/api/token\`, with the seconds that it is to be good for in
the header \`X-aws-ec2-metadata-token-ttl-seconds\`, from 1 to 21600. A path with a version is answered with 403,
a request without those seconds or with other ones with 400; scripts then go on with an empty token.
`,
  undecided: `
Never: a lifetime that is not known is taken for a good one.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
  ],
  messages: {
    versioned: {
      says: "the {script} of {instances} asks for a session token by a path with a version, which is answered with 403",
      advice: "use /latest/api/token",
    },
    lifetime: {
      says: "the {script} of {instances} asks for a session token that is good for less than a second or more than six hours, which is answered with 400",
      advice: "ask for 1 to 21600 seconds",
    },
    "no-lifetime": {
      says: "the {script} of {instances} asks for a session token without saying how long it is to be good for, which is answered with 400",
      advice: "send the header X-aws-ec2-metadata-token-ttl-seconds",
    },
    forgotten: {
      says: "the {script} of {instances} forgets the session token here that it sends elsewhere",
      advice: "send it in the header X-aws-ec2-metadata-token",
    },
  },

  *check(launch) {
    const requests = scriptRequests(launch);
    const isMixed = requests.some(({ kind }) => kind === "with-token");
    const areRequired = wantsTokens(launch) === "yes";
    const instances = instancesOf(launch);
    for (const { kind, flaw, script, at } of requests) {
      const data = { instances, script };
      if (flaw !== undefined) {
        yield { kind: "fail", message: flaw, data, at, option: "userData token" };
      } else if (kind === "without-token" && isMixed && !areRequired) {
        yield { kind: "fail", message: "forgotten", data, at, option: "userData" };
      }
    }
  },
});
