import { type DeclaredOptions, LaunchSpecification } from "../../model/launch-specification.js";
import { metadataOptionNames, spellingOf } from "../../model/metadata-options.js";
import { seenFrom } from "../../values/evaluated.js";
import { known, undecided, type Value } from "../../values/value.js";
import type { Resource } from "../resource.js";
import { associationScripts } from "./association-scripts.js";
import { type LaunchResourceKind, type NormalizeContext } from "./launch-resource-kind.js";
import { type ParameterPaths, readLaunchParameters, userDataPaths } from "./launch-parameters.js";
import { launchResourceOf } from "./launch-resource.js";
import { readLaunchTemplateUse } from "./launch-template-use.js";
import { olderThan, rejectedWithoutEndpoint, sentForInstance } from "./options-sent.js";
import { readMetadataOptions } from "./read-metadata-options.js";
import { tagsAt } from "./tag-keys.js";
import { asText, namesFor, type PropertyPath, readProperty } from "./read-property.js";

const paths = {
  options: { cloudformation: ["MetadataOptions"], terraform: ["metadata_options"] },
  launchTemplate: { cloudformation: ["LaunchTemplate"], terraform: ["launch_template"] },
  instanceType: { cloudformation: ["InstanceType"], terraform: ["instance_type"] },
  image: { cloudformation: ["ImageId"], terraform: ["ami"] },
} as const satisfies Record<string, PropertyPath>;

const parameters: ParameterPaths = {
  userData: userDataPaths,
  keyPair: { cloudformation: ["KeyName"], terraform: ["key_name"] },
  instanceProfile: { cloudformation: ["IamInstanceProfile"], terraform: ["iam_instance_profile"] },
  subnets: { cloudformation: ["SubnetId"], terraform: ["subnet_id"] },
  networkInterfaces: { cloudformation: ["NetworkInterfaces"], terraform: [] },
  tags: [tagsAt({ cloudformation: ["Tags"], terraform: ["tags"] })],
};

/**
 * AWS::EC2::Instance and aws_instance. An option that is left out is the launch template's, else the
 * account's default, the image's or EC2's.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html#instance-metadata-options-order-of-precedence
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance
 */
export const instance: LaunchResourceKind = {
  cloudformation: "AWS::EC2::Instance",
  terraform: "aws_instance",
  read(resource, context) {
    const own = readLaunchParameters(resource, context, parameters);
    const specification = new LaunchSpecification(
      {
        kind: "instance",
        resource: launchResourceOf(resource),
        takes: metadataOptionNames,
        optionsPath: namesFor(resource, paths.options),
        exists: () => resource.exists(),
        parameters: {
          ...own,
          otherScripts: () => [...own.otherScripts(), ...associationScripts(resource, context)],
        },
        image: () => context.images.find(readProperty(resource, paths.image).value),
        accountDefaults: () => context.accountDefaults.of(resource),
        declared: () => readDeclared(resource, context),
        launchTemplate: () => readUse(resource, context),
        instanceTypes: () => readInstanceTypes(resource, context),
      },
      context.scenarios,
    );
    context.templates.addLauncher(specification);
    return [specification];
  },
};

function readUse(resource: Resource, { templates }: NormalizeContext) {
  return readLaunchTemplateUse(resource, readProperty(resource, paths.launchTemplate), templates);
}

/**
 * Before 5.0 the provider sends an empty endpoint where none is written, which EC2 rejects.
 * https://github.com/hashicorp/terraform-provider-aws/issues/16781
 * https://github.com/hashicorp/terraform-provider-aws/issues/25547
 */
function readDeclared(resource: Resource, { awsProvider }: NormalizeContext): DeclaredOptions {
  const declared = readMetadataOptions(readProperty(resource, paths.options), resource.type);
  const { options, place } = declared;
  if (spellingOf(resource.type) !== "terraform" || place === undefined) return declared;
  const rejecting = olderThan(awsProvider, 5, 0);
  if (rejecting === undefined || options.httpEndpoint.state !== "unset") {
    const sending = { kind: "beside-endpoint" } as const;
    return { ...declared, sending, sent: sentForInstance(options, place) };
  }
  const sending = { kind: "rejected-without-endpoint", until: rejecting } as const;
  return { ...declared, sending, sent: rejectedWithoutEndpoint(options, place) };
}

/**
 * The instance's own type, else its launch template's. Where neither says, EC2 takes m1.small;
 * Terraform rejects that instead.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
 */
function readInstanceTypes(
  resource: Resource,
  context: NormalizeContext,
): readonly Value<string>[] {
  const own = asText(readProperty(resource, paths.instanceType).value);
  if (own.state !== "unset") return [own];
  const use = readUse(resource, context);
  if (use?.template.state === "unknown") {
    return [undecided(use.template.reason, use.origin)];
  }
  const inherited =
    use?.template.state === "known" ? use.template.value.instanceTypes : ([own] as const);
  return inherited.map((type) => {
    if (type.state !== "unset") return use === undefined ? type : seenFrom(type, use.origin);
    if (resource.dialect === "terraform") return type;
    return known("m1.small", { location: resource.location, step: "service-default" });
  });
}
