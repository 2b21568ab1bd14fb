import type { LaunchSpecification } from "../model/launch-specification.js";
import type { Presence } from "../model/launch-parameters.js";
import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
import { instancesOf } from "./wording.js";

/** Reports launches whose user data or SSH key never arrive, since the metadata service is off. */
export const disabledEndpointSkipsUserData = defineRule({
  id: "disabled-endpoint-skips-user-data",
  subject: "launch-specification",
  needs: [["httpEndpoint"], ["userData", "keyPair"]],
  severity: "error",
  category: "validity",
  since: "0.1.0",
  summary: "User data and SSH keys need the metadata service.",
  rationale: `
Instances fetch their user data and the public key of their key pair from the metadata service when they
boot. With \`HttpEndpoint: disabled\` there is nothing to fetch them from: the instance starts without its
configuration, and nobody can log in with the key.
`,
  undecided: `
When the endpoint, the user data or the key pair comes from a parameter or variable without a default, or
the launch template is not part of the same deployment.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html",
  ],
  messages: {
    "user-data": {
      says: '{instances} never runs its user data, which it would fetch from the metadata service: {endpoint} is "disabled"',
      advice: 'set {endpoint} to "enabled", or take the user data away',
    },
    "key-pair": {
      says: '{instances} never gets the key of its key pair, which it would fetch from the metadata service: {endpoint} is "disabled"',
      advice: 'set {endpoint} to "enabled", or take the key pair away',
    },
    undecided: {
      says: "cannot tell whether {instances} can fetch its user data or key from the metadata service: {reason}",
    },
  },

  *check(launch) {
    // What launches through a template may enable the endpoint; those launches are judged instead.
    if (launch.launchedBy.length > 0) return;
    const { httpEndpoint } = launch.effective;
    const isDisabled = equals(httpEndpoint, "disabled");
    if (isDisabled === "no") return;
    const option = "httpEndpoint";
    const data = { instances: instancesOf(launch), endpoint: launch.nameOf(option) };
    for (const [message, what, presence] of neededBy(launch)) {
      // Where neither is certain, such as with a template of another stack, there is nothing to say.
      if (presence.isGiven === "no" || (isDisabled === "unknown" && presence.isGiven !== "yes")) {
        continue;
      }
      if (isDisabled === "yes" && presence.isGiven === "yes") {
        const related = [{ message: `${what} is given`, origin: presence.origin }];
        yield { kind: "fail", message, data, at: httpEndpoint.origin, option, related };
        continue;
      }
      const open =
        httpEndpoint.state === "unknown"
          ? { reason: httpEndpoint.reason, at: httpEndpoint.origin }
          : { reason: presence.reason, at: presence.origin };
      const { reason, at } = open;
      if (reason !== undefined) {
        yield { kind: "open", message: "undecided", data, at, option, reason };
        return;
      }
    }
  },
});

function neededBy(launch: LaunchSpecification) {
  return [
    ["user-data", "user data", launch.userData],
    ["key-pair", "a key pair", launch.keyPair],
  ] as const satisfies readonly (readonly [string, string, Presence])[];
}
