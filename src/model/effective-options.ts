import { seenFrom } from "../values/evaluated.js";
import type { Origin } from "../values/origin.js";
import type { Value } from "../values/value.js";
import type { DefaultOptions } from "./default-options.js";
import { lazyOptions, type MetadataOption, type MetadataOptions } from "./metadata-options.js";

/** What options come from before defaults count. */
export interface OptionSource {
  /** What reaches EC2 of what is written. */
  readonly sent: MetadataOptions;
  readonly launchTemplate: Inheritance | undefined;
  /** Of which module that is not installed it is a part. */
  readonly release?: string;
}

/** Where a launch template is named, and what it gives. */
interface Inheritance {
  readonly origin: Origin;
  readonly template: Value<{ readonly optionSource: OptionSource }>;
}

/**
 * What instances get, option by option: the launch's own options, then its launch template's, then
 * the defaults, which are the launch's wherever the option was left out. Options are computed when read, and
 * never unset.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html#instance-metadata-options-order-of-precedence
 */
export function effectiveOptions(source: OptionSource, defaults: DefaultOptions): MetadataOptions {
  return lazyOptions({
    httpTokens: () => inherit(source, (options) => options.httpTokens, defaults.httpTokens),
    httpEndpoint: () => inherit(source, (options) => options.httpEndpoint, defaults.httpEndpoint),
    httpPutResponseHopLimit: () =>
      inherit(
        source,
        (options) => options.httpPutResponseHopLimit,
        defaults.httpPutResponseHopLimit,
      ),
    httpProtocolIpv6: () =>
      inherit(source, (options) => options.httpProtocolIpv6, defaults.httpProtocolIpv6),
    instanceMetadataTags: () =>
      inherit(source, (options) => options.instanceMetadataTags, defaults.instanceMetadataTags),
  });
}

/** The same where a service leaves options of a launch template out of the one that it launches through. */
export function withoutOptions(
  options: MetadataOptions,
  leftOut: readonly MetadataOption[],
  defaults: DefaultOptions,
  place: Origin,
): MetadataOptions {
  if (leftOut.length === 0) return options;
  const or = <Option extends MetadataOption>(option: Option) =>
    leftOut.includes(option) ? defaults[option](place) : options[option];
  return lazyOptions({
    httpTokens: () => or("httpTokens"),
    httpEndpoint: () => or("httpEndpoint"),
    httpPutResponseHopLimit: () => or("httpPutResponseHopLimit"),
    httpProtocolIpv6: () => or("httpProtocolIpv6"),
    instanceMetadataTags: () => or("instanceMetadataTags"),
  });
}

function inherit<T>(
  { sent, launchTemplate: from, release }: OptionSource,
  read: (options: MetadataOptions) => Value<T>,
  otherwise: (place: Origin) => Value<T>,
): Value<T> {
  const own = read(sent);
  if (own.state !== "unset") return own;
  if (from !== undefined && from.template.state === "known") {
    return seenFrom(inherit(from.template.value.optionSource, read, otherwise), from.origin);
  }
  if (from !== undefined && from.template.state === "unknown") {
    const { reason, origin } = from.template;
    return { state: "unknown", reason, origin };
  }
  // An option that is written but not sent is shown as such, where it is written.
  const { origin } = own;
  if (origin.step === "not-sent") return otherwise(origin);
  if (release === undefined) return otherwise({ ...origin, step: "service-default" });
  const name = `${origin.name ?? "it"} is left unset by default in ${release}`;
  return otherwise({ ...origin, step: "module-default", name });
}
