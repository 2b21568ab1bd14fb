import { equals } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
import { joinNames } from "./wording.js";

/** Reports an IPv6 endpoint on instances in a subnet of the same deployment that has no IPv6 range. */
export const ipv6NeedsIpv6Subnet = defineRule({
  id: "ipv6-needs-ipv6-subnet",
  subject: "launch-specification",
  needs: [["httpProtocolIpv6"], ["subnets"]],
  severity: "warning",
  category: "validity",
  since: "0.1.0",
  summary: "The IPv6 endpoint needs a subnet with an IPv6 range.",
  rationale: `
The IPv6 address of the metadata service, \`fd00:ec2::254\`, can only be reached from a subnet with an IPv6
range. In one without, the option does nothing, and whatever is configured to use that address finds nobody.
`,
  undecided: `
When only the deployment decides whether the subnet gets an IPv6 range. Subnets of other deployments are not
judged.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html",
  ],
  messages: {
    without: {
      says: "{address} enables the IPv6 endpoint, which no instance in {subnets} can reach: there is no IPv6 range",
      advice: 'give the subnet an IPv6 range, or set {ipv6} to "disabled"',
    },
    undecided: {
      says: "cannot tell whether instances of {address} can reach the IPv6 endpoint that it enables: {reason}",
    },
  },

  *check(launch) {
    const { httpProtocolIpv6 } = launch.effective;
    if (equals(httpProtocolIpv6, "enabled") !== "yes") return;
    const option = "httpProtocolIpv6";
    const at = httpProtocolIpv6.origin;
    const known = launch.subnets.flatMap((subnet) =>
      subnet.state === "known" ? [{ ...subnet.value, presence: subnet.value.hasIpv6() }] : [],
    );
    const without = known.filter(({ presence }) => presence.isGiven === "no");
    const data = {
      address: launch.address,
      ipv6: launch.nameOf(option),
      subnets: joinNames(without.map(({ address }) => address)),
    };
    if (without.length > 0) {
      const related = without.map(({ address, location }) => ({
        message: `${address} has no IPv6 range`,
        origin: { location, step: "written" } as const,
      }));
      yield { kind: "fail", message: "without", data, at, option, related };
      return;
    }
    const open = known.find(({ presence }) => presence.isGiven === "unknown")?.presence;
    if (open?.reason === undefined) return;
    const { reason, origin } = open;
    yield { kind: "open", message: "undecided", data, at: origin, option, reason };
  },
});
