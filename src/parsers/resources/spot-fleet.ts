import type { Resource } from "../resource.js";
import type { LaunchResourceKind, NormalizeContext } from "./launch-resource-kind.js";
import { readLaunchTemplateUse, type SpecificationNames } from "./launch-template-use.js";
import {
  type Launch,
  listed,
  listOf,
  readLaunches,
  typesOfOverride,
  useIfOpen,
} from "./launches.js";
import { type PropertyName, type PropertyPath, readPart, readProperty } from "./read-property.js";

const paths = {
  specifications: {
    cloudformation: ["SpotFleetRequestConfigData", "LaunchSpecifications"],
    terraform: ["launch_specification"],
  },
  configurations: {
    cloudformation: ["SpotFleetRequestConfigData", "LaunchTemplateConfigs"],
    terraform: ["launch_template_config"],
  },
} as const satisfies Record<string, PropertyPath>;

const names = {
  template: {
    cloudformation: "LaunchTemplateSpecification",
    terraform: "launch_template_specification",
  },
  overrides: { cloudformation: "Overrides", terraform: "overrides" },
} as const satisfies Record<string, PropertyName>;

const templateNames: SpecificationNames = {
  id: { cloudformation: "LaunchTemplateId", terraform: "id" },
  name: { cloudformation: "LaunchTemplateName", terraform: "name" },
  version: { cloudformation: "Version", terraform: "version" },
};

/**
 * AWS::EC2::SpotFleet and aws_spot_fleet_request: one launch specification for each of those written
 * there, which can have no metadata options, and for each override of each template.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SpotFleetLaunchSpecification.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-spotfleet.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/spot_fleet_request
 */
export const spotFleet: LaunchResourceKind = {
  cloudformation: "AWS::EC2::SpotFleet",
  terraform: "aws_spot_fleet_request",
  read(resource, context) {
    return readLaunches(resource, context, {
      kind: "spot-fleet",
      takes: [],
      ...listed(() => launchesOf(resource, context)),
    });
  },
};

function launchesOf(resource: Resource, { templates }: NormalizeContext): readonly Launch[] {
  const specifications = listOf(readProperty(resource, paths.specifications));
  const configurations = listOf(readProperty(resource, paths.configurations));
  return [
    ...specifications.map((specification) => ({
      template: () => useIfOpen(specification.value),
      instanceTypes: () => typesOfOverride(specification, resource),
    })),
    ...configurations.flatMap((configuration) => {
      const part = (name: PropertyName) => readPart(resource, configuration, name);
      const overrides = listOf(part(names.overrides));
      return (overrides.length === 0 ? [undefined] : overrides).map((override) => ({
        template: () =>
          readLaunchTemplateUse(resource, part(names.template), templates, templateNames),
        instanceTypes: () => typesOfOverride(override, resource),
      }));
    }),
  ];
}
