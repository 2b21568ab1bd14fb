import { systemOf } from "../data/nitro.js";
import { fixOption } from "../model/option-changes.js";
import { decidingOrigin } from "../values/origin.js";
import { equals } from "../values/ternary.js";
import type { Value } from "../values/value.js";
import { defineRule } from "./define-rule.js";

/** Reports an IPv6 endpoint on instance types whose hypervisor cannot offer it. */
export const ipv6NeedsNitro = defineRule({
  id: "ipv6-needs-nitro",
  subject: "launch-specification",
  needs: [["httpProtocolIpv6"], ["instanceTypes"]],
  severity: "error",
  category: "validity",
  since: "0.1.0",
  summary: "The IPv6 endpoint needs an instance type built on the Nitro System.",
  rationale: `
EC2 offers the metadata service over IPv6 only on instance types built on the Nitro System. On a
Xen type the launch fails, and an Auto Scaling group keeps failing to replace its instances.
`,
  undecided: `
When \`HttpProtocolIpv6\` is known to be \`enabled\` and an instance type comes from a parameter or
variable without a default, or from instance requirements whose allowed types may be of both systems; or
where AWS Batch picks it (\`optimal\`). A family (\`c4\`) and a name with wildcards (\`c4.*\`) stand for all
their types.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html",
    "https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html",
  ],
  messages: {
    xen: {
      says: "{address} enables the IPv6 endpoint on {type}, which is not built on the Nitro System, so the launch fails",
      advice: 'use a Nitro type such as t3 or m5, or set {ipv6} to "disabled"',
    },
    "default-type": {
      says: "{address} enables the IPv6 endpoint and names no instance type: EC2 takes {type}, which is not built on the Nitro System, so the launch fails",
      advice: "set a Nitro type such as t3 or m5",
    },
    undecided: {
      says: "cannot tell whether {address} has its IPv6 endpoint on a Nitro type: {reason}",
    },
  },

  *check(launch) {
    const { httpProtocolIpv6 } = launch.effective;
    if (equals(httpProtocolIpv6, "enabled") !== "yes") return;
    // What launches through a template may take other types; those launches are judged instead.
    if (launch.launchedBy.length > 0) return;
    const ipv6 = launch.nameOf("httpProtocolIpv6");
    const related = [{ message: `${ipv6} is "enabled"`, origin: httpProtocolIpv6.origin }];
    for (const type of launch.instanceTypes) {
      // A launch template without a type leaves it to whoever launches.
      if (type.state === "unset") continue;
      const system = systemOfValue(type);
      const at = type.origin;
      const data = {
        address: launch.address,
        ipv6,
        type: type.state === "known" ? type.value : (type.possible ?? []).join(" or "),
      };
      const option = `instanceType ${data.type}`.trimEnd();
      if (system === "xen") {
        const isDefault = decidingOrigin(at).step === "service-default";
        const message = isDefault ? "default-type" : "xen";
        const fix = fixOption(launch, "httpProtocolIpv6", "disabled", "review");
        yield { kind: "fail", message, data, at, option, related, fix };
      } else if (system === "either") {
        yield {
          kind: "open",
          message: "undecided",
          data,
          at,
          option,
          related,
          reason:
            type.state === "unknown"
              ? type.reason
              : {
                  kind: "decided-at-deployment",
                  expression: `the types that ${data.type} stands for`,
                },
        };
      }
    }
  },
});

/** The one system of all types that a value may name, else `either`; undefined if it names none. */
function systemOfValue(type: Value<string>): ReturnType<typeof systemOf> {
  if (type.state === "known") return systemOf(type.value);
  if (type.state === "unset") return undefined;
  const [first = "either", ...others] = new Set((type.possible ?? ["*"]).map(systemOf));
  return others.length === 0 ? first : "either";
}
