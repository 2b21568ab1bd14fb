import type { Evaluated } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import type { DataNode } from "../yaml/syntax-tree.js";
import type { Diagnostics } from "./diagnostics.js";
import { intrinsicCall } from "./intrinsic-call.js";
import { scalarValue } from "./scalar-text.js";

/**
 * A value of the `Mappings` section, for whoever looks it up at `use`: a scalar or a list of them,
 * without functions. `name` is its place in the section, such as `Regions.us-east-1.Tokens`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html
 */
export function mappingValue(
  node: DataNode,
  name: string,
  use: Origin,
  diagnostics: Diagnostics,
): Evaluated {
  const call = intrinsicCall(node);
  if (call?.name === "Fn::Transform") return diagnostics.notSupported(node, "Fn::Transform");
  const location = diagnostics.locate(node);
  const origin: Origin = { ...use, from: { location, step: "mapping", name } };
  if (call === undefined && node.kind === "scalar") return scalarValue(node, origin);
  if (call === undefined && node.kind === "sequence") {
    const items = node.items.map((item) => mappingValue(item, name, use, diagnostics));
    return { state: "list", items, collection: "list", origin };
  }
  return diagnostics.invalid(node, "a mapping's values must be strings or lists of strings");
}
