import type { AccountDefaults } from "./account-defaults.js";
import type { Image } from "./image.js";
import type { DeclaredProperty } from "./declared-property.js";
import type { PolicyDocument } from "./iam/policy-document.js";
import type { LaunchSpecification } from "./launch-specification.js";

/** What was found in one template with its nested stacks, or one root module with its modules. */
export interface Deployment {
  readonly launchSpecifications: readonly LaunchSpecification[];
  readonly images: readonly Image[];
  readonly accountDefaults: readonly AccountDefaults[];
  readonly policyDocuments: readonly PolicyDocument[];
  /** The properties of each resource whose type we know, as a whole. */
  readonly properties: readonly DeclaredProperty[];
}
