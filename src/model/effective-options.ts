import { seenFrom } from "../values/evaluated.js";
import type { Origin } from "../values/origin.js";
import type { Value } from "../values/value.js";
import type { DefaultOptions } from "./default-options.js";
import { lazyOptions, type MetadataOptions } from "./metadata-options.js";

/** Where a launch template is named, and what it gives. */
interface Inheritance {
  readonly origin: Origin;
  readonly template: Value<{ readonly effective: MetadataOptions }>;
}

/** What effective options are made of. */
export interface EffectiveParts {
  /** What reaches EC2 of what is written. */
  readonly sent: MetadataOptions;
  readonly launchTemplate: Inheritance | undefined;
  readonly defaults: DefaultOptions;
  /** Of which module that is not installed the launch is a part. */
  readonly release?: string;
}

/**
 * What instances get, option by option: the launch's own options, then its launch template's, then
 * the defaults. Options are computed when read, and never unset.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html#instance-metadata-options-order-of-precedence
 */
export function effectiveOptions(parts: EffectiveParts): MetadataOptions {
  const { sent, defaults } = parts;
  const or = <T>(
    read: (options: MetadataOptions) => Value<T>,
    otherwise: (place: Origin) => Value<T>,
  ) => inherit(read(sent), read, otherwise, parts);
  return lazyOptions({
    httpTokens: () => or((options) => options.httpTokens, defaults.httpTokens),
    httpEndpoint: () => or((options) => options.httpEndpoint, defaults.httpEndpoint),
    httpPutResponseHopLimit: () =>
      or((options) => options.httpPutResponseHopLimit, defaults.httpPutResponseHopLimit),
    httpProtocolIpv6: () => or((options) => options.httpProtocolIpv6, defaults.httpProtocolIpv6),
    instanceMetadataTags: () =>
      or((options) => options.instanceMetadataTags, defaults.instanceMetadataTags),
  });
}

function inherit<T>(
  own: Value<T>,
  read: (options: MetadataOptions) => Value<T>,
  otherwise: (place: Origin) => Value<T>,
  { launchTemplate: from, release }: EffectiveParts,
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
  if (origin.step === "not-sent") return otherwise(origin);
  if (release === undefined) return otherwise({ ...origin, step: "service-default" });
  const name = `${origin.name ?? "it"} is left unset by default in ${release}`;
  return otherwise({ ...origin, step: "module-default", name });
}
