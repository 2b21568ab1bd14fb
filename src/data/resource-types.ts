import { resourceTypeTexts } from "./resource-types.generated.js";

/** What CloudFormation takes as a value. */
export type PropertyType = ScalarType | ListType | MapType | ObjectType | AnyType;

/** One value, of possible words if those are limited. */
export interface ScalarType {
  readonly kind: "string" | "integer" | "number" | "boolean";
  readonly words?: readonly string[];
}

/** A list of values of one type. */
export interface ListType {
  readonly kind: "list";
  readonly items: PropertyType;
}

/** A mapping whose keys may be anything. */
export interface MapType {
  readonly kind: "map";
  readonly values: PropertyType;
}

/** A mapping with properties of given names, the resource's own or one within. */
export interface ObjectType {
  readonly kind: "object";
  /** The definition's name in AWS's reference; for the resource as a whole its type. */
  readonly name: string;
  readonly properties: ReadonlyMap<string, PropertyDefinition>;
}

/** Whatever is written is taken: policy documents, or what another rule judges. */
export interface AnyType {
  readonly kind: "any";
}

/** One property of an `ObjectType`. */
export interface PropertyDefinition {
  readonly type: PropertyType;
  readonly isRequired: boolean;
}

/**
 * The notation: `Ebs.VolumeType: string = gp2 gp3`. Before the colon stands the definition, if it is
 * not the resource itself, and the name, with `!` if it is required; behind it a type, `[type]` for
 * a list, `{type}` for a mapping with any keys, a definition's name, and the words that are allowed.
 */
const line = /^(?:(\w+)\.)?(\w+)(!?): (\S+)(?: = (.+))?$/;

const parsed = new Map<string, ObjectType>();

/**
 * What CloudFormation takes as the properties of a resource type; undefined for types that have
 * nothing to do with launching instances.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export function propertiesOfType(type: string): ObjectType | undefined {
  const before = parsed.get(type);
  if (before !== undefined) return before;
  const text = Object.hasOwn(resourceTypeTexts, type) ? resourceTypeTexts[type] : undefined;
  if (text === undefined) return undefined;
  const object = parseType(type, text);
  parsed.set(type, object);
  return object;
}

interface Definition extends ObjectType {
  readonly properties: Map<string, PropertyDefinition>;
}

function parseType(resourceType: string, text: string): ObjectType {
  // Definitions refer to each other, and to themselves, so that each is there before its properties are.
  const definitions = new Map<string, Definition>();
  const definitionNamed = (name: string): Definition => {
    const before = definitions.get(name);
    if (before !== undefined) return before;
    const definition: Definition = {
      kind: "object",
      name: name === "" ? resourceType : name,
      properties: new Map(),
    };
    definitions.set(name, definition);
    return definition;
  };
  for (const entry of text.trim().split("\n")) {
    const [, definition = "", name = "", mark, type = "", words] = line.exec(entry) ?? [];
    const property = {
      type: parseNotation(type, words?.split(" "), definitionNamed),
      isRequired: mark === "!",
    };
    definitionNamed(definition).properties.set(name, property);
  }
  return definitionNamed("");
}

function parseNotation(
  notation: string,
  words: readonly string[] | undefined,
  definitionNamed: (name: string) => ObjectType,
): PropertyType {
  const inner = notation.slice(1, -1);
  if (notation.startsWith("[")) {
    return { kind: "list", items: parseNotation(inner, words, definitionNamed) };
  }
  if (notation.startsWith("{")) {
    return { kind: "map", values: parseNotation(inner, words, definitionNamed) };
  }
  switch (notation) {
    case "any":
      return { kind: "any" };
    case "string":
    case "integer":
    case "number":
    case "boolean":
      return words === undefined ? { kind: notation } : { kind: notation, words };
    default:
      return definitionNamed(notation);
  }
}
