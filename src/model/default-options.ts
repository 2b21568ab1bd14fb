import type { Origin } from "../values/origin.js";
import { known, type Value } from "../values/value.js";
import type { MetadataOptions } from "./metadata-options.js";

/** What each option is that nobody sets, given the place where it would be written. */
export type DefaultOptions = {
  readonly [Option in keyof MetadataOptions]: (place: Origin) => MetadataOptions[Option];
};

/**
 * What EC2 does when it is told nothing, and neither the account nor the image says otherwise. The hop
 * limit is 2 for images with imds-support v2.0, else 1.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html#instance-metadata-options-order-of-precedence
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
 */
export const ec2Defaults: DefaultOptions = {
  httpTokens: certain("optional"),
  httpEndpoint: certain("enabled"),
  httpPutResponseHopLimit: decides("the image's IMDS support", [1, 2]),
  httpProtocolIpv6: certain("disabled"),
  instanceMetadataTags: certain("disabled"),
};

/** What another service does when it is told nothing: `optional` tokens and one hop. */
export const optionalByService: DefaultOptions = {
  ...ec2Defaults,
  httpPutResponseHopLimit: certain(1),
};

/** What only the service knows that launches the instances; `what` decides, as a noun. */
export function decidedBy(what: string): DefaultOptions {
  return {
    httpTokens: decides(what),
    httpEndpoint: certain("enabled"),
    httpPutResponseHopLimit: decides(what),
    httpProtocolIpv6: certain("disabled"),
    instanceMetadataTags: certain("disabled"),
  };
}

function certain<T>(value: T): (place: Origin) => Value<T> {
  return (place) => known(value, place);
}

function decides<T>(what: string, possible?: readonly T[]): (place: Origin) => Value<T> {
  const reason = { kind: "decided-at-deployment", expression: what } as const;
  return (origin) => ({
    state: "unknown",
    reason,
    origin,
    ...(possible === undefined ? {} : { possible }),
  });
}
