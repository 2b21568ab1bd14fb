import type { DeclaredOptions } from "../../model/launch-specification.js";
import {
  accepts as acceptsOption,
  type HttpTokens,
  lazyOptions,
  type MetadataOption,
  toWholeNumber,
  type WrittenOption,
} from "../../model/metadata-options.js";
import { known, type Scalar, undecided, unset, type Value } from "../../values/value.js";
import { asScalar, type Property } from "./read-property.js";

/** A switch for IMDSv1 in words of its own. */
interface Switch {
  readonly name: string;
  readonly written: Property;
  /** What a value means, undefined where the service takes no such value. */
  readonly tokensFor: (value: Scalar) => HttpTokens | undefined;
}

/** Options of a resource that has only such a switch, and maybe a hop limit beside it. */
export function readSwitch(
  { name, written: { value, place }, tokensFor }: Switch,
  hopLimit?: { readonly name: string; readonly written: Property },
): DeclaredOptions {
  const absent = () => unset({ location: place, step: "written" });
  const options = lazyOptions({
    httpTokens: () => convert(asScalar(value), tokensFor),
    httpEndpoint: absent,
    httpPutResponseHopLimit: () =>
      hopLimit === undefined ? absent() : convert(asScalar(hopLimit.written.value), toHopLimit),
    httpProtocolIpv6: absent,
    instanceMetadataTags: absent,
  });
  return {
    options,
    sent: options,
    written: () => [
      ...writtenAs(name, { value, place }, "httpTokens", (each) => tokensFor(each) !== undefined),
      ...(hopLimit === undefined
        ? []
        : writtenAs(hopLimit.name, hopLimit.written, "httpPutResponseHopLimit")),
    ],
    ...(value.state === "unset" ? {} : { place }),
  };
}

function writtenAs(
  name: string,
  { value, place }: Property,
  option: MetadataOption,
  accepts?: (value: Scalar) => boolean,
): readonly WrittenOption[] {
  if (value.state === "unset") return [];
  return [{ name, key: place, value, option, ...(accepts === undefined ? {} : { accepts }) }];
}

function toHopLimit(value: Scalar): number | undefined {
  return acceptsOption("httpPutResponseHopLimit", value) ? toWholeNumber(value) : undefined;
}

function convert<T extends Scalar>(
  value: Value<Scalar>,
  read: (value: Scalar) => T | undefined,
): Value<T> {
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
