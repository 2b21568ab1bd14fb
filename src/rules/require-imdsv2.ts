import { decidingOrigin } from "../values/origin.js";
import { equals } from "../values/ternary.js";
import type { LaunchSpecification } from "../model/launch-specification.js";
import { defineRule } from "./define-rule.js";
import { isWritten } from "./endpoint-written.js";
import { instancesOf, placeOfOptions } from "./wording.js";

/**
 * Reports launch specifications whose instances answer IMDSv1 requests.
 *
 * Reads the options an instance ends up with (its launch template's and EC2's default applied), so
 * that one finding stands at the place that decides, however many instances launch through it.
 */
export const requireImdsv2 = defineRule({
  id: "require-imdsv2",
  subject: "launch-specification",
  severity: "error",
  category: "exposure",
  since: "0.1.0",
  summary: "Instances must require IMDSv2 session tokens.",
  rationale: `
IMDSv1 answers any GET request that reaches 169.254.169.254. One server-side request forgery (SSRF)
in the application hands over the credentials of the instance's role. IMDSv2 first wants a token
that only a PUT request gives, which such a request cannot make.

Leaving \`HttpTokens\` out is not enough: EC2 then falls back to the account's default, to the
image's, and in the end to \`optional\`.
`,
  undecided: `
When \`HttpTokens\` comes from a parameter or variable without a default, from a launch template
that is not part of the same deployment, or from anything else that only the deployment decides.
`,
  securitySeverity: 8.6,
  cwe: [918, 522],
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-8",
  ],
  messages: {
    optional: {
      says: '{instances} answers IMDSv1 requests{unless}: {option} is "optional", so one forged server-side request reads the role\'s credentials',
      advice: 'write "required"',
    },
    missing: {
      says: '{instances} answers IMDSv1 requests{unless}: {option} is not set, and EC2 takes "optional" unless the account or the image says otherwise, so one forged server-side request reads the role\'s credentials',
      advice: "{remedy}",
    },
    "not-sent": {
      says: '{instances} answers IMDSv1 requests: the AWS provider sends {option} only beside http_endpoint = "enabled", which is missing, so EC2 never sees it',
      advice: 'add http_endpoint = "enabled"',
    },
    undecided: { says: "cannot tell whether {instances} answers IMDSv1 requests: {reason}" },
  },

  *check(launch) {
    const { httpEndpoint, httpTokens } = launch.effective;
    const isEndpointOff = equals(httpEndpoint, "disabled");
    if (isEndpointOff === "yes") return;

    const option = "httpTokens";
    const data = {
      instances: instancesOf(launch),
      option: launch.nameOf(option),
      // An endpoint whose value is invalid is reported as such; it does not turn out disabled.
      unless:
        httpEndpoint.state === "unknown" && httpEndpoint.reason.kind !== "invalid"
          ? ` unless ${launch.nameOf("httpEndpoint")} turns out "disabled"`
          : "",
    };
    const isRequired = equals(httpTokens, "required");
    const at = httpTokens.origin;
    if (isRequired === "no") {
      const { step } = decidingOrigin(at);
      const message =
        step === "service-default" ? "missing" : step === "not-sent" ? "not-sent" : "optional";
      const remedy = remedyFor(launch);
      yield { kind: "fail", message, data: { ...data, remedy }, at, option };
    } else if (httpTokens.state === "unknown" && isRequired === "unknown") {
      yield { kind: "open", message: "undecided", data, at, option, reason: httpTokens.reason };
    }
  },
});

/** What to write, and where; the endpoint too unless somebody wrote it. */
function remedyFor(launch: LaunchSpecification): string {
  const { httpEndpoint } = launch.effective;
  const endpoint = isWritten(httpEndpoint)
    ? ""
    : ` and ${launch.nameOf("httpEndpoint")} to "enabled"`;
  return `set ${launch.nameOf("httpTokens")} to "required"${endpoint} ${placeOfOptions(launch)}`;
}
