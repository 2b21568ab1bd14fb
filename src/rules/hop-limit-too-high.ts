import type { LaunchSpecification } from "../model/launch-specification.js";
import { fixOption } from "../model/option-changes.js";
import { originChain } from "../values/origin.js";
import { satisfies } from "../values/ternary.js";
import type { Unknown } from "../values/value.js";
import { containerHostReason } from "./container-host.js";
import { defineRule } from "./define-rule.js";
import { instancesOf } from "./wording.js";

/** Hops that answers may take: to the instance, and through one bridge to a container. */
const MOST_HOPS = 2;

/** Reports hop limits by which session tokens reach further than a container on the instance. */
export const hopLimitTooHigh = defineRule({
  id: "hop-limit-too-high",
  subject: "launch-specification",
  needs: [["httpPutResponseHopLimit"]],
  severity: "warning",
  category: "exposure",
  since: "0.1.0",
  summary: "Session tokens should not travel more hops than containers need.",
  rationale: `
The hop limit is how many network hops the answer to a token request survives. 1 keeps tokens on the instance,
2 lets containers on a bridge have them, which is why hosts of containers have a limit of their own
(\`maxOnContainerHosts\`): node groups of EKS, Batch, groups that ECS runs on, launches whose user data join a cluster
or run Docker, and builds of container images. More lets whoever is routed through the instance, a proxy, a VPN or a
container in a container, ask for the credentials of its role.
`,
  undecided: `
When the hop limit comes from a parameter or variable without a default. What a service or the launch template
of another deployment decides is not judged.
`,
  securitySeverity: 4.3,
  cwe: [668],
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
  ],
  controls: ["AWS Config ec2-token-hop-limit-check"],
  peers: { checkov: ["CKV_AWS_341"] },
  options: {
    max: {
      description: "The most hops that are allowed.",
      type: "integer",
      minimum: 1,
      maximum: 64,
      default: MOST_HOPS,
      strict: 1,
    },
    maxOnContainerHosts: {
      description:
        "The most hops that are allowed on hosts of containers, unless `max` allows more.",
      type: "integer",
      minimum: 1,
      maximum: 64,
      default: MOST_HOPS,
    },
  },
  messages: {
    high: {
      says: "{instances} answers token requests over {hops} hops, more than the {max} that are allowed: {option} is {hops}",
      advice: "set {option} to {max}",
    },
    undecided: {
      says: "cannot tell whether {instances} answers token requests over more than {max} hops: {reason}",
    },
  },

  *check(launch, options) {
    const option = "httpPutResponseHopLimit";
    const { [option]: hops, httpEndpoint } = launch.effective;
    if (satisfies(httpEndpoint, (value) => value === "disabled") === "yes") return;
    if (satisfies(hops, (value) => value > options.max) === "no") return;
    const max = runsContainers(launch)
      ? Math.max(options.max, options.maxOnContainerHosts)
      : options.max;
    const isHigh = satisfies(hops, (value) => value > max);
    const data = {
      instances: instancesOf(launch),
      option: launch.nameOf(option),
      hops: hops.state === "known" ? String(hops.value) : "",
      max: String(max),
    };
    const at = hops.origin;
    if (isHigh === "yes") {
      const fix = fixOption(launch, option, max, "review");
      yield { kind: "fail", message: "high", data, at, option, fix };
    } else if (isHigh === "unknown" && hops.state === "unknown" && isWrittenHere(hops)) {
      const { reason } = hops;
      yield { kind: "open", message: "undecided", data, at, option, reason };
    }
  },
});

/** Whether anything says that containers run there. */
function runsContainers(launch: LaunchSpecification): boolean {
  return (
    [launch, ...launch.launchedBy].some(({ kind }) => kind === "eks-node-group") ||
    launch.buildsContainers.isGiven !== "no" ||
    containerHostReason(launch) !== undefined
  );
}

/** Whether the option is written in this deployment, with a value that is not known. */
function isWrittenHere({ reason, origin }: Unknown<number>): boolean {
  if (reason.kind === "not-available") return false;
  return originChain(origin).some(({ step, name }) => step === "written" && name !== undefined);
}
