import { defineRule } from "./define-rule.js";

/** Reports launches that name a version which need not be the template in the tree. */
export const launchTemplateVersionPinned = defineRule({
  id: "launch-template-version-pinned",
  subject: "launch-specification",
  needs: [["templateVersion"]],
  severity: "note",
  category: "hygiene",
  since: "0.1.0",
  summary: "The launch template's version should be the one in the tree.",
  rationale: `
Changing a launch template makes a new version. A launch that names a version by number, or
\`$Default\` while nothing moves the default, goes on launching the old one: metadata options that
are right in the template are then not the ones in force.
`,
  undecided: `
Never: a version that is not known is not reported.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-launch-template-versions.html",
    "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template#update_default_version",
  ],
  messages: {
    number: {
      says: "{address} launches version {version} of {template}, which may be older than the template written here, so changes to it may not take effect",
      advice: "name {latest} to follow it",
    },
    default: {
      says: "{address} launches the default version of {template}, which stays the same until it is moved, so changes to it may not take effect",
      advice: "{remedy}",
    },
  },

  *check(launch) {
    const use = launch.launchTemplate;
    if (use?.template.state !== "known") return;
    const template = use.template.value;
    if (template.kind !== "launch-template" || template.resource.isFound === true) return;
    const { version } = use;
    const option = "launchTemplateVersion";
    const isTerraform = launch.resource.dialect === "terraform";
    const latest = isTerraform ? "latest_version" : "LatestVersionNumber";
    const data = {
      address: launch.address,
      template: template.address,
      version: version.state === "known" ? version.value : "",
      latest,
      remedy: isTerraform
        ? `set update_default_version on the template, or name ${latest}`
        : `name its attribute ${latest} instead`,
    };
    const asksForDefault =
      version.state === "unset" || (version.state === "known" && version.value === "$Default");
    const at = version.state === "unset" ? use.origin : version.origin;
    if (asksForDefault && template.defaultVersion === "may-lag") {
      yield { kind: "fail", message: "default", data, at, option };
    } else if (version.state === "known" && /^\d+$/.test(version.value)) {
      yield { kind: "fail", message: "number", data, at, option };
    }
  },
});
