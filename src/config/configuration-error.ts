import type { Location } from "../source/text-range.js";

/** What is wrong with a configuration file, in one clause. */
export interface ConfigurationError {
  readonly message: string;
  readonly location: Location;
}
