import type { AccountDefaults } from "../../model/account-defaults.js";
import type { AssumedFacts } from "../../model/assumptions.js";
import { lazyOptions, optionDefinitions, optionsOf } from "../../model/metadata-options.js";
import type { Location } from "../../source/text-range.js";
import { decidingOrigin } from "../../values/origin.js";
import { undecided, unset, type Value } from "../../values/value.js";
import type { DeployedTo, Resource } from "../resource.js";
import { assumedDefaultsOf } from "./assumed-defaults.js";
import { launchResourceOf } from "./launch-resource.js";
import { readMetadataOptions } from "./read-metadata-options.js";
import { asText, type Property, readProperty } from "./read-property.js";

/** The one resource that sets an account's defaults, in one Region. */
export const accountDefaultsType = "aws_ec2_instance_metadata_defaults";

/** The words for having no preference, which leaves an option to the image and to EC2. */
const NO_PREFERENCE = new Set(["no-preference", "-1"]);

/**
 * aws_ec2_instance_metadata_defaults. An argument that is left out is `no-preference`.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ec2_instance_metadata_defaults
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataDefaults.html
 */
function readAccountDefaults(resource: Resource): AccountDefaults {
  const argument = (name: string): Property =>
    readProperty(resource, { cloudformation: [], terraform: [name] });
  const read = () => {
    const entries = Object.values(optionDefinitions).flatMap(({ terraform: name }) => {
      const { value, place } = argument(name);
      const text = asText(value);
      const isNone = text.state === "known" && NO_PREFERENCE.has(text.value);
      return isNone || value.state === "unset" ? [] : [[name, { key: place, value }] as const];
    });
    const origin = { location: resource.location, step: "written" } as const;
    const value = { state: "map", entries: new Map(entries), origin } as const;
    return readMetadataOptions({ value, place: resource.location }, resource.type).options;
  };
  return {
    kind: "account",
    resource: launchResourceOf(resource),
    exists: () => resource.exists(),
    options: optionsOf(read),
    tokensEnforced: () => {
      const text = asText(argument("http_tokens_enforced").value);
      if (text.state !== "known")
        return text.state === "unset" ? text : undecided(text.reason, text.origin);
      const { value, origin } = text;
      if (value === "enabled" || value === "disabled") return { state: "known", value, origin };
      return NO_PREFERENCE.has(value) ? unset(origin) : undecided({ kind: "invalid" }, origin);
    },
    tokensName: "http_tokens",
  };
}

/** The account defaults of one deployment. */
export class AccountDefaultsByPlace {
  readonly #all: readonly { readonly resource: Resource; readonly defaults: AccountDefaults }[];

  readonly #assumed: AssumedFacts | undefined;

  /** Takes all resources of the deployment, and what is assumed where they say nothing. */
  constructor(resources: readonly Resource[], assumed?: AssumedFacts) {
    this.#assumed = assumed;
    this.#all = resources
      .filter(({ type }) => type === accountDefaultsType)
      .map((resource) => ({ resource, defaults: readAccountDefaults(resource) }));
  }

  get all(): readonly AccountDefaults[] {
    return this.#all.map(({ defaults }) => defaults);
  }

  /**
   * Those of the account and Region that a resource is in: of the same provider configuration and, where
   * Regions are written, of the same Region; else what is assumed. Undefined where nobody says anything.
   */
  of(resource: Resource): AccountDefaults | undefined {
    return this.#inTree(resource) ?? assumedDefaultsOf(resource, this.#assumed);
  }

  #inTree({ deployedTo, waitsFor }: Resource): AccountDefaults | undefined {
    if (this.#all.length === 0 || deployedTo === undefined) return undefined;
    const place = deployedTo();
    const found = this.#all.find(
      ({ resource, defaults }) =>
        defaults.exists() !== "no" &&
        resource.deployedTo !== undefined &&
        isSamePlace(resource.deployedTo(), place),
    )?.defaults;
    if (found === undefined) return undefined;
    const { address } = found.resource;
    return {
      ...(found.exists() === "unknown" ? whereItExists(found) : found),
      ...(waitsFor === undefined ? {} : { mayComeLater: () => !waitsFor(address) }),
    };
  }
}

function isSamePlace(one: DeployedTo, other: DeployedTo): boolean {
  if (one.provider !== other.provider) return false;
  const [first, second] = [one.region, other.region];
  if (first.state === "known" && second.state === "known") return first.value === second.value;
  if (first.state !== second.state) return false;
  // Two Regions that are not known are one only where the same place decides both.
  const [here, there] = [decidingOrigin(first.origin), decidingOrigin(second.origin)];
  return first.state === "unset" || isSameLocation(here.location, there.location);
}

function isSameLocation(one: Location, other: Location): boolean {
  return one.path === other.path && one.range.start === other.range.start;
}

/** Defaults that may not be there: what they say is one possibility. */
function whereItExists(defaults: AccountDefaults): AccountDefaults {
  const { resource, options } = defaults;
  const expression = `whether ${resource.address} exists`;
  const reason = { kind: "decided-at-deployment", expression } as const;
  const open = <T>(value: Value<T>): Value<T> =>
    value.state === "unset" ? value : { state: "unknown", reason, origin: value.origin };
  return {
    ...defaults,
    options: lazyOptions({
      httpTokens: () => open(options.httpTokens),
      httpEndpoint: () => open(options.httpEndpoint),
      httpPutResponseHopLimit: () => open(options.httpPutResponseHopLimit),
      httpProtocolIpv6: () => open(options.httpProtocolIpv6),
      instanceMetadataTags: () => open(options.instanceMetadataTags),
    }),
  };
}
