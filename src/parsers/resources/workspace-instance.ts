import { metadataOptionNames } from "../../model/metadata-options.js";
import type { LaunchResourceKind } from "./launch-resource-kind.js";
import { readLaunches } from "./launches.js";
import { readMetadataOptions } from "./read-metadata-options.js";
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
} as const satisfies Record<string, PropertyPath>;

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
      count: () => 1,
      launch: () => ({
        template: () => undefined,
        instanceTypes: () => [asText(readProperty(resource, paths.instanceType).value)],
        declared: () => readMetadataOptions(readProperty(resource, paths.options), resource.type),
      }),
    });
  },
};
