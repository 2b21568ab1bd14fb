import { known, undecided, type Value } from "../../values/value.js";
import type { Dialect } from "../resource.js";
import { asText, itemsOf, type Property, readChild } from "./read-property.js";

const allowedTypes: Readonly<Record<Dialect, string>> = {
  cloudformation: "AllowedInstanceTypes",
  terraform: "allowed_instance_types",
};

/**
 * The type of a launch that states requirements instead of naming one: EC2 picks it at the launch,
 * among those that are allowed if these are named. With wildcards (`m5.*`) a name stands for several.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceRequirements.html
 */
export function typeByRequirements(requirements: Property, dialect: Dialect): Value<string> {
  const { value, place } = readChild(requirements, allowedTypes[dialect], requirements.place);
  const names = value.state === "list" ? namesOf(itemsOf(value).map(asText)) : undefined;
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

/** Undefined where some are open. */
function namesOf(types: readonly Value<string>[]): readonly string[] | undefined {
  const names = new Set<string>();
  for (const type of types) {
    const each =
      type.state === "known" ? [type.value] : type.state === "unknown" ? type.possible : [];
    if (each === undefined) return undefined;
    for (const name of each) names.add(name);
  }
  return [...names];
}
