import { type DataNode, entryOf, type MappingNode } from "../yaml/syntax-tree.js";
import type { Diagnostics } from "./diagnostics.js";
import { plainText } from "./intrinsic-call.js";
import { isNull } from "./scalar-text.js";

/**
 * The parts of a template that are evaluated.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export interface Sections {
  readonly parameters: MappingNode | undefined;
  readonly rules: MappingNode | undefined;
  readonly mappings: MappingNode | undefined;
  readonly conditions: MappingNode | undefined;
  readonly resources: MappingNode | undefined;
  readonly outputs: MappingNode | undefined;
  /** The names of the transforms and macros that rewrite the template before it is deployed. */
  readonly transforms: readonly string[];
}

/** Takes a template apart. A section of the wrong shape is reported and left out. */
export function readSections(root: DataNode, diagnostics: Diagnostics): Sections {
  if (root.kind !== "mapping") {
    diagnostics.invalid(root, "a template must be a mapping");
    return {
      parameters: undefined,
      rules: undefined,
      mappings: undefined,
      conditions: undefined,
      resources: undefined,
      outputs: undefined,
      transforms: [],
    };
  }
  const transforms = readTransforms(root, diagnostics);
  // A macro may bring them.
  if (entryOf(root, "Resources") === undefined && transforms.every(isKnownTransform)) {
    diagnostics.invalid(root, "the template has no Resources");
  }
  return {
    parameters: readSection(root, "Parameters", diagnostics),
    rules: readSection(root, "Rules", diagnostics),
    mappings: readSection(root, "Mappings", diagnostics),
    conditions: readSection(root, "Conditions", diagnostics),
    resources: readSection(root, "Resources", diagnostics),
    outputs: readSection(root, "Outputs", diagnostics),
    transforms,
  };
}

function readSection(
  root: MappingNode,
  name: string,
  diagnostics: Diagnostics,
): MappingNode | undefined {
  const entry = entryOf(root, name);
  if (entry === undefined) return undefined;
  if (entry.value.kind === "mapping") return entry.value;
  if (!isNull(entry.value)) diagnostics.invalid(entry.key, `${name} must be a mapping`);
  return undefined;
}

/**
 * `Transform` takes a name, a list of them, or mappings with `Name`, and so does `Fn::Transform` beside the sections. Those that we do not do are
 * listed, as they may change anything.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-section-structure.html
 */
function readTransforms(root: MappingNode, diagnostics: Diagnostics): readonly string[] {
  const nodes = [entryOf(root, "Transform")?.value, entryOf(root, "Fn::Transform")?.value];
  const items = nodes.flatMap((node) => {
    if (node === undefined || isNull(node)) return [];
    return node.kind === "sequence" ? node.items : [node];
  });
  return items.flatMap((item) => {
    const nameNode = item.kind === "mapping" ? entryOf(item, "Name")?.value : item;
    const name = nameNode === undefined ? undefined : plainText(nameNode);
    if (name === undefined) return [];
    if (!isKnownTransform(name)) diagnostics.notSupported(item, `what the macro ${name} changes`);
    return [name];
  });
}

/** Whether it is one of AWS's own transforms, which leave the resources we judge as they are. */
export function isKnownTransform(name: string): boolean {
  return name.startsWith("AWS::") && name !== "AWS::Include";
}
