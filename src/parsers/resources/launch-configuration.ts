import { LaunchSpecification } from "../../model/launch-specification.js";
import { type MetadataOption, spellingOf } from "../../model/metadata-options.js";
import { readCopiedInstance } from "./copied-instance.js";
import { type LaunchResourceKind } from "./launch-resource-kind.js";
import { type ParameterPaths, readLaunchParameters, userDataPaths } from "./launch-parameters.js";
import { launchResourceOf } from "./launch-resource.js";
import { sentBesideEndpoint } from "./options-sent.js";
import { readMetadataOptions } from "./read-metadata-options.js";
import { asText, namesFor, type PropertyPath, readProperty } from "./read-property.js";

const paths = {
  name: { cloudformation: ["LaunchConfigurationName"], terraform: ["name"] },
  options: { cloudformation: ["MetadataOptions"], terraform: ["metadata_options"] },
  instanceType: { cloudformation: ["InstanceType"], terraform: ["instance_type"] },
  image: { cloudformation: ["ImageId"], terraform: ["image_id"] },
} as const satisfies Record<string, PropertyPath>;

const parameters: ParameterPaths = {
  userData: userDataPaths,
  keyPair: { cloudformation: ["KeyName"], terraform: ["key_name"] },
  instanceProfile: { cloudformation: ["IamInstanceProfile"], terraform: ["iam_instance_profile"] },
};

/** Launch configurations know neither the IPv6 endpoint nor tags in metadata. */
const takes: readonly MetadataOption[] = ["httpTokens", "httpEndpoint", "httpPutResponseHopLimit"];

/**
 * AWS::AutoScaling::LaunchConfiguration and aws_launch_configuration. An option that is left out is the
 * account's default, the image's or EC2's. Terraform's provider sends nothing unless `http_endpoint` is
 * written as `enabled`.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html#instance-metadata-options-order-of-precedence
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-autoscaling-launchconfiguration-metadataoptions.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_configuration
 */
export const launchConfiguration: LaunchResourceKind = {
  cloudformation: "AWS::AutoScaling::LaunchConfiguration",
  terraform: "aws_launch_configuration",
  read(resource, context) {
    const { templates, images, accountDefaults, scenarios } = context;
    const specification = new LaunchSpecification(
      {
        kind: "launch-configuration",
        resource: launchResourceOf(resource),
        takes,
        optionsPath: namesFor(resource, paths.options),
        exists: () => resource.exists(),
        parameters: readLaunchParameters(resource, context, parameters),
        image: () => images.find(readProperty(resource, paths.image).value),
        accountDefaults: () => accountDefaults.of(resource),
        declared: () => {
          const declared = readMetadataOptions(
            readProperty(resource, paths.options),
            resource.type,
            takes,
          );
          if (spellingOf(resource.type) !== "terraform") return declared;
          const sending = { kind: "beside-endpoint" } as const;
          return { ...declared, sending, sent: sentBesideEndpoint(declared.options) };
        },
        launchTemplate: () => readCopiedInstance(resource),
        launchedBy: () => templates.launchersOf(resource.address),
        instanceTypes: () => [asText(readProperty(resource, paths.instanceType).value)],
      },
      scenarios,
    );
    templates.add({ specification, name: () => readProperty(resource, paths.name).value });
    return [specification];
  },
};
