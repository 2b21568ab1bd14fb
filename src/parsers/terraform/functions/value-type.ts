import type { Evaluated, EvaluatedMap } from "../../../values/evaluated.js";
import { possibleScalars } from "../conversion.js";

/**
 * The type of a value. `any` is that of null, and of an empty list's elements: it becomes whatever
 * its neighbours are. `unknown` is one that cannot be told.
 * https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
export type ValueType =
  { readonly kind: "string" | "number" | "bool" | "any" | "unknown" } | SequenceType | MappingType;

/** A list, set or tuple. */
export type SequenceType =
  | { readonly kind: "list"; readonly element: ValueType }
  | { readonly kind: "set"; readonly element: ValueType }
  | { readonly kind: "tuple"; readonly elements: readonly ValueType[] };

/** A map or object. */
export type MappingType =
  | { readonly kind: "map"; readonly element: ValueType }
  | { readonly kind: "object"; readonly attributes: ReadonlyMap<string, ValueType> };

const anyType: ValueType = { kind: "any" };

/** That of what cannot be told. */
export const unknownType: ValueType = { kind: "unknown" };

/**
 * The type that a value shows among others that it is to have one type with: `any` is that of what is
 * unknown too. Every map shows an object's: Terraform's maps unify like those.
 */
export function typeOf(value: Evaluated): ValueType {
  switch (value.state) {
    case "known":
      return { kind: scalarKind(value.value) };
    case "unset":
      return anyType;
    case "unknown": {
      const kinds = new Set(possibleScalars(value)?.map(scalarKind));
      const [kind] = kinds;
      return kinds.size === 1 && kind !== undefined ? { kind } : anyType;
    }
    case "list": {
      const elements = value.items.map(typeOf);
      const kind = value.collection;
      return kind === "tuple"
        ? { kind, elements }
        : { kind, element: unifyTypes(elements) ?? anyType };
    }
    case "map": {
      const attributes = new Map<string, ValueType>();
      for (const [key, entry] of value.entries) attributes.set(key, typeOf(entry.value));
      return { kind: "object", attributes };
    }
  }
}

/** Terraform's name for the type of a scalar. */
export function scalarKind(scalar: string | number | boolean): "string" | "number" | "bool" {
  if (typeof scalar === "string") return "string";
  return typeof scalar === "number" ? "number" : "bool";
}

/**
 * The one type that values of all these types convert to, or undefined: a string where one is a
 * string, a list where tuples differ in length, a map where objects differ in attributes.
 * https://github.com/zclconf/go-cty/blob/v1.16.2/cty/convert/unify.go
 */
export function unifyTypes(types: readonly ValueType[]): ValueType | undefined {
  const [first, ...others] = types.filter((type) => type.kind !== "any");
  if (first === undefined) return anyType;
  if (others.length === 0) return first;
  const present = [first, ...others];
  const told = present.filter((type) => type.kind !== "unknown");
  if (told.length < present.length) return unifyBesideUnknown(told);
  if (present.every(isSequenceType)) return unifySequences(present);
  if (present.every(isMappingType)) return unifyMappings(present);
  if (present.every((type) => type.kind === first.kind)) return first;
  if (present.some(hasParts)) return undefined;
  return present.some((type) => type.kind === "string") ? { kind: "string" } : undefined;
}

/** Whether it is that of a list, set or tuple. */
export function isSequenceType(type: ValueType): type is SequenceType {
  return type.kind === "list" || type.kind === "set" || type.kind === "tuple";
}

/** Whether it is that of a map or object. */
export function isMappingType(type: ValueType): type is MappingType {
  return type.kind === "map" || type.kind === "object";
}

/** A string stays one whatever it is beside; of everything else something unknown may make another type. */
function unifyBesideUnknown(told: readonly ValueType[]): ValueType {
  const areScalars = !told.some(hasParts);
  const hasString = told.some((type) => type.kind === "string");
  return areScalars && hasString ? { kind: "string" } : unknownType;
}

function unifySequences(types: readonly SequenceType[]): ValueType | undefined {
  const sets = types.filter((type) => type.kind === "set");
  if (sets.length > 0) return unifyWithSets(types, sets);
  const tuples = types.filter((type) => type.kind === "tuple");
  const lengths = new Set(tuples.map((tuple) => tuple.elements.length));
  if (tuples.length < types.length || lengths.size > 1) {
    return collectionType("list", types);
  }
  const [length = 0] = lengths;
  const elements = Array.from({ length }, (_, index) =>
    unifyTypes(tuples.flatMap((tuple) => tuple.elements[index] ?? [])),
  );
  return elements.every((element) => element !== undefined)
    ? { kind: "tuple", elements }
    : undefined;
}

/** Beside sets no new type is made: that of the lists among them is taken as it is, else that of the sets. */
function unifyWithSets(
  types: readonly SequenceType[],
  sets: readonly SequenceType[],
): ValueType | undefined {
  const lists = types.filter((type) => type.kind === "list");
  const [kind, preferred] =
    lists.length > 0 ? (["list", lists] as const) : (["set", sets] as const);
  return collectionType(kind, preferred);
}

