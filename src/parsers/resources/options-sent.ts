import {
  lazyOptions,
  type MetadataOptionReaders,
  type MetadataOptions,
} from "../../model/metadata-options.js";
import type { OldProvider } from "../../model/sending.js";
import type { Location } from "../../source/text-range.js";
import { equals } from "../../values/ternary.js";
import { known, undecided, type Unknown, unset, type Value } from "../../values/value.js";
import type { AwsProvider } from "../resource.js";

/**
 * What the Terraform provider sends of an `aws_instance` block: always an endpoint, `enabled` if
 * none is written, and an IPv6 endpoint, `disabled` if none is written. `place` is the block's header.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/ec2_instance.go
 */
export function sentForInstance(written: MetadataOptions, place: Location): MetadataOptions {
  const or = <T>(value: Value<T>, fallback: T, name: string): Value<T> => {
    if (value.state === "known") return value;
    if (value.state === "unknown") return { ...value, isNeverNull: true };
    return known(fallback, { location: place, step: "provider-default", name });
  };
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
 * reach EC2 without it. `sentAnyway` are those that do. Beside an endpoint that may turn out null they
 * are open: those beside one that turns out `disabled` count for nothing anyway.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/autoscaling/launch_configuration.go
 */
export function sentBesideEndpoint(
  written: MetadataOptions,
  sentAnyway: Partial<MetadataOptionReaders> = {},
): MetadataOptions {
  const ifSent = <T>(value: Value<T>, otherwise?: T): Value<T> => {
    const { httpEndpoint } = written;
    if (value.state === "unset") return value;
    if (equals(httpEndpoint, "enabled") === "no") return notSent(value);
    if (!mayBeNull(httpEndpoint) || equals(value, otherwise) === "yes") return value;
    return undecided(httpEndpoint.reason, httpEndpoint.origin);
  };
  return lazyOptions({
    // Sent or not, it comes to `optional`.
    httpTokens: () => ifSent(written.httpTokens, "optional"),
    httpEndpoint: () => written.httpEndpoint,
    httpPutResponseHopLimit: () => ifSent(written.httpPutResponseHopLimit),
    httpProtocolIpv6: () => ifSent(written.httpProtocolIpv6),
    instanceMetadataTags: () => ifSent(written.instanceMetadataTags),
    ...sentAnyway,
  });
}

/** Whether it can turn out not to be set. What Terraform rejects does not turn out at all. */
function mayBeNull<T>(value: Value<T>): value is Unknown<T> {
  if (value.state !== "unknown" || value.reason.kind === "invalid") return false;
  return value.possible === undefined && value.isNeverNull !== true;
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
