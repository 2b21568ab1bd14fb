import { optionalByService } from "../../model/default-options.js";
import type { LaunchKind } from "../../model/launch-specification.js";
import type { LaunchResourceKind } from "./launch-resource-kind.js";
import { readLaunches } from "./launches.js";
import { readSwitch, tokensWhenDisabled } from "./own-spelling.js";
import { nameFor, readProperty } from "./read-property.js";

const name = { cloudformation: "DisableIMDSV1", terraform: "disable_imds_v1" };

/**
 * AWS::AppStream::Fleet, whose instances run in AppStream's own account. Left out, IMDSv1 is answered.
 * The `aws` provider has no such argument, `awscc` has.
 * https://docs.aws.amazon.com/appstream2/latest/APIReference/API_CreateFleet.html
 */
export const appstreamFleet = appstreamResource("AWS::AppStream::Fleet", "appstream-fleet");

/**
 * AWS::AppStream::ImageBuilder, the same for the instance that an image is made on.
 * https://docs.aws.amazon.com/appstream2/latest/APIReference/API_CreateImageBuilder.html
 */
export const appstreamImageBuilder = appstreamResource(
  "AWS::AppStream::ImageBuilder",
  "appstream-image-builder",
);

function appstreamResource(cloudformation: string, kind: LaunchKind): LaunchResourceKind {
  return {
    cloudformation,
    read(resource, context) {
      const property = nameFor(resource, name);
      return readLaunches(resource, context, {
        kind,
        takes: ["httpTokens"],
        spelling: {
          httpTokens: { name: property, words: { optional: "false", required: "true" } },
        },
        defaults: () => optionalByService,
        service: "AppStream",
        place: resource.dialect === "terraform" ? "" : "under Properties",
        optionsPath: [],
        optionsArgument: property,
        count: () => 1,
        launch: () => ({
          template: () => undefined,
          instanceTypes: () => [],
          declared: () => {
            const path = { cloudformation: [name.cloudformation], terraform: [name.terraform] };
            const written = readProperty(resource, path);
            return readSwitch({ name: property, written, tokensFor: tokensWhenDisabled });
          },
        }),
      });
    },
  };
}
