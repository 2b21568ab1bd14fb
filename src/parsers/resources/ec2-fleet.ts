import type { MetadataOption } from "../../model/metadata-options.js";
import { spellingOf } from "../../model/metadata-options.js";
import type { Resource } from "../resource.js";
import { type ParameterPaths, readLaunchParameters } from "./launch-parameters.js";
import type { LaunchResourceKind, NormalizeContext } from "./launch-resource-kind.js";
import { longNames, missingTemplate, readLaunchTemplateUse } from "./launch-template-use.js";
import {
  imageOfOverride,
  type Launch,
  listed,
  listOf,
  nothingIn,
  parametersWithin,
  readLaunches,
  typesOfOverride,
} from "./launches.js";
import { readMetadataOptions } from "./read-metadata-options.js";
import { tagsForInstances } from "./tag-keys.js";
import {
  type Property,
  type PropertyName,
  namesFor,
  type PropertyPath,
  readPart,
  readProperty,
} from "./read-property.js";

const configurations: PropertyPath = {
  cloudformation: ["LaunchTemplateConfigs"],
  terraform: ["launch_template_config"],
};

const names = {
  template: {
    cloudformation: "LaunchTemplateSpecification",
    terraform: "launch_template_specification",
  },
  overrides: { cloudformation: "Overrides", terraform: "override" },
  options: { cloudformation: "MetadataOptions", terraform: "metadata_options" },
} as const satisfies Record<string, PropertyName>;

/** What an override has, by names within it. */
const ofOverrides: ParameterPaths = {
  keyPair: { cloudformation: ["KeyName"], terraform: [] },
  instanceProfile: { cloudformation: ["IamInstanceProfile"], terraform: [] },
  subnets: { cloudformation: ["SubnetId"], terraform: ["subnet_id"] },
};

/** A fleet tags the instances itself. */
const ofFleet: ParameterPaths = {
  tags: [
    tagsForInstances({
      cloudformation: ["TagSpecifications"],
      terraform: ["tag_specifications"],
    }),
  ],
};

/** CloudFormation's overrides have three of the options; Terraform's have none. */
const takenByOverrides: readonly MetadataOption[] = [
  "httpTokens",
  "httpEndpoint",
  "httpPutResponseHopLimit",
];

/**
 * AWS::EC2::EC2Fleet and aws_ec2_fleet: one launch specification for each override of each template. What
 * an override leaves out is the template's.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-ec2fleet.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ec2_fleet
 */
export const ec2Fleet: LaunchResourceKind = {
  cloudformation: "AWS::EC2::EC2Fleet",
  terraform: "aws_ec2_fleet",
  read(resource, context) {
    const launches = listed(resource, () => launchesOf(resource, context));
    return readLaunches(resource, context, {
      kind: "ec2-fleet",
      ...(spellingOf(resource.type) === "terraform"
        ? {}
        : { optionsArgument: namesFor(resource, configurations)[0] ?? "" }),
      takes: spellingOf(resource.type) === "terraform" ? [] : takenByOverrides,
      count: launches.count,
      parametersOf: (launch) => {
        const { tagKeys } = readLaunchParameters(resource, context, ofFleet);
        return { ...parametersWithin(resource, context, ofOverrides)(launch), tagKeys };
      },
      launch: (index) => ({
        ...launches.launch(index),
        declared: () => declaredBy(resource, overridesOf(resource)[index]?.override),
      }),
    });
  },
};

interface FleetOverride {
  readonly configuration: Property;
  readonly override: Property | undefined;
}

function overridesOf(resource: Resource): readonly FleetOverride[] {
  return listOf(readProperty(resource, configurations)).flatMap(
    (configuration): readonly FleetOverride[] => {
      const overrides = listOf(readPart(resource, configuration, names.overrides));
      return overrides.length === 0
        ? [{ configuration, override: undefined }]
        : overrides.map((override) => ({ configuration, override }));
    },
  );
}

function launchesOf(resource: Resource, context: NormalizeContext): readonly Launch[] {
  return overridesOf(resource).map(({ configuration, override }) => ({
    written: () => override?.value ?? nothingIn(resource),
    template: () => {
      const specification = readPart(resource, configuration, names.template);
      const use = readLaunchTemplateUse(resource, specification, context.templates, longNames);
      return use ?? missingTemplate(resource);
    },
    instanceTypes: () => typesOfOverride(override, resource),
    image: () => imageOfOverride(override, resource, context),
  }));
}

function declaredBy(resource: Resource, override: Property | undefined) {
  const absent = { value: nothingIn(resource), place: resource.location };
  const options = override === undefined ? absent : readPart(resource, override, names.options);
  return readMetadataOptions(options, resource.type, takenByOverrides);
}
