import type { Script } from "../../model/script.js";
import type { Resource } from "../resource.js";
import { type ImageBuilderKind, standsFor } from "./image-builder-arn.js";
import { type NormalizeContext, typesOfKind } from "./launch-resource-kind.js";
import { itemsOf, type PropertyPath, readPart, readProperty } from "./read-property.js";
import { scriptsIn } from "./script.js";

const paths = {
  recipe: { cloudformation: ["ImageRecipeArn"], terraform: ["image_recipe_arn"] },
  components: { cloudformation: ["Components"], terraform: ["component"] },
  data: { cloudformation: ["Data"], terraform: ["data"] },
} as const satisfies Record<string, PropertyPath>;

const componentArn = { cloudformation: "ComponentArn", terraform: "component_arn" };

const userData: PropertyPath = {
  cloudformation: ["AdditionalInstanceConfiguration", "UserDataOverride"],
  terraform: ["user_data_base64"],
};

/** The types of resources that say what runs on the instances that images are built on. */
export const imageRecipeTypes: readonly string[] = [
  ["AWS::ImageBuilder::ImageRecipe", "aws_imagebuilder_image_recipe"],
  ["AWS::ImageBuilder::Component", "aws_imagebuilder_component"],
].flatMap(([cloudformation = "", terraform = ""]) => typesOfKind({ cloudformation, terraform }));

/**
 * What runs on the instances on which images are built by these images and pipelines: the user data of
 * their recipes and the documents of the components, as far as they are of the same deployment.
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_AdditionalInstanceConfiguration.html
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-use-documents.html
 */
export function recipeScripts(
  builds: readonly Resource[],
  { resources, sourceOf }: Pick<NormalizeContext, "resources" | "sourceOf">,
): readonly Script[] {
  const found = ({ value }: ReturnType<typeof readProperty>, kind: ImageBuilderKind) =>
    resources.filter(
      (resource) => imageRecipeTypes.includes(resource.type) && standsFor(value, kind, resource),
    );
  const recipes = new Set(
    builds.flatMap((build) => found(readProperty(build, paths.recipe), "image-recipe")),
  );
  return [...recipes].flatMap((recipe) => {
    const { value, place } = readProperty(recipe, paths.components);
    const components = itemsOf(value).flatMap((item) =>
      found(readPart(recipe, { value: item, place }, componentArn), "component"),
    );
    return [
      ...scriptsIn(readProperty(recipe, userData).value, "user data", sourceOf),
      ...components.flatMap((component) =>
        scriptsIn(readProperty(component, paths.data).value, "build component", sourceOf),
      ),
    ];
  });
}
