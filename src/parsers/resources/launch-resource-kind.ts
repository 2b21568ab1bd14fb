import type { LaunchResource, LaunchSpecification } from "../../model/launch-specification.js";
import type { AwsProvider, Resource } from "../resource.js";
import type { LaunchTemplates } from "./launch-templates.js";
import type { Scenarios } from "../../values/scenarios.js";

/** What reading a resource may look at beside the resource. */
export interface NormalizeContext {
  readonly templates: LaunchTemplates;
  readonly scenarios: Scenarios;
  /** What is certain of the release of the Terraform provider. */
  readonly awsProvider: AwsProvider | undefined;
}

/** How one kind of AWS resource, in both spellings, becomes launch specifications. */
export interface LaunchResourceKind {
  /** Absent where only Terraform has it. */
  readonly cloudformation?: string;
  readonly terraform: string;
  read(resource: Resource, context: NormalizeContext): readonly LaunchSpecification[];
}

/** The parts of a resource that findings name. */
export function launchResourceOf(resource: Resource): LaunchResource {
  const { dialect, type, address, location, planned, calls = [], release, construct } = resource;
  return {
    dialect,
    type,
    address,
    location,
    calls,
    ...(planned === undefined ? {} : { planned }),
    ...(release === undefined ? {} : { release }),
    ...(construct === undefined ? {} : { construct }),
  };
}
