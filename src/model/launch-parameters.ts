import type { Location } from "../source/text-range.js";
import type { Origin } from "../values/origin.js";
import type { Ternary } from "../values/ternary.js";
import type { Script } from "./script.js";
import type { UnknownReason, Value } from "../values/value.js";

/** Whether something is given at all, where that is what matters. */
export interface Presence {
  readonly isGiven: Ternary;
  /** Where it is, or would be, written. */
  readonly origin: Origin;
  /** Why that cannot be known. */
  readonly reason?: UnknownReason;
}

/** A subnet of the same deployment. */
export interface Subnet {
  readonly address: string;
  readonly location: Location;
  /** Whether it has an IPv6 range, its own or one that is associated with it. */
  readonly hasIpv6: () => Presence;
  /** Whether it has no IPv4 range at all. */
  readonly isIpv6Only: () => Value<boolean>;
}

/**
 * What instances are launched with beside metadata options, as far as it goes with those. Each part is
 * read when asked for, in the scenario of the moment; of a template it is what launches inherit.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
 */
export interface LaunchParameters {
  readonly userData: () => Presence;
  /** The user data as scripts, several if it is made of parts; none where nothing of it is known. */
  readonly userDataScripts: () => readonly Script[];
  /** What else instances run: the metadata for cfn-init, the recipes of images. */
  readonly otherScripts: () => readonly Script[];
  readonly keyPair: () => Presence;
  readonly instanceProfile: () => Presence;
  /** Unknown where a subnet is not of this deployment; empty where none is named. */
  readonly subnets: () => readonly Value<Subnet>[];
  /** The keys of the tags that instances get. */
  readonly tagKeys: () => readonly Value<string>[];
}

/** Nothing is given there. */
export function absent(origin: Origin): Presence {
  return { isGiven: "no", origin };
}
