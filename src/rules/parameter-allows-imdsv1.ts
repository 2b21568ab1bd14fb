import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
import { openToImdsv1 } from "./imdsv1.js";
import { instancesOf } from "./wording.js";

/**
 * Reports parameters and variables whose default is safe, but of which another allowed value lets
 * IMDSv1 in: as the option itself, by a condition, or by resources that exist only then.
 */
export const parameterAllowsImdsv1 = defineRule({
  id: "parameter-allows-imdsv1",
  subject: "other-values",
  needs: [["httpTokens"]],
  severity: "note",
  category: "exposure",
  since: "0.1.0",
  summary: "No value that a parameter allows should let IMDSv1 in.",
  rationale: `
A parameter or variable with a default counts as that default, which is what a deployment gets when nobody
says otherwise. This rule asks what somebody could say otherwise: it gives each of them, one at a time,
the other values it allows (\`AllowedValues\`, \`AllowedPattern\`, \`Rules\`, validation, the type), and
reports what then answers IMDSv1 requests though by default it does not, or is not even there.

One note names every resource that the parameter opens. Values from \`--parameters\`, \`--var\` and variable
files are choices that somebody has made, so parameters that have one are left alone; so are variables of
Terraform that are no strings, numbers or booleans, and combinations of several other values.
`,
  undecided: `
Never: what stays unknown with another value is left to the rules on what is deployed.
`,
  securitySeverity: 3.1,
  cwe: [1188],
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html",
    "https://developer.hashicorp.com/terraform/language/values/variables",
  ],
  messages: {
    allowed: {
      says: "{instances} would answer IMDSv1 requests{unless}: {option} is then {outcome}, and only the default of {input} prevents it",
      advice: "{remedy}",
    },
  },

  *check(launch) {
    const option = "httpTokens";
    const open = openToImdsv1(launch);
    if (open !== undefined) {
      const { message, data, at } = open;
      yield {
        kind: "fail",
        message: "allowed",
        at,
        option,
        data: { ...data, ...then(message, data["value"] ?? "") },
      };
      return;
    }
    // The engine takes this for a question that single values may answer; it is never reported.
    const { httpTokens } = launch.effective;
    if (httpTokens.state !== "unknown" || equals(httpTokens, "required") !== "unknown") return;
    const { reason, origin } = httpTokens;
    const data = { instances: instancesOf(launch) };
    yield { kind: "open", message: "allowed", data, at: origin, option, reason };
  },
});

/** How the option turns out, and what to do about the value that makes it so. */
function then(message: "optional" | "missing" | "not-sent", value: string) {
  switch (message) {
    case "optional":
      return { outcome: value, remedy: "allow no such value, or do not let it decide" };
    case "missing":
      return { outcome: "not set", remedy: "allow no such value, or set the option in any case" };
    case "not-sent":
      return {
        outcome: "not sent to EC2",
        remedy: "allow no such value, or set the option in any case",
      };
  }
}
