import type { Location } from "../source/text-range.js";

/** Where the release of the Terraform provider in use is written, and what stands there. */
export interface ProviderEvidence {
  /** A clause: `the AWS provider is locked to 4.60.0`. */
  readonly message: string;
  readonly location: Location;
}

/** When the options that a resource writes reach EC2. */
export type Sending =
  | { readonly kind: "always" }
  /** Only while the endpoint is `enabled`, and where it has no default, written as such. */
  | { readonly kind: "beside-endpoint"; readonly until?: OldProvider }
  /** The endpoint must be written, or EC2 rejects the request. */
  | { readonly kind: "rejected-without-endpoint"; readonly until: OldProvider }
  /** What the provider requests of EC2 has no room for them. */
  | { readonly kind: "never" };

/** A behaviour of the provider that a later release has changed, and why the release in use is older. */
export interface OldProvider {
  /** The release in use is older than this one: `4.61`. */
  readonly release: string;
  /** The release that sends every option as it is written. */
  readonly fixedIn: string;
  readonly evidence: ProviderEvidence;
}
