import type { Resource } from "../resource.js";
import type { LaunchResourceKind } from "./launch-resource-kind.js";
import { readLaunchTemplateUse, type SpecificationNames } from "./launch-template-use.js";
import { listOf, readLaunches } from "./launches.js";
import {
  type Property,
  type PropertyName,
  type PropertyPath,
  readPart,
  readProperty,
} from "./read-property.js";

const distributions: PropertyPath = {
  cloudformation: ["Distributions"],
  terraform: ["distribution"],
};

const names = {
  fastLaunch: {
    cloudformation: "FastLaunchConfigurations",
    terraform: "fast_launch_configuration",
  },
  launchTemplate: { cloudformation: "LaunchTemplate", terraform: "launch_template" },
} as const satisfies Record<string, PropertyName>;

const templateNames: SpecificationNames = {
  id: { cloudformation: "LaunchTemplateId", terraform: "launch_template_id" },
  name: { cloudformation: "LaunchTemplateName", terraform: "launch_template_name" },
  version: { cloudformation: "LaunchTemplateVersion", terraform: "launch_template_version" },
};

/**
 * AWS::ImageBuilder::DistributionConfiguration and aws_imagebuilder_distribution_configuration: what it
 * launches is the Windows instances of fast launch, through the template that it names for that. What that
 * leaves out is the account's default, the image's or EC2's. A template in `LaunchTemplateConfigurations` gets
 * a version with the new image; nothing is launched.
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_FastLaunchConfiguration.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_distribution_configuration
 */
export const fastLaunch: LaunchResourceKind = {
  cloudformation: "AWS::ImageBuilder::DistributionConfiguration",
  terraform: "aws_imagebuilder_distribution_configuration",
  read(resource, context) {
    return readLaunches(resource, context, {
      kind: "fast-launch",
      takes: [],
      count: () => templatesOf(resource).length,
      launch: (index) => ({
        template: () => {
          const specification = templatesOf(resource)[index];
          return specification === undefined
            ? undefined
            : readLaunchTemplateUse(resource, specification, context.templates, templateNames);
        },
        instanceTypes: () => [],
      }),
    });
  },
};

/** The templates of those that name one. */
function templatesOf(resource: Resource): readonly Property[] {
  const part = (of: Property, name: PropertyName) => readPart(resource, of, name);
  return listOf(readProperty(resource, distributions))
    .flatMap((distribution) => listOf(part(distribution, names.fastLaunch)))
    .map((configuration) => part(configuration, names.launchTemplate))
    .filter(({ value }) => value.state !== "unset");
}
