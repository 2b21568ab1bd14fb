import type { Location } from "../../source/text-range.js";
import { type Evaluated, unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { mapValue, type Scalar, unset, type Unset, type Value } from "../../values/value.js";
import { spellingOf } from "../../model/metadata-options.js";
import type { Dialect, Resource } from "../resource.js";

/** The same property in both dialects, as the path of names that leads to it. */
export type PropertyPath = Readonly<Record<Dialect, readonly string[]>>;

/** A property and where it is, or would be, named. */
export interface Property {
  readonly value: Evaluated;
  /** The property's own key or block header; of one that is not written, the resource's name. */
  readonly place: Location;
}

/**
 * Follows a path of property names from the resource, in the scenario of the moment. The `awscc`
 * provider has CloudFormation's names in its own spelling.
 */
export function readProperty(resource: Resource, path: PropertyPath): Property {
  const properties: Property = { value: resource.properties(), place: resource.location };
  const names = namesFor(resource, path);
  return names.reduce((parent, name) => readChild(parent, name, resource.location), properties);
}

/** The path as resources of that type spell it. */
export function namesFor(
  { type, dialect }: Pick<Resource, "type" | "dialect">,
  path: PropertyPath,
): readonly string[] {
  return spellingOf(type) === "awscc" ? path.cloudformation.map(toAwscc) : path[dialect];
}

/** One name for each spelling; that of `awscc` follows from CloudFormation's. */
export type PropertyName = Readonly<Record<Dialect, string>>;

/** The name as resources of that type spell it. */
export function nameFor({ type, dialect }: Pick<Resource, "type" | "dialect">, name: PropertyName) {
  return spellingOf(type) === "awscc" ? toAwscc(name.cloudformation) : name[dialect];
}

/** The part of a mapping or block within a resource that has that name there. */
export function readPart(
  resource: Pick<Resource, "type" | "dialect">,
  whole: Property,
  name: PropertyName,
): Property {
  return readChild(whole, nameFor(resource, name), whole.place);
}

const awsccNames = new Map<string, string>();

/**
 * A CloudFormation property as the `awscc` provider names it: `HttpProtocolIpv6` is
 * `http_protocol_ipv_6`, `DisableIMDSV1` is `disable_imdsv1`.
 * https://registry.terraform.io/providers/hashicorp/awscc/latest/docs
 */
export function toAwscc(name: string): string {
  let written = awsccNames.get(name);
  if (written === undefined) {
    written = name
      .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
      .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
      .replace(/([a-z])([0-9])/g, "$1_$2")
      .toLowerCase();
    awsccNames.set(name, written);
  }
  return written;
}

/** The property `name` of a map or of the first of a list of blocks; unset ones are placed at `otherwise`. */
export function readChild(parent: Property, name: string, otherwise: Location): Property {
  const { value } = parent;
  switch (value.state) {
    case "map": {
      const entry = value.entries.get(name);
      if (entry === undefined) return absentAt(otherwise, name);
      const child = entry.value;
      if (child.state === "unset") return takenBack(child, entry.key, name);
      return { value: named(child, name), place: placeOf(child, entry.key) };
    }
    case "list": {
      const [first] = value.items;
      if (first === undefined) return absentAt(otherwise, name);
      return readChild({ value: first, place: first.origin.location }, name, otherwise);
    }
    case "unset":
      return absentAt(otherwise, name);
    case "unknown":
      return { value: unknown(value.reason, value.origin), place: parent.place };
    case "known":
      return { value: unknown({ kind: "invalid" }, value.origin), place: parent.place };
  }
}

function absentAt(place: Location, name: string): Property {
  return { value: unset({ location: place, step: "written", name }), place };
}

/** A property written as `null` or `AWS::NoValue`: not set, and that is where to change it. */
function takenBack({ origin }: Unset, key: Location, name: string): Property {
  const { start, end } = origin.location.range;
  // What only leads to nothing, such as a variable that is null, is shown at the property.
  const place = origin.from === undefined && start < end ? origin.location : key;
  return { value: unset({ location: place, step: "written", name }), place };
}

/** A nested Terraform block is named by its header, which is its origin; anything else by its key. */
function placeOf(value: Evaluated, key: Location): Location {
  const [first] = value.state === "list" ? value.items : [];
  return first?.state === "map" && first.origin.step === "written" ? first.origin.location : key;
}

/** The items of a list; a single map counts as a list of one, as `awscc` and JSON write blocks. */
export function itemsOf(value: Evaluated): readonly Evaluated[] {
  if (value.state === "list") return value.items;
  return value.state === "unset" ? [] : [value];
}

/** The value as text, which is what both dialects make of numbers and booleans where a string belongs. */
export function asText(value: Evaluated): Value<string> {
  return mapValue(asScalar(value), String);
}

/** The value as a scalar; a list or map where none belongs is unknown and invalid. */
export function asScalar(value: Evaluated): Value<Scalar> {
  if (value.state !== "list" && value.state !== "map") return value;
  return unknown({ kind: "invalid" }, value.origin);
}

/** The value with the name of what it stands for, where its origin has none yet. */
function named(value: Evaluated, name: string): Evaluated {
  const { origin } = value;
  if (origin.name !== undefined) return value;
  return withOrigin(value, { ...origin, name });
}

/** Most values are plain scalars, whose copies are cheaper to make by name. */
function withOrigin(value: Evaluated, origin: Origin): Evaluated {
  if (value.state === "known" && value.composition === undefined) {
    return { state: "known", value: value.value, origin };
  }
  return { ...value, origin };
}
