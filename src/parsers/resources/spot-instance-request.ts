import { LaunchSpecification } from "../../model/launch-specification.js";
import { metadataOptionNames } from "../../model/metadata-options.js";
import { type LaunchResourceKind } from "./launch-resource-kind.js";
import { type ParameterPaths, readLaunchParameters, userDataPaths } from "./launch-parameters.js";
import { launchResourceOf } from "./launch-resource.js";
import { nothingSent } from "./options-sent.js";
import { readMetadataOptions } from "./read-metadata-options.js";
import { asText, readProperty } from "./read-property.js";

const parameters: ParameterPaths = {
  userData: userDataPaths,
  keyPair: { cloudformation: [], terraform: ["key_name"] },
  instanceProfile: { cloudformation: [], terraform: ["iam_instance_profile"] },
  subnets: { cloudformation: [], terraform: ["subnet_id"] },
};

/**
 * aws_spot_instance_request: shares the schema of aws_instance, but asks EC2 for the instance through
 * RequestSpotInstances, which takes neither metadata options nor a launch template: the account's default,
 * the image's or EC2's counts. CloudFormation has no such resource.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/spot_instance_request
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RequestSpotLaunchSpecification.html
 * https://github.com/hashicorp/terraform-provider-aws/issues/25896
 */
export const spotInstanceRequest: LaunchResourceKind = {
  terraform: "aws_spot_instance_request",
  read(resource, context) {
    const { images, accountDefaults, scenarios } = context;
    const property = (name: string) =>
      readProperty(resource, { cloudformation: [], terraform: [name] });
    const specification = new LaunchSpecification(
      {
        kind: "spot-instance-request",
        resource: launchResourceOf(resource),
        takes: metadataOptionNames,
        exists: () => resource.exists(),
        parameters: readLaunchParameters(resource, context, parameters),
        image: () => images.find(property("ami").value),
        accountDefaults: () => accountDefaults.of(resource),
        declared: () => {
          const declared = readMetadataOptions(property("metadata_options"), resource.type);
          return { ...declared, sending: { kind: "never" }, sent: nothingSent(declared.options) };
        },
        launchTemplate: () => undefined,
        instanceTypes: () => [asText(property("instance_type").value)],
      },
      scenarios,
    );
    return [specification];
  },
};
