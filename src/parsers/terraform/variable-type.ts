import type { Evaluated, EvaluatedEntry } from "../../values/evaluated.js";
import { unset } from "../../values/value.js";
import type { Expression, ObjectItem } from "../hcl/syntax-tree.js";
import { convertToBool, convertToNumber, convertToString } from "./conversion.js";
import { EvaluationError, unwrap } from "./evaluation-error.js";
import { createSet } from "./functions/create-set.js";

/**
 * The type that a variable declares.
 * https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
export type TypeConstraint =
  | { readonly kind: "any" | "string" | "number" | "bool" }
  | { readonly kind: "list"; readonly element: TypeConstraint }
  | { readonly kind: "set"; readonly element: TypeConstraint }
  | { readonly kind: "map"; readonly element: TypeConstraint }
  | { readonly kind: "tuple"; readonly elements: readonly TypeConstraint[] }
  | { readonly kind: "object"; readonly attributes: ReadonlyMap<string, ObjectAttribute> };

/** An attribute of an object type; `optional(type, default)` may be left out. */
export interface ObjectAttribute {
  readonly type: TypeConstraint;
  readonly isOptional: boolean;
  readonly fallback?: Expression;
}

const anyType: TypeConstraint = { kind: "any" };

/** Reads a type expression; what is no type counts as `any`. */
export function readTypeConstraint(expression: Expression): TypeConstraint {
  switch (expression.kind) {
    case "variable":
      return readKeyword(expression.name);
    case "template": {
      // Terraform 0.11 wrote types in quotes.
      const [part] = expression.parts;
      return part?.kind === "text" ? readKeyword(part.value) : anyType;
    }
    case "call":
      return readTypeCall(expression.name.name, expression.arguments);
    case "parentheses":
      return readTypeConstraint(expression.expression);
    default:
      return anyType;
  }
}

function readKeyword(name: string): TypeConstraint {
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

function readTypeCall(name: string, [first]: readonly Expression[]): TypeConstraint {
  if (first === undefined) return anyType;
  switch (name) {
    case "list":
    case "set":
    case "map":
      return { kind: name, element: readTypeConstraint(first) };
    case "tuple":
      if (first.kind !== "tuple") return anyType;
      return { kind: "tuple", elements: first.items.map(readTypeConstraint) };
    case "object":
      if (first.kind !== "object") return anyType;
      return { kind: "object", attributes: new Map(first.items.flatMap(readAttribute)) };
    default:
      return anyType;
  }
}

function readAttribute({
  key,
  value,
}: ObjectItem): readonly (readonly [string, ObjectAttribute])[] {
  const [part] = key.kind === "template" ? key.parts : [];
  if (part?.kind !== "text") return [];
  if (value.kind !== "call" || value.name.name !== "optional") {
    return [[part.value, { type: readTypeConstraint(value), isOptional: false }]];
  }
  const [inner, fallback] = value.arguments;
  const type = inner === undefined ? anyType : readTypeConstraint(inner);
  return [
    [part.value, { type, isOptional: true, ...(fallback === undefined ? {} : { fallback }) }],
  ];
}

/** Evaluates the default of an optional attribute, which stands in the variable's own block. */
export type EvaluateFallback = (fallback: Expression) => Evaluated;

/** The value as the declared type, with optional attributes filled in. Throws an EvaluationError where it does not fit. */
export function convertToConstraint(
  value: Evaluated,
  type: TypeConstraint,
  evaluateFallback: EvaluateFallback,
): Evaluated {
  if (value.state === "unset" || value.state === "unknown") {
    return isScalarType(type) ? convertScalar(value, type.kind) : value;
  }
  switch (type.kind) {
    case "any":
      return value;
    case "string":
    case "number":
    case "bool":
      return convertScalar(value, type.kind);
    case "list":
    case "set":
    case "tuple":
      return convertSequence(value, type, evaluateFallback);
    case "map":
      return convertEntries(value, () => type.element, evaluateFallback);
    case "object":
      return convertObject(value, type.attributes, evaluateFallback);
  }
}

function isScalarType(
  type: TypeConstraint,
): type is { readonly kind: "string" | "number" | "bool" } {
  return type.kind === "string" || type.kind === "number" || type.kind === "bool";
}

function convertScalar(value: Evaluated, kind: "string" | "number" | "bool"): Evaluated {
  switch (kind) {
    case "string":
      return unwrap(convertToString(value));
    case "number":
      return unwrap(convertToNumber(value));
    case "bool":
      return unwrap(convertToBool(value));
  }
}

function convertSequence(
  value: Evaluated,
  type: Extract<TypeConstraint, { readonly kind: "list" | "set" | "tuple" }>,
  evaluateFallback: EvaluateFallback,
): Evaluated {
  if (value.state !== "list") throw new EvaluationError(`a ${type.kind} is required`);
  const items = value.items.map((item, index) => {
    const element = type.kind === "tuple" ? (type.elements[index] ?? anyType) : type.element;
    return convertToConstraint(item, element, evaluateFallback);
  });
  if (type.kind === "set") return createSet(items, value.origin);
  return { ...value, items, collection: type.kind };
}

function convertEntries(
  value: Evaluated,
  typeOf: (name: string) => TypeConstraint,
  evaluateFallback: EvaluateFallback,
): Evaluated {
  if (value.state !== "map") throw new EvaluationError("a map is required");
  const entries = [...value.entries].map(([name, { key, value: entry }]) => {
    const converted = convertToConstraint(entry, typeOf(name), evaluateFallback);
    return [name, { key, value: converted }] as const;
  });
  return { ...value, entries: new Map(entries) };
}

function convertObject(
  value: Evaluated,
  attributes: ReadonlyMap<string, ObjectAttribute>,
  evaluateFallback: EvaluateFallback,
): Evaluated {
  if (value.state !== "map") throw new EvaluationError("an object is required");
  const entries = new Map<string, EvaluatedEntry>();
  for (const [name, { type, isOptional, fallback }] of attributes) {
    const given = value.entries.get(name);
    if (given === undefined && !isOptional)
      throw new EvaluationError(`attribute ${name} is required`);
    // A null given for an optional attribute takes its default.
    const isMissing = given === undefined || (isOptional && given.value.state === "unset");
    const taken =
      isMissing && fallback !== undefined
        ? evaluateFallback(fallback)
        : (given?.value ?? unset(value.origin));
    const key = given?.key ?? taken.origin.location;
    entries.set(name, { key, value: convertToConstraint(taken, type, evaluateFallback) });
  }
  return { ...value, entries };
}
