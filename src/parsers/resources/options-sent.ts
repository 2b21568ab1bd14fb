import {
  lazyOptions,
  type MetadataOptionReaders,
  type MetadataOptions,
} from "../../model/metadata-options.js";
import type { OldProvider } from "../../model/sending.js";
import type { Location } from "../../source/text-range.js";
import { equals } from "../../values/ternary.js";
import { known, undecided, unset, type Value } from "../../values/value.js";
import type { AwsProvider } from "../resource.js";

/**
 * What the Terraform provider sends of an `aws_instance` block: always an endpoint, `enabled` if
 * none is written, and an IPv6 endpoint, `disabled` if none is written. `place` is the block's header.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/ec2_instance.go
 */
export function sentForInstance(written: MetadataOptions, place: Location): MetadataOptions {
  const or = <T>(value: Value<T>, fallback: T, name: string): Value<T> =>
    value.state === "unset"
      ? known(fallback, { location: place, step: "provider-default", name })
      : value;
  return sentBesideEndpoint(
    lazyOptions({
      httpTokens: () => written.httpTokens,
      httpEndpoint: () => or(written.httpEndpoint, "enabled", "http_endpoint"),
      httpPutResponseHopLimit: () => written.httpPutResponseHopLimit,
      httpProtocolIpv6: () => or(written.httpProtocolIpv6, "disabled", "http_protocol_ipv6"),
      instanceMetadataTags: () => written.instanceMetadataTags,
    }),
  );
}

/**
 * Options that EC2 rejects, as they lack an endpoint: nothing is launched, and what would be is not
 * known. `place` is the block's header.
 */
export function rejectedWithoutEndpoint(
  written: MetadataOptions,
  place: Location,
): MetadataOptions {
  const origin = { location: place, step: "written", name: "http_endpoint" } as const;
  return lazyOptions({
    ...readersOf(written),
    httpEndpoint: () => undecided({ kind: "invalid" }, origin),
  });
}

/** Nothing of what is written reaches EC2. */
export function nothingSent(written: MetadataOptions): MetadataOptions {
  return lazyOptions({
    httpTokens: () => notSent(written.httpTokens),
    httpEndpoint: () => notSent(written.httpEndpoint),
    httpPutResponseHopLimit: () => notSent(written.httpPutResponseHopLimit),
    httpProtocolIpv6: () => notSent(written.httpProtocolIpv6),
    instanceMetadataTags: () => notSent(written.instanceMetadataTags),
  });
}

/**
 * Where the provider sends options only beside an endpoint that is `enabled`, the others do not
 * reach EC2 without it. `sentAnyway` are those that do.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/autoscaling/launch_configuration.go
 */
export function sentBesideEndpoint(
  written: MetadataOptions,
  sentAnyway: Partial<MetadataOptionReaders> = {},
): MetadataOptions {
  const ifSent = <T>(value: Value<T>): Value<T> => {
    if (value.state === "unset") return value;
    return equals(written.httpEndpoint, "enabled") === "no" ? notSent(value) : value;
  };
  return lazyOptions({
    httpTokens: () => ifSent(written.httpTokens),
    httpEndpoint: () => written.httpEndpoint,
    httpPutResponseHopLimit: () => ifSent(written.httpPutResponseHopLimit),
    httpProtocolIpv6: () => ifSent(written.httpProtocolIpv6),
    instanceMetadataTags: () => ifSent(written.instanceMetadataTags),
    ...sentAnyway,
  });
}

/** What is written and not sent is not set; that is shown where it is written. */
function notSent<T>(value: Value<T>): Value<T> {
  if (value.state === "unset") return value;
  const { location, name } = value.origin;
  return unset({ location, step: "not-sent", ...(name === undefined ? {} : { name }) });
}

function readersOf(options: MetadataOptions): MetadataOptionReaders {
  return {
    httpTokens: () => options.httpTokens,
    httpEndpoint: () => options.httpEndpoint,
    httpPutResponseHopLimit: () => options.httpPutResponseHopLimit,
    httpProtocolIpv6: () => options.httpProtocolIpv6,
    instanceMetadataTags: () => options.instanceMetadataTags,
  };
}

/** The release and why the provider in use is older, where that is certain; by default that release is the cure. */
export function olderThan(
  provider: AwsProvider | undefined,
  major: number,
  minor: number,
  fixedIn = `${major}.${minor}`,
): OldProvider | undefined {
  if (provider?.isBefore(major, minor) !== true) return undefined;
  return { release: `${major}.${minor}`, fixedIn, evidence: provider.evidence };
}
