import type { MetadataOption } from "./metadata-options.js";

/** What somebody says of accounts and images that no file here shows. */
export interface Assumptions {
  /** The first that fits counts. */
  readonly accountDefaults: readonly AssumedDefaults[];
  /** The first that fits counts. */
  readonly images: readonly AssumedImage[];
}

/** What an account is said to set for instances that say nothing. */
export interface AssumedDefaults {
  /** Absent for all accounts. */
  readonly account?: string;
  /** Absent for all Regions. */
  readonly region?: string;
  /** What is not there has no preference. */
  readonly options: Readonly<Partial<Record<MetadataOption, string | number>>>;
  /** Who says so: `imdslint.config.yaml`. */
  readonly by: string;
}

/** What an image is said to be registered with. */
export interface AssumedImage {
  /** An image's ID, or the path of a parameter in the parameter store that holds it; `*` stands for anything. */
  readonly image: string;
  readonly imdsSupport: "v2.0" | "none";
  /** Who says so: `imdslint.config.yaml`. */
  readonly by: string;
}

/** Assumptions, and where something is deployed that they may be about. */
export interface AssumedFacts extends Assumptions {
  /** Undefined where nobody says. */
  readonly accountId: string | undefined;
  readonly region: string | undefined;
}
