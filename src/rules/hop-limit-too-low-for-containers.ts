import { fixOption } from "../model/option-changes.js";
import { and, equals } from "../values/ternary.js";
import { containerHostReason } from "./container-host.js";
import { defineRule } from "./define-rule.js";
import { instancesOf } from "./wording.js";

/** Reports hosts of containers whose hop limit keeps session tokens from the containers. */
export const hopLimitTooLowForContainers = defineRule({
  id: "hop-limit-too-low-for-containers",
  subject: "launch-specification",
  needs: [["httpPutResponseHopLimit"], ["httpTokens"], ["scripts", "clusterNodes"]],
  severity: "note",
  category: "hygiene",
  since: "0.1.0",
  summary: "Containers on a bridge reach the metadata service over two hops.",
  rationale: `
A container in a network of its own is one hop further away than the instance. With a hop limit of 1 the answer
to its token request is lost: SDKs in it wait, and then find no credentials where tokens are required. That
can be what is wanted, since containers then cannot take the instance's role; tasks of ECS and pods of EKS can
have roles of their own. Nodes of EKS are not reported, since AWS recommends one hop there. Nor are hosts whose
scripts keep containers from the service, by \`ECS_AWSVPC_BLOCK_IMDS\` or a rule of \`iptables\` in \`DOCKER-USER\`.
`,
  undecided: `
It is not reported where the hop limit is not known, nor for a container whose network is not. It follows from the image where nobody sets it, and then
counts only if the image is known.
`,
  sources: [
    "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html",
  ],
  messages: {
    low: {
      says: "containers on {instances} cannot get a session token, which has to cross two hops: {option} is 1, and {reason}",
      advice: "set {option} to 2, unless containers are to be kept from the instance's role",
    },
  },

  *check(launch) {
    const option = "httpPutResponseHopLimit";
    const { [option]: hops, httpEndpoint, httpTokens } = launch.effective;
    const isOne = and(equals(hops, 1), equals(httpTokens, "required"));
    if (isOne !== "yes" || equals(httpEndpoint, "disabled") === "yes") return;
    const reason = containerHostReason(launch);
    if (reason === undefined) return;
    const data = { instances: instancesOf(launch), option: launch.nameOf(option), reason };
    const fix = fixOption(launch, option, 2, "review");
    yield { kind: "fail", message: "low", data, at: hops.origin, option, fix };
  },
});
