import { decidedBy } from "../../model/default-options.js";
import { type ParameterPaths, readLaunchParameters } from "./launch-parameters.js";
import type { LaunchResourceKind } from "./launch-resource-kind.js";
import { readLaunchTemplateUse, shortNames } from "./launch-template-use.js";
import { readLaunches, typesInList } from "./launches.js";
import { type PropertyPath, readProperty } from "./read-property.js";

const paths = {
  launchTemplate: { cloudformation: ["LaunchTemplate"], terraform: ["launch_template"] },
  instanceTypes: { cloudformation: ["InstanceTypes"], terraform: ["instance_types"] },
} as const satisfies Record<string, PropertyPath>;

const parameters: ParameterPaths = {
  subnets: { cloudformation: ["Subnets"], terraform: ["subnet_ids"] },
};

/** Without a launch template, EKS makes one of its own, which nothing here can change. */
const ownTemplate = decidedBy("the launch template that EKS makes");

/**
 * AWS::EKS::Nodegroup and aws_eks_node_group: no options of its own. Of a launch template that is named EKS
 * makes one of its own, without tags in metadata, since it tags nodes with keys that may not be there.
 * https://github.com/terraform-aws-modules/terraform-aws-eks/issues/1977
 * https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3046
 * https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-nodegroup.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_node_group
 */
export const eksNodeGroup: LaunchResourceKind = {
  cloudformation: "AWS::EKS::Nodegroup",
  terraform: "aws_eks_node_group",
  read(resource, context) {
    return readLaunches(resource, context, {
      kind: "eks-node-group",
      takes: [],
      parameters: readLaunchParameters(resource, context, parameters),
      defaults: () => ownTemplate,
      service: "EKS",
      leavesOut: ["instanceMetadataTags"],
      count: () => 1,
      launch: () => ({
        template: () => {
          const specification = readProperty(resource, paths.launchTemplate);
          return readLaunchTemplateUse(resource, specification, context.templates, shortNames);
        },
        instanceTypes: () => typesInList(readProperty(resource, paths.instanceTypes)),
      }),
    });
  },
};
