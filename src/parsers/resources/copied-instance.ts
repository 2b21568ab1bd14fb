import type { LaunchTemplateUse } from "../../model/launch-specification.js";
import { undecided, unset, type UnknownReason } from "../../values/value.js";
import type { Resource } from "../resource.js";
import { readProperty } from "./read-property.js";

/** Terraform's resources have no such argument. */
const path = { cloudformation: ["InstanceId"], terraform: ["instance_id"] };

/**
 * The instance that a launch configuration or group takes over as its template, by `InstanceId`;
 * undefined where it names none. What that instance's options are cannot be seen.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateLaunchConfiguration.html
 */
export function readCopiedInstance(resource: Resource): LaunchTemplateUse | undefined {
  const { value } = readProperty(resource, path);
  const { origin } = value;
  if (value.state === "unset") return undefined;
  const reason: UnknownReason = {
    kind: "not-available",
    what: "the instance that InstanceId names",
  };
  return { origin, template: undecided(reason, origin), version: unset(origin) };
}
