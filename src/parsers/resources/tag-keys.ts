import type { Evaluated } from "../../values/evaluated.js";
import { equals } from "../../values/ternary.js";
import { known, undecided, type Value } from "../../values/value.js";
import type { Resource } from "../resource.js";
import {
  asText,
  itemsOf,
  nameFor,
  type Property,
  type PropertyName,
  type PropertyPath,
  readChild,
  readProperty,
} from "./read-property.js";

/** Reads the keys of the tags that stand somewhere in a resource. */
export type TagList = (resource: Resource) => readonly Value<string>[];

const key: PropertyName = { cloudformation: "Key", terraform: "key" };

/** Tags that the resource gives to its instances: a list of `Key` and `Value`, or Terraform's map. */
export function tagsAt(path: PropertyPath): TagList {
  return (resource) => keysIn(readProperty(resource, path), resource);
}

/** Those of tag specifications for instances, as launch templates have them. */
export function tagsForInstances(specifications: PropertyPath): TagList {
  return (resource) => {
    const all = readProperty(resource, specifications);
    if (all.value.state === "unknown") return open(all.value);
    return itemsOf(all.value).flatMap((item) => {
      const part = (name: PropertyName) => partOf(item, name, all, resource);
      const kind = asText(
        part({ cloudformation: "ResourceType", terraform: "resource_type" }).value,
      );
      if (equals(kind, "instance") === "no") return [];
      return keysIn(part({ cloudformation: "Tags", terraform: "tags" }), resource);
    });
  };
}

/** Those of a group that it passes on to its instances. */
export function tagsPassedOn(path: PropertyPath): TagList {
  return (resource) => {
    const all = readProperty(resource, path);
    if (all.value.state === "unknown") return open(all.value);
    return itemsOf(all.value).flatMap((item) => {
      const part = (name: PropertyName) => partOf(item, name, all, resource);
      const isPassedOn = part({
        cloudformation: "PropagateAtLaunch",
        terraform: "propagate_at_launch",
      });
      if (equals(asText(isPassedOn.value), "true") !== "yes") return [];
      return keyOf(part(key).value);
    });
  };
}

function partOf(
  item: Evaluated,
  name: PropertyName,
  whole: Property,
  resource: Resource,
): Property {
  return readChild({ value: item, place: whole.place }, nameFor(resource, name), whole.place);
}

function keysIn({ value, place }: Property, resource: Resource): readonly Value<string>[] {
  if (value.state === "map") {
    return [...value.entries].map(([name, entry]) =>
      known(name, { location: entry.key, step: "written", name: "tags" }),
    );
  }
  if (value.state === "list") {
    return value.items.flatMap((item) =>
      item.state === "unknown"
        ? open(item)
        : keyOf(readChild({ value: item, place }, nameFor(resource, key), place).value),
    );
  }
  return value.state === "unknown" ? open(value) : [];
}

function keyOf(value: Evaluated): readonly Value<string>[] {
  const text = asText(value);
  return text.state === "unset" ? [] : [text];
}

function open({ reason, origin }: Extract<Evaluated, { readonly state: "unknown" }>) {
  return [undecided(reason, origin)];
}
