import { metadataOptionNames } from "../../model/metadata-options.js";
import { type ParameterPaths, readLaunchParameters } from "./launch-parameters.js";
import type { LaunchResourceKind } from "./launch-resource-kind.js";
import { readLaunches } from "./launches.js";
import { readMetadataOptions } from "./read-metadata-options.js";
import { tagsForInstances } from "./tag-keys.js";
import { asText, namesFor, type PropertyPath, readProperty } from "./read-property.js";

const paths = {
  options: {
    cloudformation: ["ManagedInstance", "MetadataOptions"],
    terraform: ["managed_instance", "metadata_options"],
  },
  instanceType: {
    cloudformation: ["ManagedInstance", "InstanceType"],
    terraform: ["managed_instance", "instance_type"],
  },
  image: {
    cloudformation: ["ManagedInstance", "ImageId"],
    terraform: ["managed_instance", "image_id"],
  },
} as const satisfies Record<string, PropertyPath>;

const within = (cloudformation: string, terraform: string): PropertyPath => ({
  cloudformation: ["ManagedInstance", cloudformation],
  terraform: ["managed_instance", terraform],
});

const parameters: ParameterPaths = {
  userData: [within("UserData", "user_data")],
  keyPair: within("KeyName", "key_name"),
  instanceProfile: within("IamInstanceProfile", "iam_instance_profile"),
  subnets: within("SubnetId", "subnet_id"),
  networkInterfaces: within("NetworkInterfaces", "network_interfaces"),
  tags: [tagsForInstances(within("TagSpecifications", "tag_specifications"))],
};

/**
 * AWS::WorkspacesInstances::WorkspaceInstance: an instance in the shape of RunInstances, with EC2's
 * defaults. Terraform has it in `awscc` alone.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-workspacesinstances-workspaceinstance.html
 */
export const workspaceInstance: LaunchResourceKind = {
  cloudformation: "AWS::WorkspacesInstances::WorkspaceInstance",
  read(resource, context) {
    return readLaunches(resource, context, {
      kind: "workspace-instance",
      takes: metadataOptionNames,
      place:
        resource.dialect === "terraform"
          ? "in managed_instance.metadata_options"
          : "under ManagedInstance.MetadataOptions",
      optionsPath: namesFor(resource, paths.options),
      parameters: readLaunchParameters(resource, context, parameters),
      count: () => 1,
      launch: () => ({
        template: () => undefined,
        instanceTypes: () => [asText(readProperty(resource, paths.instanceType).value)],
        image: () => context.images.find(readProperty(resource, paths.image).value),
        declared: () => readMetadataOptions(readProperty(resource, paths.options), resource.type),
      }),
    });
  },
};
