import { optionalByService } from "../../model/default-options.js";
import type { LaunchResourceKind } from "./launch-resource-kind.js";
import { readLaunches } from "./launches.js";
import { readSwitch, tokensFromVersion } from "./own-spelling.js";
import { nameFor, namesFor, type PropertyPath, readProperty } from "./read-property.js";

const version: PropertyPath = {
  cloudformation: ["InstanceMetadataServiceConfiguration", "MinimumInstanceMetadataServiceVersion"],
  terraform: [
    "instance_metadata_service_configuration",
    "minimum_instance_metadata_service_version",
  ],
};

/**
 * AWS::SageMaker::NotebookInstance and aws_sagemaker_notebook_instance, which run in SageMaker's own
 * account. Left out, the version is 1.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InstanceMetadataServiceConfiguration.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_notebook_instance
 */
export const notebookInstance: LaunchResourceKind = {
  cloudformation: "AWS::SageMaker::NotebookInstance",
  terraform: "aws_sagemaker_notebook_instance",
  read(resource, context) {
    const name = nameFor(resource, {
      cloudformation: version.cloudformation[1] ?? "",
      terraform: version.terraform[1] ?? "",
    });
    return readLaunches(resource, context, {
      kind: "notebook-instance",
      takes: ["httpTokens"],
      spelling: { httpTokens: { name, words: { optional: '"1"', required: '"2"' } } },
      defaults: () => optionalByService,
      service: "SageMaker",
      place:
        resource.dialect === "terraform"
          ? "in an instance_metadata_service_configuration block"
          : "under InstanceMetadataServiceConfiguration",
      optionsPath: namesFor(resource, version).slice(0, -1),
      count: () => 1,
      launch: () => ({
        template: () => undefined,
        instanceTypes: () => [],
        declared: () => {
          const written = readProperty(resource, version);
          return readSwitch({ name, written, tokensFor: tokensFromVersion });
        },
      }),
    });
  },
};
