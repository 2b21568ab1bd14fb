import type { MetadataOption } from "../../model/metadata-options.js";
import { spellingOf } from "../../model/metadata-options.js";
import type { Resource } from "../resource.js";
import type { LaunchResourceKind, NormalizeContext } from "./launch-resource-kind.js";
import { longNames, readLaunchTemplateUse } from "./launch-template-use.js";
import { type Launch, listed, listOf, readLaunches, typesOfOverride } from "./launches.js";
import { readMetadataOptions } from "./read-metadata-options.js";
import {
  type Property,
  type PropertyName,
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
    const launches = listed(() => launchesOf(resource, context));
    return readLaunches(resource, context, {
      kind: "ec2-fleet",
      takes: spellingOf(resource.type) === "terraform" ? [] : takenByOverrides,
      count: launches.count,
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

function launchesOf(resource: Resource, { templates }: NormalizeContext): readonly Launch[] {
  return overridesOf(resource).map(({ configuration, override }) => ({
    template: () => {
      const specification = readPart(resource, configuration, names.template);
      return readLaunchTemplateUse(resource, specification, templates, longNames);
    },
    instanceTypes: () => typesOfOverride(override, resource),
  }));
}

function declaredBy(resource: Resource, override: Property | undefined) {
  const place = resource.location;
  const nothing = {
    value: { state: "unset", origin: { location: place, step: "written" } },
    place,
  } as const;
  const options = override === undefined ? nothing : readPart(resource, override, names.options);
  return readMetadataOptions(options, resource.type, takenByOverrides);
}
