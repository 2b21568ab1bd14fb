import { type Evaluated, type EvaluatedMap, unknown } from "../../../values/evaluated.js";
import type { Origin } from "../../../values/origin.js";
import { madeString, takenFrom } from "../functions/made-value.js";
import type { EvaluationContext } from "../scope.js";
import { isObstacle, policyDocumentOf } from "./iam-policy-document.js";
import { policyStructure } from "./policy-structure.js";
import { writePolicy } from "./write-policy.js";

/** The data source that writes a policy's JSON; it asks nobody, so that we can write it too. */
export const policyDocumentType = "aws_iam_policy_document";

/** The attributes that it computes, and how each is laid out. */
export const policyLayouts: ReadonlyMap<string, "indented" | "minified"> = new Map([
  ["json", "indented"],
  ["minified_json", "minified"],
]);

/**
 * What the data source with these arguments, written at `origin`, has in the attribute `name`, one of
 * {@link policyLayouts}. Where a part is unknown, unknown for the same reason; what the provider would
 * complain of is listed.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyAttribute(
  properties: EvaluatedMap,
  name: string,
  origin: Origin,
  { diagnostics }: EvaluationContext,
): Evaluated {
  const document = policyDocumentOf(properties);
  // For whoever reads the document and not its text.
  const composition = { kind: "encoded", value: policyStructure(properties) } as const;
  if (!isObstacle(document)) {
    const text = writePolicy(document, policyLayouts.get(name) ?? "indented");
    return { ...madeString(text, origin), composition };
  }
  if (document.kind === "unknown")
    return { ...unknown(document.part.reason, takenFrom(origin, document.part)), composition };
  diagnostics.rejected(document.location, document.message);
  return unknown({ kind: "invalid" }, origin);
}
