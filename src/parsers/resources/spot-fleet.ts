import type { Resource } from "../resource.js";
import type { LaunchResourceKind, NormalizeContext } from "./launch-resource-kind.js";
import { readLaunchTemplateUse, type SpecificationNames } from "./launch-template-use.js";
import type { ParameterPaths } from "./launch-parameters.js";
import {
  imageOfOverride,
  type Launch,
  listed,
  listOf,
  nothingIn,
  parametersWithin,
  readLaunches,
  typesOfOverride,
  useIfOpen,
} from "./launches.js";
import { tagsAt, tagsForInstances } from "./tag-keys.js";
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
  image: { cloudformation: "ImageId", terraform: "ami" },
} as const satisfies Record<string, PropertyName>;

/** What a launch specification or an override has, by names within it. */
const parameters: ParameterPaths = {
  userData: [{ cloudformation: ["UserData"], terraform: ["user_data"] }],
  keyPair: { cloudformation: ["KeyName"], terraform: ["key_name"] },
  instanceProfile: {
    cloudformation: ["IamInstanceProfile"],
    terraform: ["iam_instance_profile"],
  },
  subnets: { cloudformation: ["SubnetId"], terraform: ["subnet_id"] },
  networkInterfaces: { cloudformation: ["NetworkInterfaces"], terraform: [] },
  tags: [
    tagsForInstances({
      cloudformation: ["TagSpecifications"],
      terraform: ["tag_specifications"],
    }),
    tagsAt({ cloudformation: ["Tags"], terraform: ["tags"] }),
  ],
};

const templateNames: SpecificationNames = {
  id: { cloudformation: "LaunchTemplateId", terraform: "id" },
  name: { cloudformation: "LaunchTemplateName", terraform: "name" },
  version: { cloudformation: "Version", terraform: "version" },
};

/**
 * AWS::EC2::SpotFleet and aws_spot_fleet_request: one launch specification for each of those written
 * there, which can have no metadata options, so that the account's default, the image's or EC2's counts,
 * and for each override of each template.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html#instance-metadata-options-order-of-precedence
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
      ...listed(resource, () => launchesOf(resource, context)),
      parametersOf: parametersWithin(resource, context, parameters),
    });
  },
};

function launchesOf(resource: Resource, context: NormalizeContext): readonly Launch[] {
  const { templates, images } = context;
  const specifications = listOf(readProperty(resource, paths.specifications));
  const configurations = listOf(readProperty(resource, paths.configurations));
  return [
    ...specifications.map((specification) => ({
      written: () => specification.value,
      template: () => useIfOpen(specification.value),
      instanceTypes: () => typesOfOverride(specification, resource),
      image: () => images.find(readPart(resource, specification, names.image).value),
    })),
    ...configurations.flatMap((configuration) => {
      const part = (name: PropertyName) => readPart(resource, configuration, name);
      const overrides = listOf(part(names.overrides));
      return (overrides.length === 0 ? [undefined] : overrides).map((override) => ({
        written: () => override?.value ?? nothingIn(resource),
        template: () =>
          readLaunchTemplateUse(resource, part(names.template), templates, templateNames),
        instanceTypes: () => typesOfOverride(override, resource),
        image: () => imageOfOverride(override, resource, context),
      }));
    }),
  ];
}
