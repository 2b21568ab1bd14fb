import { entryValue, type EvaluatedMap } from "../../../values/evaluated.js";
import type { EvaluationContext } from "../scope.js";

/** The data source that finds a launch template by its id or name. */
export const launchTemplateType = "aws_launch_template";

/**
 * The address of the launch template that a data source with these arguments finds, where it is one of
 * the same deployment. Whatever the data source says is then what the template says.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/launch_template
 */
export function foundLaunchTemplate(
  properties: EvaluatedMap,
  context: EvaluationContext,
): string | undefined {
  for (const attribute of ["id", "name"] as const) {
    const value = entryValue(properties, attribute);
    if (value === undefined || value.state === "unset") continue;
    const link = value.state === "unknown" ? value.link : undefined;
    if (link?.attribute === attribute) return link.address;
    return attribute === "name"
      ? context.findInstance(launchTemplateType, attribute, value)
      : undefined;
  }
  return undefined;
}