/** A collection with what is in all of them; beside an empty one of no type yet it may be told only by the value. */
function collectionType(
  kind: "list" | "set" | "map",
  types: readonly (SequenceType | MappingType)[],
): ValueType | undefined {
  const element = unifyTypes(types.flatMap(partTypes));
  if (element !== undefined) return { kind, element };
  const isOpen = types.some((type) => type.kind === kind && type.element.kind === "any");
  return isOpen ? unknownType : undefined;
}

function unifyMappings(types: readonly MappingType[]): ValueType | undefined {
  const objects = types.filter((type) => type.kind === "object");
  const names = [...new Set(objects.flatMap((object) => [...object.attributes.keys()]))];
  const haveSameNames = objects.every((object) => object.attributes.size === names.length);
  if (objects.length === types.length && haveSameNames) {
    const attributes = new Map<string, ValueType>();
    for (const name of names) {
      const type = unifyTypes(objects.flatMap((object) => object.attributes.get(name) ?? []));
      if (type === undefined) return undefined;
      attributes.set(name, type);
    }
    return { kind: "object", attributes };
  }
  return collectionType("map", types);
}

/** The types of all parts of something that has parts. */
export function partTypes(type: SequenceType | MappingType): readonly ValueType[] {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return [type.element];
    case "tuple":
      return type.elements;
    case "object":
      return [...type.attributes.values()];
  }
}

/**
 * The type that a value has for certain. What is unknown has the type of the scalars that it can be;
 * of a map of which we cannot say whether it is an object, nothing is told.
 */
export function certainTypeOf(value: Evaluated): ValueType {
  switch (value.state) {
    case "known":
      return { kind: scalarKind(value.value) };
    case "unset":
      return unknownType;
    case "unknown": {
      const shown = typeOf(value);
      return shown.kind === "any" ? unknownType : shown;
    }
    case "list": {
      const elements = value.items.map(certainTypeOf);
      const kind = value.collection;
      return kind === "tuple" ? { kind, elements } : { kind, element: commonType(elements) };
    }
    case "map":
      return certainTypeOfMap(value);
  }
}

function certainTypeOfMap({ collection, entries }: EvaluatedMap): ValueType {
  if (collection === undefined) return unknownType;
  const parts = [...entries].map(([name, { value }]) => [name, certainTypeOf(value)] as const);
  return collection === "object"
    ? { kind: "object", attributes: new Map(parts) }
    : { kind: "map", element: commonType(parts.map(([, type]) => type)) };
}

/** The type of a collection's elements, unknown where it has none to show it. */
export function commonType(elements: readonly ValueType[]): ValueType {
  const type = unifyTypes(elements) ?? unknownType;
  return type.kind === "any" ? unknownType : type;
}

/** The type of the attribute or element `step`; unknown where there is none or it cannot be told. */
export function partTypeOf(whole: ValueType, step: string | number): ValueType {
  switch (whole.kind) {
    case "list":
    case "map":
      return whole.element;
    case "tuple":
      return whole.elements[Number(step)] ?? unknownType;
    case "object":
      return whole.attributes.get(String(step)) ?? unknownType;
    default:
      return unknownType;
  }
}

/**
 * Whether no value but null is of both types. In a part, that of null is another one than any that is told.
 * https://github.com/zclconf/go-cty/blob/v1.16.2/cty/value_ops.go: values of different types are never equal
 */
export function areDistinct(left: ValueType, right: ValueType): boolean {
  return left.kind !== "any" && right.kind !== "any" && arePartsDistinct(left, right);
}

function arePartsDistinct(left: ValueType, right: ValueType): boolean {
  if (left.kind === "unknown" || right.kind === "unknown") return false;
  const pairs = left.kind === right.kind ? pairParts(left, right) : undefined;
  return pairs?.some(([own, other]) => arePartsDistinct(own, other)) ?? true;
}

/** Whether the two are told to be one type. */
export function areSameTypes(left: ValueType, right: ValueType): boolean {
  if (left.kind === "unknown") return false;
  const pairs = left.kind === right.kind ? pairParts(left, right) : undefined;
  return pairs?.every(([own, other]) => areSameTypes(own, other)) ?? false;
}

/** The parts that stand at the same place in two types of one kind; undefined where one has other parts. */
function pairParts(
  left: ValueType,
  right: ValueType,
): readonly (readonly [ValueType, ValueType])[] | undefined {
  if (!hasParts(left) || !hasParts(right)) return [];
  const [own, others] = [namedParts(left), namedParts(right)];
  if (own.size !== others.size) return undefined;
  const pairs: (readonly [ValueType, ValueType])[] = [];
  for (const [name, part] of own) {
    const other = others.get(name);
    if (other === undefined) return undefined;
    pairs.push([part, other]);
  }
  return pairs;
}

function namedParts(type: SequenceType | MappingType): ReadonlyMap<string | number, ValueType> {
  return type.kind === "object" ? type.attributes : new Map(partTypes(type).entries());
}

function hasParts(type: ValueType): type is SequenceType | MappingType {
  return isSequenceType(type) || isMappingType(type);
}
