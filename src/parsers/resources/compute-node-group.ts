import { type ParameterPaths, readLaunchParameters } from "./launch-parameters.js";
import type { LaunchResourceKind } from "./launch-resource-kind.js";
import {
  missingTemplate,
  readLaunchTemplateUse,
  type SpecificationNames,
} from "./launch-template-use.js";
import { listOf, readLaunches, typesOfOverride } from "./launches.js";
import { type PropertyPath, readProperty } from "./read-property.js";

const paths = {
  launchTemplate: {
    cloudformation: ["CustomLaunchTemplate"],
    terraform: ["custom_launch_template"],
  },
  configurations: { cloudformation: ["InstanceConfigs"], terraform: ["instance_configs"] },
  image: { cloudformation: ["AmiId"], terraform: ["ami_id"] },
} as const satisfies Record<string, PropertyPath>;

const parameters: ParameterPaths = {
  instanceProfile: {
    cloudformation: ["IamInstanceProfileArn"],
    terraform: ["iam_instance_profile_arn"],
  },
  subnets: { cloudformation: ["SubnetIds"], terraform: ["subnet_ids"] },
};

const names: SpecificationNames = {
  id: { cloudformation: "TemplateId", terraform: "template_id" },
  name: { cloudformation: "TemplateName", terraform: "template_name" },
  version: { cloudformation: "Version", terraform: "version" },
};

/**
 * AWS::PCS::ComputeNodeGroup: always through a launch template. What that leaves out is the account's
 * default, the image's or EC2's. Terraform has it in `awscc` alone.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-pcs-computenodegroup.html
 */
export const computeNodeGroup: LaunchResourceKind = {
  cloudformation: "AWS::PCS::ComputeNodeGroup",
  read(resource, context) {
    const configurations = () => listOf(readProperty(resource, paths.configurations));
    return readLaunches(resource, context, {
      kind: "compute-node-group",
      takes: [],
      parameters: readLaunchParameters(resource, context, parameters),
      count: () => 1,
      launch: () => ({
        template: () => {
          const specification = readProperty(resource, paths.launchTemplate);
          const use = readLaunchTemplateUse(resource, specification, context.templates, names);
          return use ?? missingTemplate(resource);
        },
        instanceTypes: () =>
          configurations().flatMap((configuration) => typesOfOverride(configuration, resource)),
        image: () => context.images.find(readProperty(resource, paths.image).value),
      }),
    });
  },
};
