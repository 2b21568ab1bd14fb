import { type ParameterPaths, readLaunchParameters } from "./launch-parameters.js";
import type { LaunchResourceKind } from "./launch-resource-kind.js";
import { missingTemplate, readLaunchTemplateUse } from "./launch-template-use.js";
import { listOf, readLaunches, typesOfOverride } from "./launches.js";
import { type PropertyPath, readProperty } from "./read-property.js";

const paths = {
  launchTemplate: { cloudformation: ["LaunchTemplate"], terraform: ["launch_template"] },
  definitions: { cloudformation: ["InstanceDefinitions"], terraform: ["instance_definition"] },
} as const satisfies Record<string, PropertyPath>;

const parameters: ParameterPaths = {
  subnets: { cloudformation: ["VpcSubnets"], terraform: ["vpc_subnets"] },
};

/**
 * AWS::GameLift::GameServerGroup and aws_gamelift_game_server_group: always through a launch template. What
 * that leaves out is the account's default, the image's or EC2's.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-gamelift-gameservergroup.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/gamelift_game_server_group
 */
export const gameServerGroup: LaunchResourceKind = {
  cloudformation: "AWS::GameLift::GameServerGroup",
  terraform: "aws_gamelift_game_server_group",
  read(resource, context) {
    const definitions = () => listOf(readProperty(resource, paths.definitions));
    return readLaunches(resource, context, {
      kind: "game-server-group",
      takes: [],
      parameters: readLaunchParameters(resource, context, parameters),
      count: () => 1,
      launch: () => ({
        template: () => {
          const specification = readProperty(resource, paths.launchTemplate);
          const use = readLaunchTemplateUse(resource, specification, context.templates);
          return use ?? missingTemplate(resource);
        },
        instanceTypes: () =>
          definitions().flatMap((definition) => typesOfOverride(definition, resource)),
      }),
    });
  },
};
