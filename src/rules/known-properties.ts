import { defineRule } from "./define-rule.js";
import { unknownNames } from "./unknown-names.js";
import { nameOfType, pathOf } from "./property-wording.js";

/** Notes properties that AWS did not have when this release's table was made. */
export const knownProperties = defineRule({
  id: "known-properties",
  subject: "property",
  dialects: ["cloudformation"],
  severity: "note",
  category: "validity",
  since: "0.1.0",
  summary: "Properties should be ones that CloudFormation is known to have.",
  rationale: `
A property that CloudFormation does not have makes the deployment fail. This is a note, not an error,
since AWS adds properties every week and the table in imdslint may be older than the property. A name
that is almost one of the table's is an error: see \`valid-properties\`.
`,
  undecided: `
Never: where names are not known, such as behind a macro, nothing is reported.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
  ],
  peers: { "cfn-lint": ["E3002"] },
  messages: {
    "unknown-property": {
      says: "{address} sets {name}, which {type} does not have as far as imdslint knows, so the deployment may fail",
      advice: "look it up in AWS's reference",
    },
  },

  *check(property) {
    for (const { name, key, nearest } of unknownNames(property)) {
      if (nearest !== undefined) continue;
      const data = { address: property.address, name, type: nameOfType(property) };
      const at = { location: key, step: "written", name } as const;
      const option = pathOf(property, name);
      yield { kind: "fail", message: "unknown-property", data, at, option };
    }
  },
});
