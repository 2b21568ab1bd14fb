import { optionalByService } from "../../model/default-options.js";
import type { MetadataOption } from "../../model/metadata-options.js";
import { absent, type Presence } from "../../model/launch-parameters.js";
import type { Resource } from "../resource.js";
import { standsFor } from "./image-builder-arn.js";
import {
  type LaunchResourceKind,
  type NormalizeContext,
  typesOfKind,
} from "./launch-resource-kind.js";
import { recipeScripts } from "./image-recipes.js";
import { readLaunchParameters } from "./launch-parameters.js";
import { readLaunches, typesInList } from "./launches.js";
import { readMetadataOptions } from "./read-metadata-options.js";
import { presenceOf } from "./presence.js";
import { namesFor, type PropertyPath, readProperty } from "./read-property.js";

const paths = {
  options: {
    cloudformation: ["InstanceMetadataOptions"],
    terraform: ["instance_metadata_options"],
  },
  instanceTypes: { cloudformation: ["InstanceTypes"], terraform: ["instance_types"] },
} as const satisfies Record<string, PropertyPath>;

const takes: readonly MetadataOption[] = ["httpTokens", "httpPutResponseHopLimit"];

/**
 * AWS::ImageBuilder::InfrastructureConfiguration and aws_imagebuilder_infrastructure_configuration: the
 * instances that images are built and tested on. Left out, tokens are optional and the hop limit is 1.
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_InstanceMetadataOptions.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_infrastructure_configuration
 */
export const imageBuilderInfrastructure: LaunchResourceKind = {
  cloudformation: "AWS::ImageBuilder::InfrastructureConfiguration",
  terraform: "aws_imagebuilder_infrastructure_configuration",
  read(resource, context) {
    const isTerraform = resource.dialect === "terraform";
    return readLaunches(resource, context, {
      kind: "image-builder-infrastructure",
      takes,
      defaults: () => optionalByService,
      service: "EC2 Image Builder",
      place: isTerraform
        ? "in an instance_metadata_options block"
        : "under InstanceMetadataOptions",
      optionsPath: namesFor(resource, paths.options),
      buildsContainers: () => buildsContainers(resource, context),
      parameters: {
        ...readLaunchParameters(resource, context, {}),
        otherScripts: () => recipeScripts(buildsOn(resource, context), context),
      },
      count: () => 1,
      launch: () => ({
        template: () => undefined,
        instanceTypes: () => typesInList(readProperty(resource, paths.instanceTypes)),
        declared: () =>
          readMetadataOptions(readProperty(resource, paths.options), resource.type, takes),
      }),
    });
  },
};

const imagePaths = {
  infrastructure: {
    cloudformation: ["InfrastructureConfigurationArn"],
    terraform: ["infrastructure_configuration_arn"],
  },
  containerRecipe: {
    cloudformation: ["ContainerRecipeArn"],
    terraform: ["container_recipe_arn"],
  },
} as const satisfies Record<string, PropertyPath>;

/** The types of resources that build images, and say on which infrastructure. */
export const imageBuildTypes: readonly string[] = [
  ["AWS::ImageBuilder::Image", "aws_imagebuilder_image"],
  ["AWS::ImageBuilder::ImagePipeline", "aws_imagebuilder_image_pipeline"],
].flatMap(([cloudformation = "", terraform = ""]) => typesOfKind({ cloudformation, terraform }));

/** Whether a container recipe is built there, by an image or a pipeline of the same deployment. */
function buildsContainers(
  resource: Resource,
  context: Pick<NormalizeContext, "imageBuilds">,
): Presence {
  const recipes = buildsOn(resource, context).map((build) =>
    presenceOf(readProperty(build, imagePaths.containerRecipe)),
  );
  return (
    recipes.find(({ isGiven }) => isGiven === "yes") ??
    recipes.find(({ isGiven }) => isGiven === "unknown") ??
    absent({ location: resource.location, step: "written" })
  );
}

/** The images and pipelines of the same deployment that build there. */
function buildsOn(
  resource: Resource,
  { imageBuilds }: Pick<NormalizeContext, "imageBuilds">,
): readonly Resource[] {
  return imageBuilds.filter((build) => {
    const { value } = readProperty(build, imagePaths.infrastructure);
    return build.exists() !== "no" && standsFor(value, "infrastructure-configuration", resource);
  });
}
