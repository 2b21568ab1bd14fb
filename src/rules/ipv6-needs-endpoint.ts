import { addOption } from "../model/option-changes.js";
import { decidingOrigin } from "../values/origin.js";
import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
import { isWritten } from "./endpoint-written.js";

/** Reports an IPv6 endpoint that is asked for while the endpoint itself is not. */
export const ipv6NeedsEndpoint = defineRule({
  id: "ipv6-needs-endpoint",
  subject: "launch-specification",
  needs: [["httpProtocolIpv6"], ["httpEndpoint"]],
  severity: "warning",
  category: "validity",
  since: "0.1.0",
  summary: "HttpProtocolIpv6 needs HttpEndpoint to be enabled.",
  rationale: `
\`HttpProtocolIpv6\` adds an IPv6 address to an endpoint that is on. AWS asks for \`HttpEndpoint:
enabled\` beside it; with the endpoint off, the option does nothing, and the request may be refused.
`,
  undecided: `
When \`HttpProtocolIpv6\` is known to be \`enabled\` and \`HttpEndpoint\` comes from a parameter or
variable without a default, or from a launch template that is not part of the deployment.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsRequest.html",
  ],
  messages: {
    missing: {
      says: "{address} enables the IPv6 endpoint but does not set {endpoint}: AWS asks for both, and {sender} only by default",
      advice: 'set {endpoint} to "enabled"',
    },
    disabled: {
      says: '{address} enables the IPv6 endpoint while {endpoint} is "disabled", so the metadata service stays off',
      advice: 'set {endpoint} to "enabled", or remove {ipv6}',
    },
    undecided: {
      says: "cannot tell whether the endpoint behind {address}'s IPv6 endpoint is on: {reason}",
    },
  },

  *check(launch) {
    const { httpEndpoint, httpProtocolIpv6 } = launch.effective;
    if (equals(httpProtocolIpv6, "enabled") !== "yes") return;
    const option = "httpProtocolIpv6";
    const data = {
      address: launch.address,
      endpoint: launch.nameOf("httpEndpoint"),
      ipv6: launch.nameOf(option),
      sender:
        decidingOrigin(httpEndpoint.origin).step === "provider-default"
          ? 'the AWS provider sends "enabled"'
          : 'EC2 takes "enabled"',
    };
    const at = httpProtocolIpv6.origin;
    if (httpEndpoint.state === "unknown") {
      const { reason, origin } = httpEndpoint;
      yield { kind: "open", message: "undecided", data, at: origin, option, reason };
    } else if (equals(httpEndpoint, "disabled") === "yes") {
      const related = [{ message: `${data.endpoint} is "disabled"`, origin: httpEndpoint.origin }];
      yield { kind: "fail", message: "disabled", data, at, option, related };
    } else if (!isWritten(httpEndpoint)) {
      const fix = addOption(launch, "httpEndpoint", "enabled");
      yield { kind: "fail", message: "missing", data, at, option, fix };
    }
  },
});
