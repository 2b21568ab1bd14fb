import { and, equals, satisfies } from "../values/ternary.js";
import { defineRule } from "./define-rule.js";
import { instancesOf } from "./wording.js";

/**
 * The characters that keys of tags in metadata may have.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html
 */
const ALLOWED = /^[A-Za-z0-9+\-=.,_:@]+$/;

/** Names that are paths of the metadata service themselves. */
const RESERVED = new Set([".", "..", "_index"]);

/** Reports tag keys that make a launch fail, since the metadata service cannot have them in a path. */
export const metadataTagKeys = defineRule({
  id: "metadata-tag-keys",
  subject: "launch-specification",
  needs: [["instanceMetadataTags"], ["tagKeys"]],
  severity: "error",
  category: "validity",
  since: "0.1.0",
  summary: "Tag keys that are to be in the metadata must fit into a path.",
  rationale: `
With \`InstanceMetadataTags: enabled\` each tag gets a path of the metadata service, named by its key. EC2 refuses
to launch an instance with a key that may not be part of one: with a space or \`/\`, any character beside letters,
digits and \`+ - = . , _ : @\`, or \`.\`, \`..\` or \`_index\` alone.
`,
  undecided: `
When the option or a key comes from a parameter or variable without a default. Tags that a provider's
\`default_tags\` add are not looked at, nor are EKS node groups, whose launch templates EKS makes without the option.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html",
    "https://github.com/terraform-aws-modules/terraform-aws-eks/issues/1977",
  ],
  messages: {
    key: {
      says: "the launch of {instances} fails: the tag key {key} may not be in the metadata, where {option} puts it",
      advice: 'use letters, digits and + - = . , _ : @ alone, or set {option} to "disabled"',
    },
    undecided: {
      says: "cannot tell whether the tag keys of {instances} may be in the metadata: {reason}",
    },
  },

  *check(launch) {
    // What launches through a template may say otherwise; those launches are judged instead.
    if (launch.launchedBy.length > 0) return;
    const { instanceMetadataTags, httpEndpoint } = launch.effective;
    const isEnabled = equals(instanceMetadataTags, "enabled");
    if (isEnabled === "no" || equals(httpEndpoint, "disabled") === "yes") return;
    const option = "instanceMetadataTags";
    const name = launch.nameOf(option);
    const instances = instancesOf(launch);
    for (const key of launch.tagKeys) {
      const isBad = satisfies(key, (text) => !ALLOWED.test(text) || RESERVED.has(text));
      if (isBad === "no") continue;
      const related = [{ message: `${name} is "enabled"`, origin: instanceMetadataTags.origin }];
      if (and(isEnabled, isBad) === "yes" && key.state === "known") {
        const data = { instances, option: name, key: JSON.stringify(key.value) };
        yield {
          kind: "fail",
          message: "key",
          data,
          at: key.origin,
          option: `${option} ${key.value}`,
          related,
        };
        continue;
      }
      const open = [key, instanceMetadataTags].find((value) => value.state === "unknown");
      if (open?.state !== "unknown") continue;
      const { reason, origin } = open;
      const data = { instances };
      yield { kind: "open", message: "undecided", data, at: origin, option, reason };
    }
  },
});
