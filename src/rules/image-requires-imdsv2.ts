import { addProperties } from "../findings/fix.js";
import { satisfies } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";

/** Reports images whose instances answer IMDSv1 where nobody says otherwise. */
export const imageRequiresImdsv2 = defineRule({
  id: "image-requires-imdsv2",
  subject: "image",
  dialects: ["terraform"],
  severity: "warning",
  category: "exposure",
  since: "0.1.0",
  summary: "Images should be registered with IMDS support v2.0.",
  rationale: `
Instances of an image with IMDS support v2.0 require tokens, and have a hop limit of 2, unless their
launch or the account says otherwise. It is the one safeguard that goes with the image to whoever launches
it. It can only be set when the image is registered, or by a call to EC2 later, and not be taken back.
`,
  undecided: `
When the value comes from a variable without a default. Copies have their source's support, and are not
reported.
`,
  securitySeverity: 5.3,
  cwe: [1188],
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html#configure-IMDS-new-instances-ami-configuration",
    "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ami#imds_support",
  ],
  messages: {
    missing: {
      says: "{address} is registered without IMDS support v2.0, so its instances answer IMDSv1 requests unless their launch or the account says otherwise",
      advice: 'set imds_support to "v2.0"',
    },
    undecided: { says: "cannot tell whether {address} has IMDS support v2.0: {reason}" },
  },

  *check(image) {
    if (image.isCopy) return;
    const { address } = image.resource;
    const support = image.imdsSupport();
    const option = "imdsSupport";
    const data = { address };
    const at = support.origin;
    if (support.state === "unset") {
      const { location: resource } = image.resource;
      const properties = [{ name: "imds_support", value: "v2.0" }];
      const fix = addProperties(resource, [], properties, "review");
      yield { kind: "fail", message: "missing", data, at, option, fix };
    } else if (support.state === "unknown" && satisfies(support, isSupport) === "unknown") {
      const { reason } = support;
      yield { kind: "open", message: "undecided", data, at, option, reason };
    }
  },
});

function isSupport(value: string): boolean {
  return value === "v2.0";
}
