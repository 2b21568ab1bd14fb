import { seenFrom } from "../values/evaluated.js";
import type { Origin, OriginStep } from "../values/origin.js";
import { known, type Value } from "../values/value.js";
import type { AccountDefaults } from "./account-defaults.js";
import type { Image } from "./image.js";
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
const ec2Defaults: DefaultOptions = {
  httpTokens: certain("optional"),
  httpEndpoint: certain("enabled"),
  httpPutResponseHopLimit: decides("the image's IMDS support", [1, 2]),
  httpProtocolIpv6: certain("disabled"),
  instanceMetadataTags: certain("disabled"),
};

/** What else can say what an option is that nobody sets. */
export interface DefaultSources {
  /** The defaults of the account and Region that the launch is in; undefined where the tree has none. */
  readonly account?: AccountDefaults | undefined;
  /** Unset where no image is named, unknown where it is not in the tree. */
  readonly image: Value<Image>;
}

/**
 * What EC2 does, in the documented order: the account's default, then the image, then the service's.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html#instance-metadata-options-order-of-precedence
 */
export function defaultsBy({ account, image }: DefaultSources): DefaultOptions {
  if (account === undefined && image.state !== "known") return ec2Defaults;
  const byAccount =
    <T>(read: (options: MetadataOptions) => Value<T>, otherwise: (place: Origin) => Value<T>) =>
    (place: Origin): Value<T> => {
      const value = account === undefined ? undefined : read(account.options);
      if (value === undefined || value.state === "unset") return otherwise(place);
      if (account?.assumedBy !== undefined && value.state === "known") {
        const given = { text: String(value.value), by: account.assumedBy };
        return known(value.value, { ...at(place, "account-default"), given });
      }
      return seenFrom(value, at(place, "account-default"));
    };
  return {
    httpTokens: byAccount((options) => options.httpTokens, byImage(image, "required", "optional")),
    httpEndpoint: byAccount((options) => options.httpEndpoint, ec2Defaults.httpEndpoint),
    httpPutResponseHopLimit: byAccount(
      (options) => options.httpPutResponseHopLimit,
      image.state === "known" ? byImage(image, 2, 1) : ec2Defaults.httpPutResponseHopLimit,
    ),
    httpProtocolIpv6: ec2Defaults.httpProtocolIpv6,
    instanceMetadataTags: byAccount(
      (options) => options.instanceMetadataTags,
      ec2Defaults.instanceMetadataTags,
    ),
  };
}

/** What an image with IMDS support v2.0 brings, else what EC2 does. */
function byImage<T>(image: Value<Image>, supported: T, otherwise: T): (place: Origin) => Value<T> {
  return (place) => {
    const support = image.state === "known" ? image.value.imdsSupport() : undefined;
    if (support === undefined || support.state === "unset") return known(otherwise, place);
    const by = image.state === "known" ? image.value.assumedBy : undefined;
    const origin: Origin = {
      ...at(place, "image"),
      ...(by === undefined ? { from: support.origin } : { given: { text: "v2.0", by } }),
    };
    if (support.state === "unknown") {
      return { state: "unknown", reason: support.reason, possible: [otherwise, supported], origin };
    }
    return support.value === "v2.0" ? known(supported, origin) : known(otherwise, place);
  };
}

function at({ location, name }: Origin, step: OriginStep): Origin {
  return { location, step, ...(name === undefined ? {} : { name }) };
}

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

/** The same of instances of which nothing else is known either. */
export function allDecidedBy(what: string): DefaultOptions {
  return {
    ...decidedBy(what),
    httpEndpoint: decides(what),
    httpProtocolIpv6: decides(what),
    instanceMetadataTags: decides(what),
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
