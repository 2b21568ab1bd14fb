import type { TextRange } from "../../source/text-range.js";
import type { Expression } from "../hcl/syntax-tree.js";
import {
  commonType,
  isMappingType,
  isSequenceType,
  partTypeOf,
  partTypes,
  unknownType,
  type ValueType,
} from "./functions/value-type.js";
import { plainText } from "./read-declarations.js";

/** What a variable's `type` says. */
export type TypeConstraint =
  | { readonly kind: "any" | "string" | "number" | "bool" }
  | { readonly kind: "list" | "set" | "map"; readonly element: TypeConstraint }
  | { readonly kind: "tuple"; readonly elements: readonly TypeConstraint[] }
  | ObjectConstraint;

/** `object({ … })`. */
export interface ObjectConstraint {
  readonly kind: "object";
  readonly attributes: ReadonlyMap<string, AttributeConstraint>;
}

/** One attribute of an object type. */
export interface AttributeConstraint {
  readonly type: TypeConstraint;
  readonly isOptional: boolean;
  /** The second argument of `optional`. */
  readonly default?: Expression;
  /** The attribute's name. */
  readonly place: TextRange;
}

/** The type that everything has. */
export const anyType: TypeConstraint = { kind: "any" };

/**
 * Reads a type constraint. What is none, which Terraform rejects, is taken as `any`.
 * https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
export function readTypeConstraint(expression: Expression): TypeConstraint {
  switch (expression.kind) {
    case "variable":
      return namedType(expression.name);
    case "template":
      // Terraform 0.11 wrote types as strings: `type = "map"`.
      return namedType(plainText(expression) ?? "");
    case "call":
      return constructedType(expression.name.name, expression.arguments);
    default:
      return anyType;
  }
}

function namedType(name: string): TypeConstraint {
  switch (name) {
    case "string":
    case "number":
    case "bool":
      return { kind: name };
    case "list":
    case "set":
    case "map":
      return { kind: name, element: anyType };
    default:
      return anyType;
  }
}

function constructedType(name: string, [argument]: readonly Expression[]): TypeConstraint {
  if (argument === undefined) return anyType;
  switch (name) {
    case "list":
    case "set":
    case "map":
      return { kind: name, element: readTypeConstraint(argument) };
    case "tuple":
      return argument.kind === "tuple"
        ? { kind: "tuple", elements: argument.items.map(readTypeConstraint) }
        : anyType;
    case "object":
      return argument.kind === "object" ? objectType(argument) : anyType;
    default:
      return anyType;
  }
}

function objectType({ items }: Extract<Expression, { readonly kind: "object" }>): ObjectConstraint {
  const attributes = new Map<string, AttributeConstraint>();
  for (const { key, value } of items) {
    const name = plainText(key);
    if (name !== undefined) attributes.set(name, { ...attributeType(value), place: key.range });
  }
  return { kind: "object", attributes };
}

/** https://developer.hashicorp.com/terraform/language/expressions/type-constraints#optional-object-type-attributes */
function attributeType(value: Expression): Omit<AttributeConstraint, "place"> {
  if (value.kind !== "call" || value.name.name !== "optional") {
    return { type: readTypeConstraint(value), isOptional: false };
  }
  const [type, otherwise] = value.arguments;
  return {
    type: type === undefined ? anyType : readTypeConstraint(type),
    isOptional: true,
    ...(otherwise === undefined ? {} : { default: otherwise }),
  };
}

/** The type of a value that has been converted to the constraint, of the type `given` before. */
export function typeUnder(constraint: TypeConstraint, given: ValueType): ValueType {
  switch (constraint.kind) {
    case "any":
      return given;
    case "string":
    case "number":
    case "bool":
      return { kind: constraint.kind };
    case "list":
    case "set":
    case "map": {
      const { kind, element } = constraint;
      const parts = isSequenceType(given) || isMappingType(given) ? partTypes(given) : [];
      return {
        kind,
        element: commonType(
          parts.length > 0
            ? parts.map((part) => typeUnder(element, part))
            : [typeUnder(element, unknownType)],
        ),
      };
    }
    case "tuple":
      return {
        kind: "tuple",
        elements: constraint.elements.map((element, index) =>
          typeUnder(element, partTypeOf(given, index)),
        ),
      };
    case "object": {
      const attributes = new Map<string, ValueType>();
      for (const [name, { type }] of constraint.attributes) {
        attributes.set(name, typeUnder(type, partTypeOf(given, name)));
      }
      return { kind: "object", attributes };
    }
  }
}

/** The constraint that a value of any type meets by being converted to this one. `place` is that of attributes. */
export function constraintOf(type: ValueType, place: TextRange): TypeConstraint {
  switch (type.kind) {
    case "any":
    case "unknown":
      return anyType;
    case "string":
    case "number":
    case "bool":
      return { kind: type.kind };
    case "list":
    case "set":
    case "map":
      return { kind: type.kind, element: constraintOf(type.element, place) };
    case "tuple":
      return {
        kind: "tuple",
        elements: type.elements.map((element) => constraintOf(element, place)),
      };
    case "object": {
      const attributes = new Map<string, AttributeConstraint>();
      for (const [name, attribute] of type.attributes) {
        attributes.set(name, { type: constraintOf(attribute, place), isOptional: false, place });
      }
      return { kind: "object", attributes };
    }
  }
}
