import type { LaunchResource } from "../../model/launch-resource.js";
import type { Resource } from "../resource.js";

/** The parts of a resource that findings name. */
export function launchResourceOf(resource: Resource): LaunchResource {
  const { dialect, type, address, location, planned, calls = [] } = resource;
  const { release, isFound, construct } = resource;
  return {
    dialect,
    type,
    address,
    location,
    calls,
    ...(planned === undefined ? {} : { planned }),
    ...(release === undefined ? {} : { release }),
    ...(isFound === undefined ? {} : { isFound }),
    ...(construct === undefined ? {} : { construct }),
  };
}
