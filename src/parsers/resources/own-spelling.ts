import type { DeclaredOptions } from "../../model/launch-specification.js";
import { type HttpTokens, lazyOptions } from "../../model/metadata-options.js";
import { known, type Scalar, undecided, unset, type Value } from "../../values/value.js";
import { asScalar, type Property } from "./read-property.js";

/**
 * Options of a resource that has only a switch for IMDSv1, in words of its own. `tokensFor` gives what a
 * value of it means, undefined where the service takes no such value.
 */
export function readSwitch(
  { value, place }: Property,
  tokensFor: (value: Scalar) => HttpTokens | undefined,
  hopLimit: () => Value<number> = () => unset({ location: place, step: "written" }),
): DeclaredOptions {
  const absent = () => unset({ location: place, step: "written" });
  const options = lazyOptions({
    httpTokens: () => convert(asScalar(value), tokensFor),
    httpEndpoint: absent,
    httpPutResponseHopLimit: hopLimit,
    httpProtocolIpv6: absent,
    instanceMetadataTags: absent,
  });
  return {
    options,
    sent: options,
    written: () => [],
    ...(value.state === "unset" ? {} : { place }),
  };
}

function convert<T>(value: Value<Scalar>, read: (value: Scalar) => T | undefined): Value<T> {
  if (value.state === "unset") return value;
  const { origin } = value;
  if (value.state === "known") {
    const meant = read(value.value);
    return meant === undefined ? undecided({ kind: "invalid" }, origin) : known(meant, origin);
  }
  const { state, reason, possible } = value;
  if (possible === undefined) return { state, reason, origin };
  const meant = [...new Set(possible.map(read))].filter((each) => each !== undefined);
  const [only] = meant;
  if (only === undefined) return undecided({ kind: "invalid" }, origin);
  return meant.length === 1 ? known(only, origin) : { state, reason, origin, possible: meant };
}

/** What `true` and `false` mean for a switch that disables IMDSv1; both dialects take them as text too. */
export function tokensWhenDisabled(value: Scalar): HttpTokens | undefined {
  const text = String(value).toLowerCase();
  if (text === "true") return "required";
  return text === "false" ? "optional" : undefined;
}

/** What the least version of the service means: `1` answers both, `2` wants tokens. */
export function tokensFromVersion(value: Scalar): HttpTokens | undefined {
  if (String(value) === "2") return "required";
  return String(value) === "1" ? "optional" : undefined;
}
