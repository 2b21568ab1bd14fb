import { undecided, type Unknown } from "../../values/value.js";
import type { Property } from "./read-property.js";

/**
 * The type of a launch that states requirements instead of naming one: EC2 picks it at the launch.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceRequirements.html
 */
export function typeByRequirements({ place }: Property): Unknown<never> {
  const expression = "the instance type that meets the requirements";
  return undecided(
    { kind: "decided-at-deployment", expression },
    { location: place, step: "written" },
  );
}
