import { addOption, fixOption } from "../model/option-changes.js";
import { equals, satisfies } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";

/** Reports builds of container images that cannot get a session token. */
export const containerBuildNeedsTwoHops = defineRule({
  id: "container-build-needs-two-hops",
  subject: "launch-specification",
  needs: [["httpPutResponseHopLimit"], ["containerBuilds"]],
  severity: "error",
  category: "validity",
  since: "0.1.0",
  summary: "Image Builder needs two hops to build containers where tokens are required.",
  rationale: `
EC2 Image Builder builds a container image in a container on the build instance. Where session tokens are
required, the answer to the token request has to cross two hops, and with fewer the build fails.
`,
  undecided: `
When the hop limit or the tokens come from a parameter or variable without a default, or only the deployment
decides whether a container recipe is built there.
`,
  sources: [
    "https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-infra-config.html",
    "https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_InstanceMetadataOptions.html",
  ],
  messages: {
    "too-few": {
      says: "container images are built on {address}, where tokens are required and {option} is {hops}, so the build gets no session token and fails",
      advice: "set {option} to 2",
    },
    undecided: {
      says: "cannot tell whether builds of container images on {address} get a session token: {reason}",
    },
  },

  *check(launch) {
    const { buildsContainers } = launch;
    if (buildsContainers.isGiven === "no") return;
    const option = "httpPutResponseHopLimit";
    const { [option]: hops, httpTokens } = launch.effective;
    const isRequired = equals(httpTokens, "required");
    const isTooFew = satisfies(hops, (value) => value < 2);
    if (isRequired === "no" || isTooFew === "no") return;
    const data = {
      address: launch.address,
      option: launch.nameOf(option),
      hops: hops.state === "known" ? String(hops.value) : "",
    };
    const at = hops.origin;
    if (isRequired === "yes" && isTooFew === "yes" && buildsContainers.isGiven === "yes") {
      const fix = fixOption(launch, option, 2) ?? addOption(launch, option, 2);
      yield { kind: "fail", message: "too-few", data, at, option, fix };
      return;
    }
    const open = [httpTokens, hops].find((value) => value.state === "unknown");
    const { reason, origin } = open?.state === "unknown" ? open : buildsContainers;
    if (reason === undefined) return;
    yield { kind: "open", message: "undecided", data, at: origin, option, reason };
  },
});
