import { decidedBy } from "../../model/default-options.js";
import type { Resource } from "../resource.js";
import { type ParameterPaths, readLaunchParameters } from "./launch-parameters.js";
import type { LaunchResourceKind, NormalizeContext } from "./launch-resource-kind.js";
import { longNames, readLaunchTemplateUse } from "./launch-template-use.js";
import { type Launch, listed, listOf, readLaunches, typesInList, useIfOpen } from "./launches.js";
import {
  asText,
  type Property,
  type PropertyName,
  type PropertyPath,
  readPart,
  readProperty,
} from "./read-property.js";

const paths = {
  resources: { cloudformation: ["ComputeResources"], terraform: ["compute_resources"] },
  type: { cloudformation: ["ComputeResources", "Type"], terraform: ["compute_resources", "type"] },
  launchTemplate: {
    cloudformation: ["ComputeResources", "LaunchTemplate"],
    terraform: ["compute_resources", "launch_template"],
  },
  instanceTypes: {
    cloudformation: ["ComputeResources", "InstanceTypes"],
    terraform: ["compute_resources", "instance_type"],
  },
} as const satisfies Record<string, PropertyPath>;

const parameters: ParameterPaths = {
  instanceProfile: {
    cloudformation: ["ComputeResources", "InstanceRole"],
    terraform: ["compute_resources", "instance_role"],
  },
  keyPair: {
    cloudformation: ["ComputeResources", "Ec2KeyPair"],
    terraform: ["compute_resources", "ec2_key_pair"],
  },
  subnets: {
    cloudformation: ["ComputeResources", "Subnets"],
    terraform: ["compute_resources", "subnets"],
  },
};

const names = {
  overrides: { cloudformation: "Overrides", terraform: "override" },
  types: { cloudformation: "TargetInstanceTypes", terraform: "target_instance_types" },
} as const satisfies Record<string, PropertyName>;

/** Without a launch template, Batch makes one of its own, which nothing here can change. */
const ownTemplate = decidedBy("the launch template that Batch makes");

/**
 * AWS::Batch::ComputeEnvironment and aws_batch_compute_environment: no options of its own. One on
 * Fargate, or without compute resources, launches no instances. Overrides stand for the template on
 * some instance types.
 * https://docs.aws.amazon.com/batch/latest/userguide/launch-templates.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-batch-computeenvironment.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_compute_environment
 */
export const batchComputeEnvironment: LaunchResourceKind = {
  cloudformation: "AWS::Batch::ComputeEnvironment",
  terraform: "aws_batch_compute_environment",
  read(resource, context) {
    return readLaunches(resource, context, {
      kind: "batch-compute-environment",
      takes: [],
      parameters: readLaunchParameters(resource, context, parameters),
      defaults: () => ownTemplate,
      service: "Batch",
      ...listed(() => launchesOf(resource, context)),
    });
  },
};

function launchesOf(resource: Resource, { templates }: NormalizeContext): readonly Launch[] {
  const { value: written } = readProperty(resource, paths.type);
  const type = asText(written);
  const isFargate = type.state === "known" && type.value.toUpperCase().startsWith("FARGATE");
  if (isFargate || readProperty(resource, paths.resources).value.state === "unset") return [];
  const template = readProperty(resource, paths.launchTemplate);
  const use = (specification: Property) => () =>
    readLaunchTemplateUse(resource, specification, templates, longNames);
  const part = (of: Property, name: PropertyName) => readPart(resource, of, name);
  return [
    {
      // What may be on Fargate may launch nothing.
      template: () => use(template)() ?? useIfOpen(written),
      instanceTypes: () => typesInList(readProperty(resource, paths.instanceTypes)),
    },
    ...listOf(part(template, names.overrides)).map((override) => ({
      template: use(override),
      instanceTypes: () => typesInList(part(override, names.types)),
    })),
  ];
}
