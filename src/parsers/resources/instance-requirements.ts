import { known, undecided, type Value } from "../../values/value.js";
import type { Dialect } from "../resource.js";
import { asText, itemsOf, type Property, readChild } from "./read-property.js";

const allowedTypes: Readonly<Record<Dialect, string>> = {
  cloudformation: "AllowedInstanceTypes",
  terraform: "allowed_instance_types",
};

/**
 * The type of a launch that states requirements instead of naming one: EC2 picks it at the launch,
 * among those that are allowed if these are named without wildcards.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceRequirements.html
 */
export function typeByRequirements(requirements: Property, dialect: Dialect): Value<string> {
  const { value, place } = readChild(requirements, allowedTypes[dialect], requirements.place);
  const names = value.state === "list" ? exactNames(itemsOf(value).map(asText)) : undefined;
  const [first, ...others] = names ?? [];
  const origin = { location: place, step: "written" } as const;
  if (names !== undefined && first !== undefined) {
    if (others.length === 0) return known(first, origin);
    const expression = "which of the allowed instance types";
    return { ...undecided({ kind: "decided-at-deployment", expression }, origin), possible: names };
  }
  const expression = "the instance type that meets the requirements";
  return undecided(
    { kind: "decided-at-deployment", expression },
    { location: requirements.place, step: "written" },
  );
}

/** Undefined where some are open, or stand for several: `m5.*`. */
function exactNames(types: readonly Value<string>[]): readonly string[] | undefined {
  const names = types.flatMap((type) => {
    if (type.state === "known") return [type.value];
    return (type.state === "unknown" ? type.possible : undefined) ?? ["*"];
  });
  return names.some((name) => name.includes("*")) ? undefined : [...new Set(names)];
}
