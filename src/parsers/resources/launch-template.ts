import {
  type DeclaredOptions,
  type DefaultVersion,
  LaunchSpecification,
} from "../../model/launch-specification.js";
import { metadataOptionNames, spellingOf } from "../../model/metadata-options.js";
import { equals, type Ternary } from "../../values/ternary.js";
import type { Value } from "../../values/value.js";
import type { AwsProvider, Resource } from "../resource.js";
import { typeByRequirements } from "./instance-requirements.js";
import { type LaunchResourceKind } from "./launch-resource-kind.js";
import { launchResourceOf } from "./launch-resource.js";
import { olderThan, rejectedWithoutEndpoint, sentBesideEndpoint } from "./options-sent.js";
import { readMetadataOptions } from "./read-metadata-options.js";
import { asText, namesFor, type PropertyPath, readProperty } from "./read-property.js";

const paths = {
  name: { cloudformation: ["LaunchTemplateName"], terraform: ["name"] },
  options: {
    cloudformation: ["LaunchTemplateData", "MetadataOptions"],
    terraform: ["metadata_options"],
  },
  instanceType: {
    cloudformation: ["LaunchTemplateData", "InstanceType"],
    terraform: ["instance_type"],
  },
  instanceRequirements: {
    cloudformation: ["LaunchTemplateData", "InstanceRequirements"],
    terraform: ["instance_requirements"],
  },
  image: { cloudformation: ["LaunchTemplateData", "ImageId"], terraform: ["image_id"] },
} as const satisfies Record<string, PropertyPath>;

/**
 * AWS::EC2::LaunchTemplate and aws_launch_template. An option that is left out stays open until the
 * launch, where EC2's own default applies.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-launchtemplate-metadataoptions.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template
 */
export const launchTemplate: LaunchResourceKind = {
  cloudformation: "AWS::EC2::LaunchTemplate",
  terraform: "aws_launch_template",
  read(resource, { templates, images, accountDefaults, awsProvider, scenarios }) {
    const specification = new LaunchSpecification(
      {
        kind: "launch-template",
        resource: launchResourceOf(resource),
        takes: metadataOptionNames,
        optionsPath: namesFor(resource, paths.options),
        exists: () => resource.exists(),
        image: () => images.find(readProperty(resource, paths.image).value),
        accountDefaults: () => accountDefaults.of(resource),
        declared: () => readDeclared(resource, awsProvider),
        launchTemplate: () => undefined,
        launchedBy: () => templates.launchersOf(resource.address),
        instanceTypes: () => [readInstanceType(resource)],
        defaultVersion: () => readDefaultVersion(resource),
      },
      scenarios,
    );
    templates.add({
      specification,
      name: () => readProperty(resource, paths.name).value,
      ...(resource.isFound === true
        ? { isVersion: (version: Value<string>) => isLatest(version, resource) }
        : {}),
    });
    return [specification];
  },
};

/**
 * Terraform's provider has sent each option by itself since 4.61; before, most of them only beside an
 * endpoint that is written as `enabled`, and before 4.0 an empty endpoint where none is written, which
 * EC2 rejects.
 * https://github.com/hashicorp/terraform-provider-aws/issues/23174
 * https://github.com/hashicorp/terraform-provider-aws/issues/25909
 * https://github.com/hashicorp/terraform-provider-aws/pull/30107
 */
function readDeclared(resource: Resource, awsProvider: AwsProvider | undefined): DeclaredOptions {
  const declared = readMetadataOptions(readProperty(resource, paths.options), resource.type);
  const until = olderThan(awsProvider, 4, 61);
  if (spellingOf(resource.type) !== "terraform" || until === undefined) return declared;
  const { options, place } = declared;
  const rejecting = olderThan(awsProvider, 4, 0, until.fixedIn);
  if (rejecting !== undefined && place !== undefined && options.httpEndpoint.state === "unset") {
    const sending = { kind: "rejected-without-endpoint", until: rejecting } as const;
    return { ...declared, sending, sent: rejectedWithoutEndpoint(options, place) };
  }
  const sent = sentBesideEndpoint(options, { httpProtocolIpv6: () => options.httpProtocolIpv6 });
  return { ...declared, sending: { kind: "beside-endpoint", until }, sent };
}

function readInstanceType(resource: Resource): Value<string> {
  const requirements = readProperty(resource, paths.instanceRequirements);
  if (requirements.value.state !== "unset")
    return typeByRequirements(requirements, resource.dialect);
  return asText(readProperty(resource, paths.instanceType).value);
}

/**
 * A template's default version is its first one until somebody moves it; only Terraform can say so.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template#update_default_version
 */
function readDefaultVersion(resource: Resource): DefaultVersion {
  if (spellingOf(resource.type) !== "terraform") return "may-lag";
  const path = { cloudformation: [], terraform: ["update_default_version"] };
  switch (equals(asText(readProperty(resource, path).value), "true")) {
    case "yes":
      return "newest";
    case "no":
      return "may-lag";
    case "unknown":
      return "unknown";
  }
}

/**
 * Whether a version is the newest one of a launch template that a data source found, which is the one
 * that it tells of.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/launch_template
 */
function isLatest(version: Value<string>, template: Resource): Ternary {
  const numberOf = (attribute: string) => {
    const path = { cloudformation: [], terraform: [attribute] };
    return asText(readProperty(template, path).value);
  };
  const latest = numberOf("latest_version");
  if (version.state === "unknown" || latest.state !== "known") return "unknown";
  const named = version.state === "unset" ? "$Default" : version.value;
  if (named === "$Latest") return "yes";
  return equals(named === "$Default" ? numberOf("default_version") : version, latest.value);
}
