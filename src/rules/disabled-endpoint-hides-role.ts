import type { LaunchSpecification } from "../model/launch-specification.js";
import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
import { instancesOf } from "./wording.js";

/** Reports instance profiles and container hosts whose credentials nothing can fetch. */
export const disabledEndpointHidesRole = defineRule({
  id: "disabled-endpoint-hides-role",
  subject: "launch-specification",
  needs: [["httpEndpoint"], ["instanceProfile", "clusterNodes"]],
  severity: "warning",
  category: "validity",
  since: "0.1.0",
  summary: "An instance profile is of no use without the metadata service.",
  rationale: `
The credentials of an instance's role come from the metadata service. With \`HttpEndpoint: disabled\` the AWS
CLI, SDKs, the SSM agent and the agents of ECS, EKS and Batch find none: a node never joins its cluster. Where
credentials are meant to come from elsewhere, the instance profile can go.
`,
  undecided: `
When the endpoint or the instance profile comes from a parameter or variable without a default, or the launch
template is not part of the same deployment.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
  ],
  messages: {
    profile: {
      says: '{instances} has an instance profile whose credentials nothing there can fetch: {endpoint} is "disabled"',
      advice: 'set {endpoint} to "enabled", or take the instance profile away',
    },
    host: {
      says: '{instances} cannot join its cluster, since the agent finds no credentials: {endpoint} is "disabled"',
      advice: 'set {endpoint} to "enabled"',
    },
    undecided: {
      says: "cannot tell whether anything on {instances} can fetch the credentials of its role: {reason}",
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
    const { instanceProfile } = launch;
    const at = httpEndpoint.origin;
    if (isDisabled === "yes" && isClusterNode(launch)) {
      yield { kind: "fail", message: "host", data, at, option };
    } else if (isDisabled === "yes" && instanceProfile.isGiven === "yes") {
      const related = [{ message: "an instance profile is given", origin: instanceProfile.origin }];
      yield { kind: "fail", message: "profile", data, at, option, related };
    } else if (httpEndpoint.state === "unknown") {
      // Where neither is certain there is nothing to say.
      if (instanceProfile.isGiven !== "yes" && !isClusterNode(launch)) return;
      const { reason } = httpEndpoint;
      yield { kind: "open", message: "undecided", data, at, option, reason };
    } else if (instanceProfile.isGiven === "unknown" && instanceProfile.reason !== undefined) {
      const { reason, origin } = instanceProfile;
      yield { kind: "open", message: "undecided", data, at: origin, option, reason };
    }
  },
});

/** Batch runs on ECS. */
function isClusterNode({ kind, runsTasks }: LaunchSpecification): boolean {
  return (
    kind === "eks-node-group" || kind === "batch-compute-environment" || runsTasks.isGiven === "yes"
  );
}
