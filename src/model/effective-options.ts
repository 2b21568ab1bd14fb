import { seenFrom } from "../values/evaluated.js";
import type { Origin } from "../values/origin.js";
import { known, type Value } from "../values/value.js";
import { lazyOptions, type MetadataOptions } from "./metadata-options.js";

/** Where a launch template is named, and what it gives. */
interface Inheritance {
  readonly origin: Origin;
  readonly template: Value<{ readonly effective: MetadataOptions }>;
}

/**
 * What instances get, option by option: the launch's own options, then its launch template's, then
 * what EC2 does when it is told nothing. Options are computed when read, and never unset.
 * `release` is of which module that is not installed the launch is a part.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html#instance-metadata-options-order-of-precedence
 */
export function effectiveOptions(
  sent: MetadataOptions,
  from: Inheritance | undefined,
  release?: string,
): MetadataOptions {
  const or = <T>(
    read: (options: MetadataOptions) => Value<T>,
    serviceDefault: (place: Origin) => Value<T>,
  ) => inherit(read(sent), from, read, serviceDefault, release);
  return lazyOptions({
    httpTokens: () => or((options) => options.httpTokens, certain("optional")),
    httpEndpoint: () => or((options) => options.httpEndpoint, certain("enabled")),
    httpPutResponseHopLimit: () =>
      or((options) => options.httpPutResponseHopLimit, imageDecides([1, 2])),
    httpProtocolIpv6: () => or((options) => options.httpProtocolIpv6, certain("disabled")),
    instanceMetadataTags: () => or((options) => options.instanceMetadataTags, certain("disabled")),
  });
}

function inherit<T>(
  own: Value<T>,
  from: Inheritance | undefined,
  read: (options: MetadataOptions) => Value<T>,
  serviceDefault: (place: Origin) => Value<T>,
  release: string | undefined,
): Value<T> {
  if (own.state !== "unset") return own;
  if (from !== undefined && from.template.state === "known") {
    return seenFrom(read(from.template.value.effective), from.origin);
  }
  if (from !== undefined && from.template.state === "unknown") {
    const { reason, origin } = from.template;
    return { state: "unknown", reason, origin };
  }
  // An option that is written but not sent is shown as such, where it is written.
  const { origin } = own;
  if (origin.step === "not-sent") return serviceDefault(origin);
  if (release === undefined) return serviceDefault({ ...origin, step: "service-default" });
  const name = `${origin.name ?? "it"} is left unset by default in ${release}`;
  return serviceDefault({ ...origin, step: "module-default", name });
}

function certain<T>(value: T): (place: Origin) => Value<T> {
  return (place) => known(value, place);
}

/**
 * The hop limit that nobody asks for is 2 for images with imds-support v2.0, else 1.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
 */
function imageDecides<T>(possible: readonly T[]): (place: Origin) => Value<T> {
  const reason = { kind: "decided-at-deployment", expression: "the image's IMDS support" } as const;
  return (origin) => ({ state: "unknown", reason, possible, origin });
}
