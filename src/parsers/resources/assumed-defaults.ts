import type { AccountDefaults } from "../../model/account-defaults.js";
import type { AssumedDefaults, AssumedFacts } from "../../model/assumptions.js";
import { lazyOptions, type MetadataOption } from "../../model/metadata-options.js";
import type { Origin } from "../../values/origin.js";
import { known, unset, type Value } from "../../values/value.js";
import type { Resource } from "../resource.js";
import { launchResourceOf } from "./launch-resource.js";

/** What is assumed of the account and Region that a resource is in; undefined where nothing is. */
export function assumedDefaultsOf(
  resource: Resource,
  facts: AssumedFacts | undefined,
): AccountDefaults | undefined {
  if (facts === undefined) return undefined;
  const region = regionOf(resource, facts);
  // An assumption on one Region says nothing of a launch that may be in any.
  const found = facts.accountDefaults.find(
    (assumed) =>
      (assumed.account === undefined || assumed.account === facts.accountId) &&
      (assumed.region === undefined || assumed.region === region),
  );
  return found === undefined ? undefined : accountDefaults(resource, found);
}

/** A Region that is written counts more than where all of it is said to be deployed. */
function regionOf({ deployedTo }: Resource, facts: AssumedFacts): string | undefined {
  const region = deployedTo?.().region;
  if (region === undefined || region.state === "unset") return facts.region;
  return region.state === "known" ? region.value : undefined;
}

function accountDefaults(resource: Resource, { options, by }: AssumedDefaults): AccountDefaults {
  const origin: Origin = { location: resource.location, step: "account-default" };
  const read = <T>(option: MetadataOption): Value<T> => {
    const value = options[option];
    // The schema of configurations lets nothing else through.
    return value === undefined ? unset(origin) : known(value as T, origin);
  };
  return {
    kind: "account",
    resource: { ...launchResourceOf(resource), address: "the account" },
    exists: () => "yes",
    options: lazyOptions({
      httpTokens: () => read("httpTokens"),
      httpEndpoint: () => read("httpEndpoint"),
      httpPutResponseHopLimit: () => read("httpPutResponseHopLimit"),
      httpProtocolIpv6: () => unset(origin),
      instanceMetadataTags: () => read("instanceMetadataTags"),
    }),
    tokensEnforced: () => unset(origin),
    tokensName: "http_tokens",
    assumedBy: by,
  };
}
