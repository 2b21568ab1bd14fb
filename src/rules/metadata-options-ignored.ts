import type { Failure } from "../findings/problem.js";
import type { LaunchSpecification } from "../model/launch-specification.js";
import type { MetadataOption } from "../model/metadata-options.js";
import { defineRule } from "./define-rule.js";
import { evidenceOf, joinNames, senderOf, spotWithOptions } from "./wording.js";

const option = "metadataOptions";

/**
 * Reports metadata options that never reach EC2. What that does to IMDSv1 is left to the rule on
 * IMDSv2, which stands at the option itself; this one names all options, at the block that holds them.
 */
export const metadataOptionsIgnored = defineRule({
  id: "metadata-options-ignored",
  subject: "launch-specification",
  needs: [["unsentOptions"]],
  severity: "warning",
  category: "validity",
  since: "0.1.0",
  summary: "Metadata options that are written must reach EC2.",
  rationale: `
Terraform's AWS provider does not send everything that a \`metadata_options\` block says, and neither
plan nor apply tells. What it drops:

- everything of an \`aws_spot_instance_request\`, which has the schema of \`aws_instance\` but asks for
  the instance in another way;
- everything of an \`aws_launch_configuration\` whose \`http_endpoint\` is not written as \`enabled\`;
- most of an \`aws_launch_template\` whose \`http_endpoint\` is not written as \`enabled\`, before 4.61;
- what stands beside \`http_endpoint = "disabled"\` in these and in \`aws_instance\`.

EKS makes a launch template of its own of the one that a node group names, and leaves \`InstanceMetadataTags\`
out of it, since it tags nodes with keys that may not be in metadata.

The provider's version is the one in \`.terraform.lock.hcl\`, else the newest that the constraints of all
modules admit. What is not sent is not set: where IMDSv1 stays open because of it,
\`require-imdsv2\` reports that at the option, and this rule reports the block.
`,
  undecided: `
Never: where \`http_endpoint\` is not known or differs from scenario to scenario, the options count
whenever it is enabled, so that they are rightly there.
`,
  sources: [
    "https://github.com/hashicorp/terraform-provider-aws/issues/25896",
    "https://github.com/hashicorp/terraform-provider-aws/issues/25909",
    "https://github.com/hashicorp/terraform-provider-aws/pull/30107",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RequestSpotLaunchSpecification.html",
    "https://github.com/terraform-aws-modules/terraform-aws-eks/issues/1977",
  ],
  messages: {
    "never-sent": {
      says: "{address} sets {options} to no effect: an {type} shares the schema of aws_instance, but its request for the instance takes no metadata options",
      advice: "use {instead} instead",
    },
    "without-endpoint": {
      says: '{address} sets {options} to no effect: {sender} sends {them} only beside {endpoint} = "enabled", which is not written',
      advice: "{remedy}",
    },
    "left-out": {
      says: "nodes of {address} have no tags in their metadata, although {option} is {value}: {service} leaves it out of the launch template that it makes of {template}",
      advice: 'set {option} to "disabled", and read tags by other means',
    },
    "endpoint-disabled": {
      says: '{address} sets {options} to no effect: {sender} sends {them} only beside an enabled endpoint, and {endpoint} is "disabled"',
      advice: "remove {them}, or enable the endpoint",
    },
  },

  *check(launch) {
    yield* leftOut(launch);
    const { sending, optionsPlace } = launch;
    if (optionsPlace === undefined || sending.kind === "always") return;
    const { httpEndpoint } = launch.declared;
    const data = (options: readonly MetadataOption[]) => ({
      address: launch.address,
      type: launch.resource.type,
      options: joinNames(options.map((name) => launch.nameOf(name))),
      them: options.length === 1 ? "it" : "them",
      endpoint: launch.nameOf("httpEndpoint"),
      instead: spotWithOptions,
      ...senderOf(sending),
    });
    const at = { location: optionsPlace, step: "written", name: "metadata_options" } as const;
    const ignored = ignoredOptions(launch);
    const related = evidenceOf(sending);
    if (sending.kind === "never" && ignored.length > 0) {
      yield { kind: "fail", message: "never-sent", data: data(ignored), at, option };
    } else if (httpEndpoint.state === "unset" && ignored.length > 0) {
      yield { kind: "fail", message: "without-endpoint", data: data(ignored), at, option, related };
    } else if (ignored.length > 0) {
      const { origin } = httpEndpoint;
      const failure = { kind: "fail", message: "endpoint-disabled", data: data(ignored) } as const;
      // Options that count in another scenario are rightly there.
      yield { ...failure, at: origin, option, related, mustAlwaysHold: true };
    }
  },
});

/** Options of a launch template that the service does not take over from it. */
function* leftOut(launch: LaunchSpecification): Iterable<Failure<"left-out">> {
  const template = launch.launchTemplate?.template;
  if (template?.state !== "known") return;
  for (const name of launch.optionsLeftOut) {
    const value = template.value.effective[name];
    // What it is by default is nothing to miss.
    const otherwise = launch.effective[name];
    if (value.state !== "known" || otherwise.state !== "known") continue;
    if (value.value === otherwise.value) continue;
    const data = {
      address: launch.address,
      option: template.value.nameOf(name),
      value: JSON.stringify(value.value),
      service: launch.service,
      template: template.value.address,
    };
    yield { kind: "fail", message: "left-out", data, at: value.origin, option };
  }
}

function writtenOptions({
  declared,
  optionsTaken,
}: LaunchSpecification): readonly MetadataOption[] {
  return optionsTaken.filter((name) => declared[name].state !== "unset");
}

function ignoredOptions(launch: LaunchSpecification): readonly MetadataOption[] {
  const { sent } = launch;
  return writtenOptions(launch).filter((name) => sent[name].state === "unset");
}
