import { unknown } from "../../values/evaluated.js";
import type {
  AttributeAccess,
  ConditionalExpression,
  Expression,
  ForExpression,
  FunctionCall,
  IndexAccess,
  ObjectExpression,
  SplatExpression,
} from "../hcl/syntax-tree.js";
import { resultTypeOf } from "./functions/result-type.js";
import {
  areSameTypes,
  certainTypeOf,
  isMappingType,
  isSequenceType,
  partTypeOf,
  partTypes,
  unifyTypes,
  unknownType,
  type ValueType,
} from "./functions/value-type.js";
import { plainText } from "./read-declarations.js";
import type { Binding, Namespaces, Scope } from "./scope.js";

/**
 * The type of what an expression comes to, known or not. It is the same in every scenario: what no
 * declaration tells is unknown, as an attribute of a resource is. Never throws.
 * https://developer.hashicorp.com/terraform/language/expressions/types
 */
export function typeOfExpression(expression: Expression, scope: Scope): ValueType {
  const find = () => scope.context.scenarios.outside(() => typeOf(expression, scope));
  const { instance, namespaces } = scope;
  if (instance === undefined) return find();
  const instances = knownTypes.get(namespaces) ?? new Map<string, WeakMap<Expression, ValueType>>();
  knownTypes.set(namespaces, instances);
  const known = instances.get(instance) ?? new WeakMap<Expression, ValueType>();
  instances.set(instance, known);
  const type = known.get(expression) ?? find();
  known.set(expression, type);
  return type;
}

/** Types that are found, of the expressions of a module instance or of a resource's instance in it. */
const knownTypes = new WeakMap<Namespaces, Map<string, WeakMap<Expression, ValueType>>>();

function typeOf(expression: Expression, scope: Scope): ValueType {
  switch (expression.kind) {
    case "literal":
      return typeOfLiteral(expression.value);
    case "template": {
      const [only] = expression.parts;
      const isSole = expression.parts.length === 1 && only?.kind === "interpolation";
      return isSole ? typeOf(only.expression, scope) : { kind: "string" };
    }
    case "variable":
      return typeOfBinding(expression.name, scope);
    case "attribute":
      return typeOfAttribute(expression, scope);
    case "index":
      return typeOfIndex(expression, scope);
    case "splat":
      return typeOfSplat(expression, scope);
    case "call":
      return typeOfCall(expression, scope);
    case "conditional":
      return typeOfConditional(expression, scope);
    case "binary":
      return { kind: /^[-+*/%]$/.test(expression.operator) ? "number" : "bool" };
    case "unary":
      return { kind: expression.operator === "-" ? "number" : "bool" };
    case "tuple":
      return {
        kind: "tuple",
        elements: expression.items.map((item) => typeOf(item, scope)),
      };
    case "object":
      return typeOfObject(expression, scope);
    case "for":
      return typeOfFor(expression, scope);
    case "parentheses":
      return typeOf(expression.expression, scope);
    case "invalid":
      return unknownType;
  }
}

function typeOfConditional({ then, otherwise }: ConditionalExpression, scope: Scope): ValueType {
  return unifyTypes([typeOf(then, scope), typeOf(otherwise, scope)]) ?? unknownType;
}

function typeOfLiteral(value: number | boolean | null): ValueType {
  if (value === null) return { kind: "any" };
  return { kind: typeof value === "number" ? "number" : "bool" };
}

function typeOfBinding(name: string, scope: Scope): ValueType {
  const binding = scope.binding(name);
  if (binding === undefined) return unknownType;
  return binding.type?.() ?? certainTypeOf(binding.value());
}

/** Of what a module declares, its namespaces know the type; of the rest that which it is part of. */
function typeOfAttribute({ target, name }: AttributeAccess, scope: Scope): ValueType {
  const { namespaces } = scope;
  if (target.kind === "variable" && scope.binding(target.name) === undefined) {
    return namespaces.typeOf(target.name, name.name);
  }
  if (target.kind === "attribute" && target.target.kind === "variable") {
    const { target: root, name: call } = target;
    if (root.name === "module" && scope.binding(root.name) === undefined) {
      return namespaces.typeOfOutput(call.name, name.name);
    }
  }
  return partTypeOf(typeOf(target, scope), name.name);
}

function typeOfIndex({ target, index }: IndexAccess, scope: Scope): ValueType {
  const whole = typeOf(target, scope);
  if (whole.kind === "list" || whole.kind === "map") return whole.element;
  if (whole.kind === "unknown" && target.kind === "splat") return typeOfSole(target, scope);
  if (whole.kind !== "tuple" && whole.kind !== "object") return unknownType;
  const key = scope.evaluate(index);
  if (!key.ok || key.value.state !== "known") return unknownType;
  return partTypeOf(whole, String(key.value.value));
}

/** Of anything but a list, set or tuple the value decides how many elements there are: one, or none if it is null. */
function typeOfSplat({ target, each }: SplatExpression, scope: Scope): ValueType {
  const whole = typeOf(target, scope);
  switch (whole.kind) {
    case "list":
    case "set":
      return { kind: "list", element: typeOfEach(each, whole.element, scope) };
    case "tuple":
      return {
        kind: "tuple",
        elements: whole.elements.map((element) => typeOfEach(each, element, scope)),
      };
    default:
      return unknownType;
  }
}

