import type { Image } from "../../model/image.js";
import { undecided, type Value } from "../../values/value.js";
import { decidedBy } from "../../model/default-options.js";
import type { Resource } from "../resource.js";
import { type ParameterPaths, readLaunchParameters } from "./launch-parameters.js";
import type { LaunchResourceKind, NormalizeContext } from "./launch-resource-kind.js";
import { longNames, readLaunchTemplateUse } from "./launch-template-use.js";
import { type Launch, listed, listOf, readLaunches, typesInList, useIfOpen } from "./launches.js";
import { tagsAt } from "./tag-keys.js";
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
  managedInstances: {
    cloudformation: ["ComputeResources", "ManagedInstancesProvider"],
    terraform: ["compute_resources", "managed_instances_provider"],
  },
  image: {
    cloudformation: ["ComputeResources", "ImageId"],
    terraform: ["compute_resources", "image_id"],
  },
  configurations: {
    cloudformation: ["ComputeResources", "Ec2Configuration"],
    terraform: ["compute_resources", "ec2_configuration"],
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
  tags: [
    tagsAt({
      cloudformation: ["ComputeResources", "Tags"],
      terraform: ["compute_resources", "tags"],
    }),
  ],
};

const names = {
  overrides: { cloudformation: "Overrides", terraform: "override" },
  types: { cloudformation: "TargetInstanceTypes", terraform: "target_instance_types" },
  image: { cloudformation: "ImageIdOverride", terraform: "image_id_override" },
} as const satisfies Record<string, PropertyName>;

/** Without a launch template, Batch makes one of its own, which nothing here can change. */
const ownTemplate = decidedBy("the launch template that Batch makes");

/**
 * AWS::Batch::ComputeEnvironment and aws_batch_compute_environment: no options of its own. One on
 * Fargate, or without compute resources, launches no instances; instances that ECS manages have options
 * that nobody can set. Overrides stand for the template on some instance types. Images that are named
 * here count more than the template's.
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
      ...listed(resource, () => launchesOf(resource, context)),
    });
  },
};

function launchesOf(resource: Resource, context: NormalizeContext): readonly Launch[] {
  const { templates } = context;
  const { value: written } = readProperty(resource, paths.type);
  const type = asText(written);
  const isFargate = type.state === "known" && type.value.toUpperCase().startsWith("FARGATE");
  if (isFargate || readProperty(resource, paths.resources).value.state === "unset") return [];
  const template = readProperty(resource, paths.launchTemplate);
  const use = (specification: Property) => () =>
    readLaunchTemplateUse(resource, specification, templates, longNames);
  const part = (of: Property, name: PropertyName) => readPart(resource, of, name);
  const image = () => imageOf(resource, context);
  const isManaged = () => readProperty(resource, paths.managedInstances).value.state !== "unset";
  return [
    {
      // What may be on Fargate may launch nothing.
      template: () => use(template)() ?? useIfOpen(written),
      instanceTypes: () => typesInList(readProperty(resource, paths.instanceTypes)),
      image,
      isManaged,
    },
    ...listOf(part(template, names.overrides)).map((override) => ({
      template: use(override),
      instanceTypes: () => typesInList(part(override, names.types)),
      image,
    })),
  ];
}

/**
 * The one image that is named here, which is unset where none is, and unknown where several are for
 * several kinds of instances.
 * https://docs.aws.amazon.com/batch/latest/userguide/ami-selection-order.html
 */
function imageOf(resource: Resource, { images }: NormalizeContext): Value<Image> {
  const overrides = listOf(readProperty(resource, paths.configurations))
    .map((configuration) => readPart(resource, configuration, names.image).value)
    .filter(({ state }) => state !== "unset");
  const [first, ...others] = overrides;
  if (first === undefined) return images.find(readProperty(resource, paths.image).value);
  if (others.length === 0) return images.find(first);
  const expression = "which of the images an instance is launched from";
  return undecided({ kind: "decided-at-deployment", expression }, first.origin);
}
