import { type Evaluated, type EvaluatedMap, unknown } from "../../../values/evaluated.js";
import type { Origin } from "../../../values/origin.js";
import { madeString, takenFrom } from "../functions/made-value.js";
import type { EvaluationContext } from "../scope.js";
import { isObstacle, policyDocumentOf } from "./iam-policy-document.js";
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
  if (!isObstacle(document))
    return madeString(writePolicy(document, policyLayouts.get(name) ?? "indented"), origin);
  if (document.kind === "unknown")
    return unknown(document.part.reason, takenFrom(origin, document.part));
  diagnostics.rejected(document.location, document.message);
  return unknown({ kind: "invalid" }, origin);
}
