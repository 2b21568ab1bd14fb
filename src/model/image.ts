import type { Ternary } from "../values/ternary.js";
import type { Value } from "../values/value.js";
import type { LaunchResource } from "./launch-resource.js";

/**
 * An image that instances are launched from. One registered with IMDS support v2.0 makes tokens
 * required and two hops the default of its instances.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html#configure-IMDS-new-instances-ami-configuration
 */
export interface Image {
  readonly resource: LaunchResource;
  readonly exists: () => Ternary;
  /** `v2.0`, or unset. */
  readonly imdsSupport: () => Value<string>;
  /** Whether it takes that over from another image, instead of saying it. */
  readonly isCopy: boolean;
  /** Who says what it supports, where no file here does: `imdslint.config.yaml`. */
  readonly assumedBy?: string;
}
