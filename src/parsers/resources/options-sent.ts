import { lazyOptions, type MetadataOptions } from "../../model/metadata-options.js";
import type { Location } from "../../source/text-range.js";
import { equals } from "../../values/ternary.js";
import { known, unset, type Value } from "../../values/value.js";

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
 * Where the provider sends options only beside an endpoint that is `enabled`, the others do not
 * reach EC2 without it.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/autoscaling/launch_configuration.go
 */
export function sentBesideEndpoint(written: MetadataOptions): MetadataOptions {
  const ifSent = <T>(value: Value<T>): Value<T> => {
    if (value.state === "unset") return value;
    if (equals(written.httpEndpoint, "enabled") !== "no") return value;
    const { location, name } = value.origin;
    return unset({ location, step: "not-sent", ...(name === undefined ? {} : { name }) });
  };
  return lazyOptions({
    httpTokens: () => ifSent(written.httpTokens),
    httpEndpoint: () => written.httpEndpoint,
    httpPutResponseHopLimit: () => ifSent(written.httpPutResponseHopLimit),
    httpProtocolIpv6: () => ifSent(written.httpProtocolIpv6),
    instanceMetadataTags: () => ifSent(written.instanceMetadataTags),
  });
}
