import { equals } from "../values/ternary.js";
import type { UnknownReason } from "../values/value.js";
import { defineRule } from "./define-rule.js";
import { openToImdsv1 } from "./imdsv1.js";
import { safeByDefault, accountDefaultOf } from "./safe-by-default.js";
import { instancesOf } from "./wording.js";

/** Instances that are there before an account's default do not have it. */
const raced: UnknownReason = {
  kind: "decided-at-deployment",
  expression: "whether the account's default is set before the launch",
};

/**
 * Reports launch specifications whose instances answer IMDSv1 requests.
 *
 * Reads the options an instance ends up with (its launch template's and EC2's default applied), so
 * that one finding stands at the place that decides, however many instances launch through it.
 */
export const requireImdsv2 = defineRule({
  id: "require-imdsv2",
  subject: "launch-specification",
  needs: [["httpTokens"]],
  severity: "error",
  category: "exposure",
  since: "0.1.0",
  summary: "Instances must require IMDSv2 session tokens.",
  rationale: `
IMDSv1 answers any GET request that reaches 169.254.169.254. One server-side request forgery (SSRF)
in the application hands over the credentials of the instance's role. IMDSv2 first wants a token
that only a PUT request gives, which such a request cannot make.

Leaving \`HttpTokens\` out is not enough: EC2 then falls back to the account's default, to the
image's, and in the end to \`optional\`. Nor is writing it enough where Terraform's AWS provider does
not send it; \`metadata-options-ignored\` says what that is about.
`,
  undecided: `
When \`HttpTokens\` comes from a parameter or variable without a default, from a launch template
that is not part of the same deployment, or from anything else that only the deployment decides. So is
it where an account's default in the same Terraform deployment is all that requires tokens, and nothing makes
the launch wait for it: \`depends_on\`, or a reference by way of other resources or modules, would.
`,
  securitySeverity: 8.6,
  cwe: [918, 522],
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-8",
  ],
  controls: [
    "FSBP EC2.8",
    "FSBP EC2.170",
    "FSBP AutoScaling.3",
    "CIS AWS Foundations 5.0.0 5.7",
    "CIS AWS Foundations 3.0.0 5.6",
    "NIST 800-53 r5 AC-3, AC-3(7), AC-3(15), AC-6",
    "PCI DSS 4.0.1 2.2.6",
    "Control Tower CT.EC2.PR.1",
    "Control Tower CT.AUTOSCALING.PR.2",
    "AWS Config ec2-imdsv2-check",
    "AWS Config ec2-launch-template-imdsv2-check",
    "AWS Config autoscaling-launchconfig-requires-imdsv2",
  ],
  peers: {
    checkov: ["CKV_AWS_79", "CKV_AWS_371"],
    trivy: ["AWS-0028", "AWS-0130"],
    tfsec: [
      "aws-ec2-enforce-http-token-imds",
      "aws-ec2-enforce-launch-config-http-token-imds",
      "aws-autoscaling-enforce-http-token-imds",
      "AWS079",
    ],
    kics: ["c306ac53-ee5b-41d3-86a9-0fd2722b4e67", "a4f5f706-80fd-4c96-9a24-6ab317d33d24"],
    "cdk-nag": ["EC2IMDSv2Enabled"],
    semgrep: ["aws-ec2-launch-template-metadata-service-v1-enabled"],
    terrascan: ["AC_AWS_0479"],
    prowler: [
      "ec2_instance_imdsv2_enabled",
      "ec2_launch_template_imdsv2_required",
      "autoscaling_group_launch_configuration_requires_imdsv2",
    ],
    snyk: ["SNYK-CC-TF-130"],
    datadog: ["terraform-aws-imdsv1-is-enabled"],
  },
  messages: {
    optional: {
      says: "{instances} answers IMDSv1 requests{unless}: {option} is {value}{overrides}, so one forged server-side request reads the role's credentials",
      advice: "write {required}",
    },
    missing: {
      says: "{instances} answers IMDSv1 requests{unless}: {option} is not set, and {service} takes {value}{otherwise}, so one forged server-side request reads the role's credentials",
      advice: "{remedy}",
    },
    "not-sent": {
      says: '{instances} answers IMDSv1 requests{unless}: {condition}{option} does not reach EC2, which then takes "optional" unless the account or the image says otherwise',
      advice: "{remedy}",
    },
    "may-race": {
      says: "cannot tell whether {instances} answers IMDSv1 requests: only {account} makes it require tokens, and a first apply may launch before that is set, since nothing makes it wait",
    },
    undecided: { says: "cannot tell whether {instances} answers IMDSv1 requests: {reason}" },
  },

  *check(launch) {
    const option = "httpTokens";
    const open = openToImdsv1(launch);
    if (open !== undefined) {
      yield { kind: "fail", ...open, option };
      return;
    }
    if (launch.needsLaunchTemplate) return;
    const safe = safeByDefault(launch);
    if (safe?.mayComeLater === true) {
      const data = { instances: instancesOf(launch), account: accountDefaultOf(launch, safe) };
      // One place, and one line, for all launches that rely on it.
      const location = launch.accountDefaults?.resource.location ?? safe.place.location;
      const at = { location, step: "written" } as const;
      yield { kind: "open", message: "may-race", data, at, option, reason: raced };
      return;
    }
    const { httpEndpoint, httpTokens } = launch.effective;
    if (equals(httpEndpoint, "disabled") === "yes" || httpTokens.state !== "unknown") return;
    if (equals(httpTokens, "required") !== "unknown") return;
    const { reason, origin } = httpTokens;
    const data = { instances: instancesOf(launch) };
    yield { kind: "open", message: "undecided", data, at: origin, option, reason };
  },
});
