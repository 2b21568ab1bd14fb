import {
  type Evaluated,
  type EvaluatedList,
  type EvaluatedMap,
  type EvaluatedUnknown,
  oneOf,
} from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import type { Scalar } from "../../values/value.js";
import type {
  AttributeAccess,
  Expression,
  IndexAccess,
  SplatExpression,
  VariableExpression,
} from "../hcl/syntax-tree.js";
import { chooseKey, noneOf } from "./choose-key.js";
import { convertToNumber, convertToString } from "./conversion.js";
import { failure, success } from "./functions/function-result.js";
import { takenFrom } from "./functions/made-value.js";
import type { FunctionResult } from "./functions/terraform-function.js";
import { allInstances, wholeInstance } from "./links.js";
import { partOf } from "./origin-path.js";
import type { Scope } from "./scope.js";

/** A reference with what is taken out of it: `var.o.x`, `aws_instance.web[0].id`, `local.l[*].name`. */
export type Traversal = VariableExpression | AttributeAccess | IndexAccess | SplatExpression;

/**
 * Follows a reference. Its value's chain of places starts at the reference as a whole.
 * https://developer.hashicorp.com/terraform/language/expressions/references
 */
export function evaluateTraversal(expression: Traversal, scope: Scope): FunctionResult {
  const use = scope.written(expression.range);
  const result = follow(expression, scope, use);
  if (!result.ok) return result;
  const value = scope.context.openValues.narrow(result.value);
  return success(seenAt(use, value));
}

/** What was made at the reference itself is there already. */
function seenAt(use: Origin, value: Evaluated): Evaluated {
  return value.origin === use ? value : { ...value, origin: { ...use, from: value.origin } };
}

function follow(expression: Expression, scope: Scope, use: Origin): FunctionResult {
  switch (expression.kind) {
    case "variable":
      return followVariable(expression, scope);
    case "attribute":
      return followAttribute(expression, scope, use);
    case "index":
      return followIndex(expression, scope, use);
    case "splat":
      return followSplat(expression, scope, use);
    default:
      return scope.evaluate(expression);
  }
}

function followVariable({ name }: VariableExpression, scope: Scope): FunctionResult {
  const binding = scope.binding(name);
  return binding === undefined ? failure(`there is no ${name} here`) : success(binding.value());
}

function followAttribute(expression: AttributeAccess, scope: Scope, use: Origin): FunctionResult {
  const { target, name } = expression;
  const declared = followDeclared(expression, scope, use);
  if (declared?.ok === false && declared.isStatic === true && scope.isGuarded) {
    return success(scope.reject(expression, declared.message));
  }
  if (declared !== undefined) return declared;
  const whole = follow(target, scope, use);
  return whole.ok ? attributeOf(whole.value, name.name, scope, use) : whole;
}

/** What a name that the module declares stands for; undefined where it is an attribute of something. */
function followDeclared(
  { target, name }: AttributeAccess,
  scope: Scope,
  use: Origin,
): FunctionResult | undefined {
  const { namespaces } = scope;
  if (target.kind === "variable") {
    return isBound(target, scope) ? undefined : namespaces.attribute(target.name, name.name, use);
  }
  if (target.kind !== "attribute" || target.target.kind !== "variable") return undefined;
  if (isBound(target.target, scope)) return undefined;
  // `resource.aws_instance.web` is the long form of `aws_instance.web`.
  if (target.target.name === "resource") {
    return namespaces.attribute(target.name.name, name.name, use);
  }
  if (target.target.name !== "data") return undefined;
  return namespaces.dataSource(target.name.name, name.name, use);
}

function isBound({ name }: VariableExpression, scope: Scope): boolean {
  return scope.binding(name) !== undefined;
}

function attributeOf(whole: Evaluated, name: string, scope: Scope, use: Origin): FunctionResult {
  switch (whole.state) {
    case "map": {
      const entry = whole.entries.get(name);
      return entry === undefined
        ? failure(`there is no attribute "${name}"`)
        : success(partOf(whole, entry.value));
    }
    case "unknown":
      return partOfUnknown(whole, name, scope, use);
    case "unset":
      return failure(`null has no attribute "${name}"`);
    case "known":
    case "list":
      return failure(`this value has no attribute "${name}"`);
  }
}

/**
 * A resource as a whole knows its attributes, and a block with unknown `count` or `for_each` what its
 * instances are like; of anything else that is unknown its type may say what parts it has.
 */
function partOfUnknown(
  whole: EvaluatedUnknown,
  step: string | number,
  scope: Scope,
  use: Origin,
): FunctionResult {
  const { openValues } = scope.context;
  const { link } = whole;
  if (link?.attribute === allInstances) {
    return success(scope.context.elementOf(link.address, step, use));
  }
  if (link?.attribute !== wholeInstance) return openValues.partOf(whole, step);
  return success(scope.context.resourceAttribute(link.address, String(step), use));
}

/** https://developer.hashicorp.com/terraform/language/expressions/types#indices-and-attributes */
function followIndex(
  { target, index: indexExpression }: IndexAccess,
  scope: Scope,
  use: Origin,
): FunctionResult {
  const whole = follow(target, scope, use);
  if (!whole.ok) return whole;
  const index = scope.evaluate(indexExpression);
  if (!index.ok) return index;
  if (index.value.state === "unset") return failure("an index must not be null");
  switch (whole.value.state) {
    case "list":
      return elementOf(whole.value, index.value, scope, use);
    case "map":
      return entryOf(whole.value, index.value, scope, use);
    case "unknown":
      return partByIndex(whole.value, index.value, scope, use);
    case "unset":
      return failure("null has no elements");
    case "known":
      return failure("this value has no elements");
  }
}

