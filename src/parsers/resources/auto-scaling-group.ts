import type { LaunchTemplateUse } from "../../model/launch-specification.js";
import type { Resource } from "../resource.js";
import { tasksOn } from "./capacity-provider.js";
import { readCopiedInstance } from "./copied-instance.js";
import { type ParameterPaths, readLaunchParameters } from "./launch-parameters.js";
import type { LaunchResourceKind, NormalizeContext } from "./launch-resource-kind.js";
import {
  longNames,
  missingTemplate,
  readLaunchConfigurationUse,
  readLaunchTemplateUse,
} from "./launch-template-use.js";
import { tagsPassedOn } from "./tag-keys.js";
import { imageOfOverride, listOf, readLaunches, typesOfOverride } from "./launches.js";
import {
  type Property,
  type PropertyName,
  type PropertyPath,
  readPart,
  readProperty,
} from "./read-property.js";

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

const parameters: ParameterPaths = {
  subnets: { cloudformation: ["VPCZoneIdentifier"], terraform: ["vpc_zone_identifier"] },
  tags: [tagsPassedOn({ cloudformation: ["Tags"], terraform: ["tag"] })],
};

const overrideTemplate: PropertyName = {
  cloudformation: "LaunchTemplateSpecification",
  terraform: "launch_template_specification",
};

/**
 * AWS::AutoScaling::AutoScalingGroup and aws_autoscaling_group: no options of its own, one launch
 * specification for each override of a mixed instances policy. What a template leaves out is the account's
 * default, the image's or EC2's.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_group
 */
export const autoScalingGroup: LaunchResourceKind = {
  cloudformation: "AWS::AutoScaling::AutoScalingGroup",
  terraform: "aws_autoscaling_group",
  read(resource, context) {
    const overrides = () => listOf(readProperty(resource, paths.overrides));
    return readLaunches(resource, context, {
      kind: "auto-scaling-group",
      takes: [],
      parameters: readLaunchParameters(resource, context, parameters),
      runsTasks: () => tasksOn(resource, context),
      count: () => Math.max(1, overrides().length),
      launch: (index) => ({
        template: () => readUse(resource, overrides()[index], context),
        instanceTypes: () => typesOfOverride(overrides()[index], resource),
        image: () => imageOfOverride(overrides()[index], resource, context),
      }),
    });
  },
};

/** The override's own template, else the policy's, else the group's, else its launch configuration. */
function readUse(
  resource: Resource,
  override: Property | undefined,
  { templates }: NormalizeContext,
): LaunchTemplateUse {
  const ofPolicy = (specification: Property) =>
    readLaunchTemplateUse(resource, specification, templates, longNames);
  const own =
    override === undefined ? undefined : ofPolicy(readPart(resource, override, overrideTemplate));
  return (
    own ??
    ofPolicy(readProperty(resource, paths.mixedTemplate)) ??
    readLaunchTemplateUse(resource, readProperty(resource, paths.launchTemplate), templates) ??
    readLaunchConfigurationUse(
      resource,
      readProperty(resource, paths.launchConfiguration),
      templates,
    ) ??
    // One without any template copies an existing instance, or is rejected.
    readCopiedInstance(resource) ??
    missingTemplate(resource)
  );
}
