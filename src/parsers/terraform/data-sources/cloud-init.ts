import { entryValue, type Evaluated, type EvaluatedMap } from "../../../values/evaluated.js";

/** The data sources that write user data of several parts; the second is the older one. */
export const cloudInitTypes: ReadonlySet<string> = new Set([
  "cloudinit_config",
  "template_cloudinit_config",
]);

/**
 * The parts of the MIME archive that a data source with these arguments has as `rendered`, packed or not.
 * https://registry.terraform.io/providers/hashicorp/cloudinit/latest/docs/data-sources/config
 */
export function cloudInitParts(properties: EvaluatedMap): readonly Evaluated[] {
  const parts = entryValue(properties, "part");
  const blocks = parts?.state === "list" ? parts.items : [parts];
  return blocks.flatMap((block) =>
    block?.state === "map" ? (entryValue(block, "content") ?? []) : [],
  );
}
