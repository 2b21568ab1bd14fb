import { allDecidedBy } from "../../model/default-options.js";
import { absent, type Presence } from "../../model/launch-parameters.js";
import type { Resource } from "../resource.js";
import {
  type LaunchResourceKind,
  type NormalizeContext,
  typesOfKind,
} from "./launch-resource-kind.js";
import { readLaunches } from "./launches.js";
import { type PropertyPath, readProperty } from "./read-property.js";

const paths = {
  group: {
    cloudformation: ["AutoScalingGroupProvider", "AutoScalingGroupArn"],
    terraform: ["auto_scaling_group_provider", "auto_scaling_group_arn"],
  },
  managedInstances: {
    cloudformation: ["ManagedInstancesProvider", "InstanceLaunchTemplate"],
    terraform: ["managed_instances_provider", "instance_launch_template"],
  },
} as const satisfies Record<string, PropertyPath>;

const types = {
  cloudformation: "AWS::ECS::CapacityProvider",
  terraform: "aws_ecs_capacity_provider",
};

/** What is called a launch template there is none of EC2, and has no option but for tags. */
const byService = allDecidedBy("what Amazon ECS sets for the instances that it manages");

/**
 * AWS::ECS::CapacityProvider and aws_ecs_capacity_provider. One with managed instances launches these
 * by itself, with options that nobody can set; one with an Auto Scaling group launches nothing, but says
 * that containers run on the group's instances.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_InstanceLaunchTemplate.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instances-security.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-capacityprovider.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_capacity_provider
 */
export const capacityProvider: LaunchResourceKind = {
  ...types,
  read: (resource, context) =>
    readLaunches(resource, context, {
      kind: "managed-instances",
      takes: [],
      defaults: () => byService,
      service: "Amazon ECS",
      count: () => (readProperty(resource, paths.managedInstances).value.state === "unset" ? 0 : 1),
      launch: () => ({
        template: () => undefined,
        instanceTypes: () => [],
        isManaged: () => true,
      }),
    }),
};

const spellings = typesOfKind(types);

/** Whether a capacity provider of the same deployment runs tasks on the instances of a group. */
export function tasksOn(
  group: Pick<Resource, "address" | "location">,
  { resources }: Pick<NormalizeContext, "resources">,
): Presence {
  const found = resources
    .filter((provider) => spellings.includes(provider.type) && provider.exists() !== "no")
    .map((provider) => ({ exists: provider.exists(), ...readProperty(provider, paths.group) }))
    .find(({ value }) => value.state === "unknown" && value.link?.address === group.address);
  const { location } = group;
  if (found === undefined) return absent({ location, step: "written" });
  return { isGiven: found.exists === "yes" ? "yes" : "unknown", origin: found.value.origin };
}