/** The type of the one element, if any, that a splat makes of what is no list, set or tuple. */
function typeOfSole({ target, each }: SplatExpression, scope: Scope): ValueType {
  const whole = typeOf(target, scope);
  return isSequenceType(whole) ? unknownType : typeOfEach(each, whole, scope);
}

function typeOfEach(each: Expression, element: ValueType, scope: Scope): ValueType {
  return typeOf(each, scope.bind(typeOnly("*", element, scope)));
}

/** A name of which nothing but the type counts. */
function typeOnly(name: string, type: ValueType, scope: Scope): Binding {
  const origin = scope.written({ start: 0, end: 0 });
  const value = () =>
    unknown({ kind: "not-supported", what: "a value that is not asked for" }, origin);
  return { name, identity: "", value, type: () => type };
}

function typeOfCall(call: FunctionCall, scope: Scope): ValueType {
  if (call.name.name.replace(/^core::/, "") === "try") return typeOfTry(call, scope);
  return typeByArguments(call, scope) ?? typeByValue(call, scope);
}

/** The type that a function's result has by those of its arguments; undefined where it takes values to tell. */
export function typeByArguments(call: FunctionCall, scope: Scope): ValueType | undefined {
  const { name, arguments: own, expandLast } = call;
  if (name.name === "lookup" && !expandLast) {
    const found = typeOfLookup(own, scope);
    if (found !== undefined) return found;
  }
  return resultTypeOf(name.name.replace(/^core::/, ""), () =>
    expandLast ? undefined : own.map((argument) => typeOf(argument, scope)),
  );
}

/** In an object a known key has one type: the attribute's, or where there is none the default's. */
function typeOfLookup(
  [object, key, otherwise]: readonly Expression[],
  scope: Scope,
): ValueType | undefined {
  if (object === undefined || key === undefined) return undefined;
  const whole = typeOf(object, scope);
  const name = plainText(key);
  if (whole.kind !== "object" || name === undefined) return undefined;
  const attribute = whole.attributes.get(name);
  if (attribute !== undefined || otherwise === undefined) return attribute;
  return typeOf(otherwise, scope);
}

/** That of the first argument that is no error; where that cannot be said, the one that all have that may be it. */
function typeOfTry({ arguments: candidates }: FunctionCall, scope: Scope): ValueType {
  const guarded = scope.guarded();
  const possible: ValueType[] = [];
  for (const candidate of candidates) {
    const result = guarded.evaluate(candidate);
    if (!result.ok) continue;
    possible.push(typeOf(candidate, scope));
    const { value } = result;
    if (value.state !== "unknown" || scope.context.openValues.isCertain(value)) break;
  }
  const [first = unknownType, ...others] = possible;
  return others.every((type) => areSameTypes(first, type)) ? first : unknownType;
}

/** What a function gives for known values shows the type. */
function typeByValue(expression: Expression, scope: Scope): ValueType {
  const result = scope.evaluate(expression);
  return result.ok ? certainTypeOf(result.value) : unknownType;
}

function typeOfObject({ items }: ObjectExpression, scope: Scope): ValueType {
  const attributes = new Map<string, ValueType>();
  for (const { key, value } of items) {
    const name = plainText(key) ?? knownKey(key, scope);
    if (name === undefined) return unknownType;
    attributes.set(name, typeOf(value, scope));
  }
  return { kind: "object", attributes };
}

function knownKey(key: Expression, scope: Scope): string | undefined {
  const result = scope.evaluate(key);
  return result.ok && result.value.state === "known" ? String(result.value.value) : undefined;
}

/** How many elements there are is for the value to say, what they are like for the collection's type. */
function typeOfFor(expression: ForExpression, scope: Scope): ValueType {
  const made = scope.evaluate(expression);
  if (!made.ok || expression.grouping) return unknownType;
  const whole = typeOf(expression.collection, scope);
  if (
    whole.kind === "tuple" &&
    expression.key === undefined &&
    expression.condition === undefined
  ) {
    const elements = whole.elements.map((type) => typeOfBody(expression, number, type, scope));
    return { kind: "tuple", elements };
  }
  const element = elementTypes(whole);
  if (element === undefined) return certainTypeOf(made.value);
  const type = typeOfBody(expression, element.key, element.value, scope);
  if (made.value.state === "list") {
    return { kind: "tuple", elements: made.value.items.map(() => type) };
  }
  if (made.value.state !== "map") return unknownType;
  const names = [...made.value.entries.keys()];
  return { kind: "object", attributes: new Map(names.map((name) => [name, type])) };
}

const number: ValueType = { kind: "number" };

function typeOfBody(
  { keyVariable, valueVariable, value }: ForExpression,
  keyType: ValueType,
  valueType: ValueType,
  scope: Scope,
): ValueType {
  const bindings = [typeOnly(valueVariable.name, valueType, scope)];
  if (keyVariable !== undefined) bindings.push(typeOnly(keyVariable.name, keyType, scope));
  return typeOf(value, scope.bind(...bindings));
}

/** The types of keys and values of what is gone over; undefined where its elements differ in type. */
function elementTypes(
  whole: ValueType,
): { readonly key: ValueType; readonly value: ValueType } | undefined {
  if (!isSequenceType(whole) && !isMappingType(whole)) return undefined;
  const [value, ...others] = partTypes(whole);
  if (value === undefined || !others.every((type) => areSameTypes(value, type))) return undefined;
  if (whole.kind === "set") return { key: value, value };
  return { key: isSequenceType(whole) ? number : { kind: "string" }, value };
}