function elementOf(
  list: EvaluatedList,
  index: Evaluated,
  scope: Scope,
  use: Origin,
): FunctionResult {
  if (list.collection === "set") return failure("a set's elements have no indices");
  const converted = convertToNumber(index);
  if (!converted.ok) return converted;
  const number = converted.value;
  const byIndex = new Map(list.items.entries());
  if (number.state === "unknown") return openPart(list, byIndex, number, scope, use);
  const item = number.state === "known" ? byIndex.get(Number(number.value)) : undefined;
  if (item !== undefined) return success(partOf(list, item));
  return failure(`there is no element ${textOf(number)} among ${list.items.length}`);
}

function entryOf(map: EvaluatedMap, index: Evaluated, scope: Scope, use: Origin): FunctionResult {
  const converted = convertToString(index);
  if (!converted.ok) return converted;
  const key = converted.value;
  if (key.state === "unknown") {
    const entries = [...map.entries].map(([name, entry]) => [name, entry.value] as const);
    return openPart(map, new Map(entries), key, scope, use);
  }
  const entry = key.state === "known" ? map.entries.get(String(key.value)) : undefined;
  if (entry !== undefined) return success(partOf(map, entry.value));
  return failure(`there is no element ${textOf(key)}`);
}

function textOf(value: Evaluated): string {
  return value.state === "known" ? JSON.stringify(value.value) : value.state;
}

/** The part that an unknown key means: one in each scenario, or one of all. */
function openPart<Key extends Scalar>(
  whole: Evaluated,
  parts: ReadonlyMap<Key, Evaluated>,
  key: EvaluatedUnknown,
  scope: Scope,
  use: Origin,
): FunctionResult {
  const keys = [...parts.keys()];
  const choice = chooseKey(key, keys, scope.context.scenarios);
  if (choice === "none") return noneOf(keys);
  const chosen = choice === "open" ? undefined : parts.get(choice.key);
  if (chosen !== undefined) return success(partOf(whole, chosen));
  const origin = takenFrom(use, key);
  // Another key would be an error, which `try` may be waiting for.
  if (scope.isGuarded) return success({ state: "unknown", reason: key.reason, origin });
  return success(oneOf([...parts.values()], key.reason, origin));
}

function partByIndex(
  whole: EvaluatedUnknown,
  index: Evaluated,
  scope: Scope,
  use: Origin,
): FunctionResult {
  if (index.state === "known" && typeof index.value !== "boolean") {
    return partOfUnknown(whole, index.value, scope, use);
  }
  if (index.state !== "unknown") return failure("an index is a number or a string");
  const { link, reason, origin } = whole;
  // Whichever it is, it is like the instance that stands for all.
  if (link?.attribute === allInstances) {
    return success(scope.context.elementOf(link.address, "*", use));
  }
  return success({ state: "unknown", reason, origin });
}

/**
 * Null has no elements; anything but a list, set or tuple counts as one of one element.
 * https://developer.hashicorp.com/terraform/language/expressions/splat
 */
function followSplat(
  { target, each, range }: SplatExpression,
  scope: Scope,
  use: Origin,
): FunctionResult {
  const whole = follow(target, scope, use);
  if (!whole.ok) return whole;
  const { value } = whole;
  const elements = elementsForSplat(value, scope);
  if (!Array.isArray(elements)) return success(elements);
  const items: Evaluated[] = [];
  for (const [index, element] of elements.entries()) {
    const identity = `${scope.file.path}:${range.start} ${index}`;
    const inner = scope.bind({ name: "*", identity, value: () => element });
    const result = follow(each, inner, use);
    if (!result.ok) return result;
    items.push(seenAt(use, result.value));
  }
  const collection = value.state === "list" && value.collection !== "tuple" ? "list" : "tuple";
  return success({ state: "list", collection, items, origin: use });
}

function elementsForSplat(value: Evaluated, scope: Scope): Evaluated[] | EvaluatedUnknown {
  switch (value.state) {
    case "unset":
      return [];
    case "list":
      return value.items.map((item) => partOf(value, item));
    case "known":
    case "map":
      return [value];
    case "unknown":
      return elementsOfUnknown(value, scope);
  }
}

/** What is no list, set or tuple is the one element, or none in the scenarios in which it is null. */
function elementsOfUnknown(
  value: EvaluatedUnknown,
  { context: { openValues, scenarios } }: Scope,
): Evaluated[] | EvaluatedUnknown {
  if (value.link?.attribute === wholeInstance) return [value];
  const { reason, origin } = value;
  const whole = { state: "unknown", reason, origin, isNeverNull: true } as const;
  const kind = openValues.typeOf(value)?.kind ?? "any";
  if (kind === "any" || kind === "list" || kind === "set" || kind === "tuple") return whole;
  const whenNull = openValues.whenNull(value);
  if (whenNull === undefined) return whole;
  const isNull = whenNull !== false && scenarios.decide(whenNull);
  if (isNull === undefined) return whole;
  return isNull ? [] : [value];
}
