import type { Location } from "../source/text-range.js";

/** The construct of the AWS CDK that a resource was synthesised from. */
export interface Construct {
  /** `Web/Fleet/Resource`. */
  readonly path: string;
  /** Where the app creates it, if the assembly has recorded that and the file is at hand. */
  readonly location?: Location;
}
