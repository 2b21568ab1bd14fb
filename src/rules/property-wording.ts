import type { PropertyType } from "../data/resource-types.js";
import type { DeclaredProperty } from "../model/declared-property.js";
import { listWords } from "./wording.js";

/** More words than these are not listed in a sentence. */
const MOST_WORDS = 7;

/** The property's path, or that of a name within: `LaunchTemplateData.ImageId`. */
export function pathOf({ path }: DeclaredProperty, ...within: readonly string[]): string {
  return [...path, ...within].join(".");
}

/** What the property's mapping is, as AWS's reference names it: `AWS::EC2::Instance`, `EBS`. */
export function nameOfType({ type, resource }: DeclaredProperty): string {
  const isOwn = type.kind !== "object" || type.name === resource.type;
  return isOwn ? resource.type : `${type.name} of ${resource.type}`;
}

/** What a type takes: "a list", "true or false", `"stop" or "terminate"`. */
export function describeType(type: PropertyType): string {
  switch (type.kind) {
    case "any":
      return "a value";
    case "list":
      return "a list";
    case "map":
    case "object":
      return "a mapping";
    case "boolean":
      return "true or false";
    case "integer":
      return "a whole number";
    case "number":
      return "a number";
    case "string": {
      const { words } = type;
      if (words === undefined) return "a string";
      return words.length <= MOST_WORDS
        ? listWords(words)
        : "one of the values that AWS's reference lists";
    }
  }
}
