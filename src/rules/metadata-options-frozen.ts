import { defineRule } from "./define-rule.js";

/** Reports Terraform that never brings a change of metadata options to what exists. */
export const metadataOptionsFrozen = defineRule({
  id: "metadata-options-frozen",
  subject: "launch-specification",
  needs: [["ignoredChanges"]],
  dialects: ["terraform"],
  severity: "note",
  category: "hygiene",
  since: "0.1.0",
  summary: "Changes of metadata options should reach what exists.",
  rationale: `
What \`ignore_changes\` lists counts when a resource is created, and never again. Metadata options that are put
right here, or a module's that get better with a new release, do not reach resources that exist: the plan shows
no change, and they go on as they are.
`,
  undecided: "Never: Terraform takes plain names there.",
  sources: ["https://developer.hashicorp.com/terraform/language/meta-arguments#lifecycle"],
  messages: {
    frozen: {
      says: "changes of the metadata options of {address} never reach it once it exists: ignore_changes lists {name}",
      advice: "take {name} out of ignore_changes, or put existing resources right by other means",
    },
  },

  *check(launch) {
    const { ignoredChanges = [] } = launch.resource;
    const container = launch.optionsArgument;
    if (container === undefined) return;
    for (const { name, location } of ignoredChanges) {
      if (name !== "all" && name !== container) continue;
      const at = { location, step: "written", name: "ignore_changes" } as const;
      const data = { address: launch.address, name };
      yield { kind: "fail", message: "frozen", data, at, option: `ignore_changes ${name}` };
    }
  },
});
