import { fixOption } from "../model/option-changes.js";
import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";

/** Reports instances in an IPv6-only subnet whose metadata service has no IPv6 endpoint. */
export const ipv6OnlySubnetNeedsIpv6Endpoint = defineRule({
  id: "ipv6-only-subnet-needs-ipv6-endpoint",
  subject: "launch-specification",
  needs: [["httpProtocolIpv6"], ["subnets"]],
  severity: "note",
  category: "validity",
  since: "0.1.0",
  summary: "In an IPv6-only subnet the IPv6 endpoint should be enabled.",
  rationale: `
The IPv6 endpoint is off unless somebody enables it, even in a subnet that has no IPv4 range. What speaks IPv6
alone there does not reach the metadata service.
`,
  undecided: `
When the subnet or the option comes from a parameter or variable without a default. Subnets of other
deployments are not judged.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
  ],
  messages: {
    disabled: {
      says: '{address} launches into {subnet}, which is IPv6-only, and {ipv6} is "disabled": what speaks IPv6 alone finds no metadata service',
      advice: 'set {ipv6} to "enabled"',
    },
    undecided: {
      says: "cannot tell whether instances of {address} in an IPv6-only subnet have an IPv6 endpoint: {reason}",
    },
  },

  *check(launch) {
    const { httpProtocolIpv6, httpEndpoint } = launch.effective;
    if (equals(httpEndpoint, "disabled") === "yes") return;
    const option = "httpProtocolIpv6";
    for (const subnet of launch.subnets) {
      if (subnet.state !== "known") continue;
      const isOnly = subnet.value.isIpv6Only();
      if (isOnly.state === "unset" || equals(isOnly, true) === "no") continue;
      const { address: name, location } = subnet.value;
      const data = { address: launch.address, ipv6: launch.nameOf(option), subnet: name };
      const related = [
        { message: `${name} is IPv6-only`, origin: { location, step: "written" } as const },
      ];
      const at = httpProtocolIpv6.origin;
      const isDisabled = equals(httpProtocolIpv6, "disabled");
      if (isDisabled === "no") return;
      if (isDisabled === "yes" && isOnly.state === "known") {
        const fix = fixOption(launch, option, "enabled", "review");
        yield { kind: "fail", message: "disabled", data, at, option, related, fix };
      } else if (httpProtocolIpv6.state === "unknown") {
        const { reason } = httpProtocolIpv6;
        yield { kind: "open", message: "undecided", data, at, option, related, reason };
      } else if (isOnly.state === "unknown") {
        const { reason, origin } = isOnly;
        yield { kind: "open", message: "undecided", data, at: origin, option, related, reason };
      }
      return;
    }
  },
});
