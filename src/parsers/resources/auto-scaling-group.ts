import {
  type DeclaredOptions,
  LaunchSpecification,
  type LaunchTemplateUse,
} from "../../model/launch-specification.js";
import { lazyOptions } from "../../model/metadata-options.js";
import { seenFrom } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { and } from "../../values/ternary.js";
import { undecided, unset, type Value } from "../../values/value.js";
import type { Dialect, Resource } from "../resource.js";
import { readCopiedInstance } from "./copied-instance.js";
import {
  launchResourceOf,
  type LaunchResourceKind,
  type NormalizeContext,
} from "./launch-resource-kind.js";
import {
  readLaunchConfigurationUse,
  readLaunchTemplateUse,
  type SpecificationNames,
} from "./launch-templates.js";
import {
  asText,
  itemsOf,
  type Property,
  type PropertyPath,
  readChild,
  readProperty,
} from "./read-property.js";
import { typeByRequirements } from "./instance-requirements.js";

const paths = {
  launchConfiguration: {
    cloudformation: ["LaunchConfigurationName"],
    terraform: ["launch_configuration"],
  },
  launchTemplate: { cloudformation: ["LaunchTemplate"], terraform: ["launch_template"] },
  mixedTemplate: {
    cloudformation: ["MixedInstancesPolicy", "LaunchTemplate", "LaunchTemplateSpecification"],
    terraform: ["mixed_instances_policy", "launch_template", "launch_template_specification"],
  },
  overrides: {
    cloudformation: ["MixedInstancesPolicy", "LaunchTemplate", "Overrides"],
    terraform: ["mixed_instances_policy", "launch_template", "override"],
  },
} as const satisfies Record<string, PropertyPath>;

const overrideNames = {
  cloudformation: {
    template: "LaunchTemplateSpecification",
    instanceType: "InstanceType",
    instanceRequirements: "InstanceRequirements",
  },
  terraform: {
    template: "launch_template_specification",
    instanceType: "instance_type",
    instanceRequirements: "instance_requirements",
  },
} as const;

/** A mixed instances policy names its templates in longer words than the group itself. */
const policyNames: Readonly<Record<Dialect, SpecificationNames>> = {
  cloudformation: { id: "LaunchTemplateId", name: "LaunchTemplateName", version: "Version" },
  terraform: { id: "launch_template_id", name: "launch_template_name", version: "version" },
};

/**
 * AWS::AutoScaling::AutoScalingGroup and aws_autoscaling_group: no options of its own, one launch
 * specification for each override of a mixed instances policy.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_group
 */
export const autoScalingGroup: LaunchResourceKind = {
  cloudformation: "AWS::AutoScaling::AutoScalingGroup",
  terraform: "aws_autoscaling_group",
  read(resource, context) {
    const counts = context.scenarios.explore(() => readOverrides(resource).length);
    const most = Math.max(0, ...counts.map(({ result }) => result));
    if (most === 0) return [readGroup(resource, context, undefined)];
    return Array.from({ length: most }, (_, index) => readGroup(resource, context, index));
  },
};

function readOverrides(resource: Resource): readonly Property[] {
  const { value, place } = readProperty(resource, paths.overrides);
  return itemsOf(value).map((item) => ({
    value: item,
    place: item.state === "map" ? item.origin.location : place,
  }));
}

function readGroup(
  resource: Resource,
  context: NormalizeContext,
  index: number | undefined,
): LaunchSpecification {
  const override = (): Property | undefined =>
    index === undefined ? undefined : readOverrides(resource)[index];
  const use = () => readUse(resource, override(), context);
  const specification = new LaunchSpecification(
    {
      kind: "auto-scaling-group",
      resource: launchResourceOf(resource),
      takes: [],
      exists: () => {
        const isListed = index === undefined || override() !== undefined;
        return and(resource.exists(), isListed || index === 0 ? "yes" : "no");
      },
      declared: () => nothingDeclared({ location: resource.location, step: "written" }),
      launchTemplate: use,
      instanceTypes: () => readInstanceTypes(resource, override(), use()),
    },
    context.scenarios,
  );
  context.templates.addLauncher(specification);
  return specification;
}

/** The override's own template, else the policy's, else the group's, else its launch configuration. */
function readUse(
  resource: Resource,
  override: Property | undefined,
  { templates }: NormalizeContext,
): LaunchTemplateUse {
  const ofPolicy = (specification: Property) =>
    readLaunchTemplateUse(resource, specification, templates, policyNames[resource.dialect]);
  const { template } = overrideNames[resource.dialect];
  const own =
    override === undefined ? undefined : ofPolicy(readChild(override, template, override.place));
  return (
    own ??
    ofPolicy(readProperty(resource, paths.mixedTemplate)) ??
    readLaunchTemplateUse(resource, readProperty(resource, paths.launchTemplate), templates) ??
    readLaunchConfigurationUse(
      resource,
      readProperty(resource, paths.launchConfiguration),
      templates,
    ) ??
    noTemplate(resource)
  );
}

/** A group without any template copies an existing instance, or is rejected by EC2. */
function noTemplate(resource: Resource): LaunchTemplateUse {
  const copied = readCopiedInstance(resource);
  if (copied !== undefined) return copied;
  const origin: Origin = { location: resource.location, step: "launch-template" };
  return { origin, template: undecided({ kind: "invalid" }, origin), version: unset(origin) };
}

function readInstanceTypes(
  resource: Resource,
  override: Property | undefined,
  use: LaunchTemplateUse,
): readonly Value<string>[] {
  if (override !== undefined) {
    const names = overrideNames[resource.dialect];
    const own = asText(readChild(override, names.instanceType, override.place).value);
    if (own.state !== "unset") return [own];
    const requirements = readChild(override, names.instanceRequirements, override.place);
    if (requirements.value.state !== "unset")
      return [typeByRequirements(requirements, resource.dialect)];
  }
  const { template, origin } = use;
  if (template.state === "known") {
    return template.value.instanceTypes.map((type) => seenFrom(type, origin));
  }
  return template.state === "unknown" ? [undecided(template.reason, origin)] : [];
}

function nothingDeclared(origin: Origin): DeclaredOptions {
  const nothing = () => unset(origin);
  const options = lazyOptions({
    httpTokens: nothing,
    httpEndpoint: nothing,
    httpPutResponseHopLimit: nothing,
    httpProtocolIpv6: nothing,
    instanceMetadataTags: nothing,
  });
  return { options, sent: options, written: () => [] };
}
