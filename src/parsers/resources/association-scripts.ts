import type { Script } from "../../model/script.js";
import { entryValue, type Evaluated } from "../../values/evaluated.js";
import { known } from "../../values/value.js";
import type { SourceOf } from "../composed-text.js";
import { documentIn } from "../json-document.js";
import type { Resource } from "../resource.js";
import { joinedParts } from "./joined-parts.js";
import { type NormalizeContext, typesOfKind } from "./launch-resource-kind.js";
import {
  asText,
  itemsOf,
  type Property,
  type PropertyName,
  type PropertyPath,
  readPart,
  readProperty,
} from "./read-property.js";
import { scriptsIn } from "./script.js";

const associationTypes = typesOfKind({
  cloudformation: "AWS::SSM::Association",
  terraform: "aws_ssm_association",
});

const documentTypes = typesOfKind({
  cloudformation: "AWS::SSM::Document",
  terraform: "aws_ssm_document",
});

/** The types of resources by which Systems Manager runs commands on instances. */
export const associatedScriptTypes: readonly string[] = [...associationTypes, ...documentTypes];

const paths = {
  document: { cloudformation: ["Name"], terraform: ["name"] },
  instance: { cloudformation: ["InstanceId"], terraform: ["instance_id"] },
  targets: { cloudformation: ["Targets"], terraform: ["targets"] },
  parameters: { cloudformation: ["Parameters"], terraform: ["parameters"] },
  content: { cloudformation: ["Content"], terraform: ["content"] },
  tags: { cloudformation: ["Tags"], terraform: ["tags"] },
} as const satisfies Record<string, PropertyPath>;

const targetKey: PropertyName = { cloudformation: "Key", terraform: "key" };
const targetValues: PropertyName = { cloudformation: "Values", terraform: "values" };

/**
 * What Systems Manager runs on an instance: the commands of documents that associations of the same deployment
 * bring to it, by its ID or a tag of its own. AWS's own documents run the commands that the association has.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-association.html
 */
export function associationScripts(
  instance: Resource,
  { resources, sourceOf }: Pick<NormalizeContext, "resources" | "sourceOf">,
): readonly Script[] {
  return resources
    .filter(({ type }) => associationTypes.includes(type))
    .filter((association) => targets(association, instance))
    .flatMap((association) => {
      const { value: name } = readProperty(association, paths.document);
      const own = /^AWS-Run(?:Shell|PowerShell)Script$/.test(knownText(name));
      const document = resources.find(
        (resource) => documentTypes.includes(resource.type) && names(name, resource),
      );
      const commands = own ? commandsOf(association) : [];
      return [...commands, ...(document === undefined ? [] : contentOf(document, sourceOf))];
    })
    .flatMap((value) => scriptsIn(value, "SSM document", sourceOf));
}

/** A reference to the document, or its name. */
function names(value: Evaluated, document: Resource): boolean {
  if (value.state === "unknown") return value.link?.address === document.address;
  const own = knownText(readProperty(document, paths.document).value);
  return own !== "" && own === knownText(value);
}

function targets(association: Resource, instance: Resource): boolean {
  if (isInstance(readProperty(association, paths.instance).value, instance)) return true;
  const all = readProperty(association, paths.targets);
  return itemsOf(all.value).some((item) => {
    const target: Property = { value: item, place: all.place };
    const key = knownText(readPart(association, target, targetKey).value);
    const values = itemsOf(readPart(association, target, targetValues).value);
    if (/^InstanceIds$/i.test(key)) return values.some((value) => isInstance(value, instance));
    const [, tag] = /^tag:(.+)$/.exec(key) ?? [];
    const own = tag === undefined ? "" : tagOf(instance, tag);
    return own !== "" && values.some((value) => knownText(value) === own);
  });
}

function isInstance(value: Evaluated, instance: Resource): boolean {
  return value.state === "unknown" && value.link?.address === instance.address;
}

/** The value of a tag, where it is known; empty where not. */
function tagOf(instance: Resource, name: string): string {
  const { value } = readProperty(instance, paths.tags);
  if (value.state === "map") return textAt(value, name);
  const tag = itemsOf(value).find((item) =>
    [textAt(item, "Key"), textAt(item, "key")].includes(name),
  );
  return tag === undefined ? "" : textAt(tag, "Value") || textAt(tag, "value");
}

function textAt(map: Evaluated, name: string): string {
  const value = partOf(map, name);
  return value === undefined ? "" : knownText(value);
}

function partOf(map: Evaluated, name: string): Evaluated | undefined {
  return map.state === "map" ? entryValue(map, name) : undefined;
}

function itemsAt(map: Evaluated, name: string): readonly Evaluated[] {
  const list = partOf(map, name);
  return list === undefined ? [] : itemsOf(list);
}

function knownText(value: Evaluated): string {
  const text = asText(value);
  return text.state === "known" ? text.value : "";
}

/** The parameter `commands` of `AWS-RunShellScript`. */
function commandsOf(association: Resource): readonly Evaluated[] {
  const commands = partOf(readProperty(association, paths.parameters).value, "commands");
  return commands === undefined ? [] : [inLines(commands)];
}

/** The commands of each step; a document that is written in YAML as a text is one script as a whole. */
function contentOf(document: Resource, sourceOf: SourceOf): readonly Evaluated[] {
  const { value } = readProperty(document, paths.content);
  const content = documentIn(value, sourceOf);
  if (content.state !== "map") return [value];
  const steps = itemsAt(content, "mainSteps")
    .flatMap((step) => partOf(step, "inputs") ?? [])
    .concat(olderSteps(content));
  return steps.flatMap((step) => partOf(step, "runCommand") ?? []).map(inLines);
}

/**
 * Of the schema's version 1.2, whose plugins have properties.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html
 */
function olderSteps(content: Evaluated): readonly Evaluated[] {
  const plugins = partOf(content, "runtimeConfig");
  if (plugins?.state !== "map") return [];
  return [...plugins.entries.values()].flatMap(({ value }) => itemsAt(value, "properties"));
}

/** A list of lines as the script that they make. */
function inLines(lines: Evaluated): Evaluated {
  if (lines.state !== "list") return lines;
  const { items, origin } = lines;
  const parts = items.flatMap((line, index) => (index === 0 ? line : [known("\n", origin), line]));
  return joinedParts(parts, "the lines of a script", origin);
}
