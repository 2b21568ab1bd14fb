import type { LaunchKind } from "../model/launch-specification.js";
import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
import { instancesOf } from "./wording.js";

/** Reports what launches instances, has no metadata options of its own and names no launch template. */
export const launchTemplateNeeded = defineRule({
  id: "launch-template-needed",
  subject: "launch-specification",
  needs: [["optionalTemplate"]],
  severity: "warning",
  category: "exposure",
  since: "0.1.0",
  summary: "What has no metadata options of its own needs a launch template.",
  rationale: `
EKS node groups, Batch compute environments and the launch specifications of Spot Fleets have no
metadata options. Only a launch template can require IMDSv2 for their instances; without one, the
service decides, today or after its next change, or EC2's defaults apply, which answer IMDSv1 unless the account
or the image says otherwise. Where these require tokens as far as the deployment shows, nothing is reported.
`,
  undecided: `
Never: a launch template that is named counts, wherever it is; \`require-imdsv2\` looks into it.
`,
  securitySeverity: 5.3,
  cwe: [1188],
  sources: [
    "https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html",
    "https://docs.aws.amazon.com/batch/latest/userguide/launch-templates.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SpotFleetLaunchSpecification.html",
  ],
  messages: {
    missing: {
      says: "nothing here can require IMDSv2 of {instances}: {type} has no metadata options, and no launch template is named, so {outcome}",
      advice: 'name a launch template whose {tokens} is "required"',
    },
  },

  *check(launch) {
    if (!launch.needsLaunchTemplate) return;
    const isSafe = equals(launch.effective.httpTokens, "required") === "yes";
    if (isSafe && launch.service === "EC2") return;
    const { location, type } = launch.resource;
    const data = {
      instances: instancesOf(launch),
      type: described[launch.kind] ?? type,
      tokens: launch.nameOf("httpTokens"),
      outcome:
        launch.service === "EC2"
          ? "EC2 answers IMDSv1 unless the account or the image says otherwise"
          : `${launch.service} decides`,
    };
    const at = { location, step: "written" } as const;
    yield { kind: "fail", message: "missing", data, at, option: "launchTemplate" };
  },
});

/** What a resource is called that has no options, where its type says too little. */
const described: Readonly<Partial<Record<LaunchKind, string>>> = {
  "spot-fleet": "a launch specification of a Spot Fleet",
};
