import type { Evaluated } from "../../../values/evaluated.js";
import { possibleScalars } from "../conversion.js";

/**
 * The type of a value, as far as the value shows it: `any` is that of null, of what is unknown, and
 * of an empty list's elements.
 * https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
export type ValueType =
  { readonly kind: "string" | "number" | "bool" | "any" } | SequenceType | MappingType;

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

/** The type that a value shows. Every map shows an object's: Terraform's maps unify like those. */
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

function scalarKind(scalar: string | number | boolean): "string" | "number" | "bool" {
  if (typeof scalar === "string") return "string";
  return typeof scalar === "number" ? "number" : "bool";
}

/**
 * The one type that values of all these types convert to, or undefined: a string where one is a
 * string, a list where tuples differ in length, a map where objects differ in attributes.
 * https://github.com/zclconf/go-cty/blob/v1.16.2/cty/convert/unify.go
 */
export function unifyTypes(types: readonly ValueType[]): ValueType | undefined {
  // Null and what is unknown become whatever their neighbours are.
  const [first, ...others] = types.filter((type) => type.kind !== "any");
  if (first === undefined) return anyType;
  if (others.length === 0) return first;
  const present = [first, ...others];
  if (present.every(isSequenceType)) return unifySequences(present);
  if (present.every(isMappingType)) return unifyMappings(present);
  if (present.every((type) => type.kind === first.kind)) return first;
  if (present.some((type) => isSequenceType(type) || isMappingType(type))) return undefined;
  return present.some((type) => type.kind === "string") ? { kind: "string" } : undefined;
}

function isSequenceType(type: ValueType): type is SequenceType {
  return type.kind === "list" || type.kind === "set" || type.kind === "tuple";
}

function isMappingType(type: ValueType): type is MappingType {
  return type.kind === "map" || type.kind === "object";
}

function unifySequences(types: readonly SequenceType[]): ValueType | undefined {
  const tuples = types.filter((type) => type.kind === "tuple");
  const lengths = new Set(tuples.map((tuple) => tuple.elements.length));
  if (tuples.length === types.length && lengths.size === 1) {
    const [length = 0] = lengths;
    const elements = Array.from({ length }, (_, index) =>
      unifyTypes(tuples.flatMap((tuple) => tuple.elements[index] ?? [])),
    );
    return elements.every((element) => element !== undefined)
      ? { kind: "tuple", elements }
      : undefined;
  }
  const element = unifyTypes(types.flatMap(partTypes));
  if (element === undefined) return undefined;
  const isSet = types.some((type) => type.kind === "set");
  const isList = types.some((type) => type.kind === "list");
  return { kind: isSet && !isList ? "set" : "list", element };
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
  const element = unifyTypes(types.flatMap(partTypes));
  return element === undefined ? undefined : { kind: "map", element };
}

function partTypes(type: SequenceType | MappingType): readonly ValueType[] {
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
