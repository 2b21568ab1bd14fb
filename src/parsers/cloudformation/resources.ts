import type { Evaluated } from "../../values/evaluated.js";
import { and, fromBoolean, type Ternary } from "../../values/ternary.js";
import type { Resource } from "../resource.js";
import { entryOf, type MappingNode, type ScalarNode } from "../yaml/syntax-tree.js";
import { conditionNamed, holds } from "./conditions.js";
import { expressionText } from "./expression-text.js";
import { isForEachKey, plainText } from "./intrinsic-call.js";
import type { TemplateContext } from "./template-context.js";

/**
 * The resources written in the `Resources` section. Entries that make resources only when the
 * template is transformed are listed as not supported.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
 */
export function readResources(
  section: MappingNode | undefined,
  context: TemplateContext,
): readonly Resource[] {
  const { diagnostics } = context;
  const resources: Resource[] = [];
  const addresses = new Set<string>();
  for (const { key, value } of section?.entries ?? []) {
    const name = key.text;
    if (isForEachKey(name) || name === "Fn::Transform") {
      diagnostics.notSupported(key, `the resources that ${name} makes`);
      continue;
    }
    if (value.kind !== "mapping") {
      diagnostics.invalid(key, `resource ${name} must be a mapping`);
      continue;
    }
    const entry = { key, declaration: value };
    const type = readType(entry, context);
    if (type === undefined || addresses.has(name)) continue;
    addresses.add(name);
    resources.push(createResource(type, entry, context));
  }
  return resources;
}

/** A logical ID with what stands below it. */
interface ResourceEntry {
  readonly key: ScalarNode;
  readonly declaration: MappingNode;
}

function readType(
  { key, declaration }: ResourceEntry,
  context: TemplateContext,
): string | undefined {
  const { diagnostics } = context;
  const node = entryOf(declaration, "Type")?.value;
  if (node === undefined && isIncluded(declaration)) {
    diagnostics.notSupported(key, `resource ${key.text}, which Fn::Transform makes`);
    return undefined;
  }
  if (node === undefined) {
    diagnostics.invalid(key, `resource ${key.text} has no Type`);
    return undefined;
  }
  const type = plainText(node);
  if (type !== undefined) {
    const meant = context.judgedType(type);
    if (meant === undefined) return type;
    diagnostics.invalid(node, `there is no resource type ${type}; write ${meant}`);
    return meant;
  }
  if (node.kind === "sequence") diagnostics.invalid(node, `Type of ${key.text} must be a string`);
  // Macros and tools such as rain fill it in before CloudFormation sees the template.
  else
    diagnostics.notSupported(node, `resource ${key.text}, whose Type is ${expressionText(node)}`);
  return undefined;
}

function createResource(
  type: string,
  { key, declaration }: ResourceEntry,
  context: TemplateContext,
): Resource {
  const { diagnostics, scenarios } = context;
  const properties = scenarios.memoize(
    () => evaluateProperties({ key, declaration }, context),
    () => diagnostics.cyclic(key, `${key.text} depends on itself`),
  );
  const construct = context.constructOf(key.text, declaration);
  return {
    dialect: "cloudformation",
    type,
    address: `${context.path}${key.text}`,
    location: diagnostics.locate(key),
    calls: context.calls,
    ...(context.isIncomplete ? { isIncomplete: true as const } : {}),
    ...(construct === undefined ? {} : { construct }),
    exists: () => and(context.exists(), evaluateExistence(declaration, context)),
    properties,
  };
}

function evaluateProperties(
  { key, declaration }: ResourceEntry,
  context: TemplateContext,
): Evaluated {
  const { diagnostics } = context;
  if (isIncluded(declaration)) return diagnostics.notSupported(key, "Fn::Transform");
  const node = entryOf(declaration, "Properties")?.value;
  const properties = node === undefined ? undefined : context.evaluate(node);
  switch (properties?.state) {
    case "map":
    case "unknown":
      return properties;
    case undefined:
    case "unset":
      return { state: "map", entries: new Map(), origin: diagnostics.written(key) };
    case "known":
    case "list":
      return diagnostics.invalid(node ?? key, `Properties of ${key.text} must be a mapping`);
  }
}

/** Whether a macro writes the mapping, or adds to it. */
function isIncluded(node: MappingNode): boolean {
  return node.tag === "!Transform" || entryOf(node, "Fn::Transform") !== undefined;
}

/** What a resource's own `Condition` says. */
export function evaluateExistence(declaration: MappingNode, context: TemplateContext): Ternary {
  const node = entryOf(declaration, "Condition")?.value;
  if (node === undefined) return "yes";
  const name = plainText(node);
  if (name === undefined) {
    context.diagnostics.invalid(node, "Condition must be the name of a condition");
    return "unknown";
  }
  const exists = holds(conditionNamed(name, node, context), context.scenarios);
  return exists === undefined ? "unknown" : fromBoolean(exists);
}
