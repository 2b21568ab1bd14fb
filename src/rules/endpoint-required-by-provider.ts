import { addOption } from "../model/option-changes.js";
import { defineRule } from "./define-rule.js";
import { evidenceOf } from "./wording.js";

/** Reports options without an endpoint under a provider that then sends an empty one. */
export const endpointRequiredByProvider = defineRule({
  id: "endpoint-required-by-provider",
  subject: "launch-specification",
  needs: [["rejectedOptions"]],
  dialects: ["terraform"],
  severity: "error",
  category: "validity",
  since: "0.1.0",
  summary: "Older AWS providers need http_endpoint in metadata_options.",
  rationale: `
Before 5.0, Terraform's AWS provider sends the \`http_endpoint\` of an \`aws_instance\` even where none is
written: as an empty text, which EC2 rejects while Terraform applies. Before 4.0 it does so with an
\`aws_launch_template\` too. \`terraform plan\` shows nothing of it.

The provider's version is the one in \`.terraform.lock.hcl\`, else the newest that the constraints of all
modules admit.
`,
  undecided: `
Never: without a lock file, and without a constraint that keeps newer providers out, nothing is reported.
`,
  sources: [
    "https://github.com/hashicorp/terraform-provider-aws/issues/16781",
    "https://github.com/hashicorp/terraform-provider-aws/issues/23174",
    "https://github.com/hashicorp/terraform-provider-aws/issues/25547",
  ],
  messages: {
    missing: {
      says: '{address} sets metadata options without {endpoint}, which the AWS provider before {release} then sends as "" and EC2 rejects',
      advice: 'set {endpoint} to "enabled", or use {fixedIn} or later',
    },
  },

  *check(launch) {
    const { sending, optionsPlace } = launch;
    if (sending.kind !== "rejected-without-endpoint" || optionsPlace === undefined) return;
    const data = {
      address: launch.address,
      endpoint: launch.nameOf("httpEndpoint"),
      release: sending.until.release,
      fixedIn: sending.until.fixedIn,
    };
    const at = { location: optionsPlace, step: "written", name: "metadata_options" } as const;
    const related = evidenceOf(sending);
    const fix = addOption(launch, "httpEndpoint", "enabled");
    yield { kind: "fail", message: "missing", data, at, option: "httpEndpoint", related, fix };
  },
});
