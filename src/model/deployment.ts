import type { LaunchSpecification } from "./launch-specification.js";

/** What was found in one template with its nested stacks, or one root module with its modules. */
export interface Deployment {
  readonly launchSpecifications: readonly LaunchSpecification[];
}
