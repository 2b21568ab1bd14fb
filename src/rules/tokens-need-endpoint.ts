import { addOption } from "../model/option-changes.js";
import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
import { isWritten } from "./endpoint-written.js";

/** Reports `HttpTokens: required` that stands alone, without the endpoint it is about. */
export const tokensNeedEndpoint = defineRule({
  id: "tokens-need-endpoint",
  subject: "launch-specification",
  needs: [["httpTokens"], ["httpEndpoint"]],
  severity: "note",
  category: "hygiene",
  since: "0.1.0",
  summary: "HttpTokens should be accompanied by HttpEndpoint.",
  rationale: `
AWS's guide says that whoever specifies \`HttpTokens\` must also set \`HttpEndpoint\` to
\`enabled\`. EC2 itself takes \`enabled\` when nothing is written, so nothing breaks today; writing
it keeps the options right for tools and older Terraform providers that take the guide by its word.
`,
  undecided: `
Never: where the launch template in use is not part of the deployment, the rule is silent, since
that template may set the endpoint.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html",
    "https://docs.aws.amazon.com/cli/latest/reference/ec2/modify-instance-metadata-options.html",
  ],
  messages: {
    missing: {
      says: "{address} sets {tokens} but not {endpoint}: AWS asks for both, and only a default keeps the service on",
      advice: 'set {endpoint} to "enabled"',
    },
  },

  *check(launch) {
    const { httpTokens } = launch.declared;
    if (!launch.takes("httpEndpoint") || equals(httpTokens, "required") !== "yes") return;
    const { httpEndpoint, httpProtocolIpv6, httpTokens: effectiveTokens } = launch.effective;
    // What is not sent is not in force: the rule on IMDSv1 has more to say there.
    if (equals(effectiveTokens, "required") !== "yes" || isWritten(httpEndpoint)) return;
    if (httpEndpoint.state === "unknown") return;
    // The rule on the IPv6 endpoint says the same, with more at stake.
    if (equals(httpProtocolIpv6, "enabled") === "yes") return;
    const data = {
      address: launch.address,
      tokens: launch.nameOf("httpTokens"),
      endpoint: launch.nameOf("httpEndpoint"),
    };
    const fix = addOption(launch, "httpEndpoint", "enabled");
    const at = httpTokens.origin;
    yield { kind: "fail", message: "missing", data, at, option: "httpEndpoint", fix };
  },
});
