import { type Evaluated, type EvaluatedEntry, oneOf } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { type UnknownReason, unset } from "../../values/value.js";
import { lazyEntry } from "../../values/lazy-entry.js";
import type { ConditionalExpression, Expression } from "../hcl/syntax-tree.js";
import { CatalogueFile } from "./catalogue-file.js";
import { holds } from "./conditions.js";
import { convertToType } from "./convert-to-constraint.js";
import { typeOfExpression } from "./expression-type.js";
import { failure, success } from "./functions/function-result.js";
import type { FunctionResult } from "./functions/terraform-function.js";
import { areSameTypes, unifyTypes, unknownType, type ValueType } from "./functions/value-type.js";
import { evaluateBool } from "./operands.js";
import type { Scope } from "./scope.js";

/**
 * Follows the one branch that counts in the scenario of the moment. Where that cannot be said both
 * count, and the value is what they have in common. Either way it is converted to the one type that
 * both branches have.
 * https://developer.hashicorp.com/terraform/language/expressions/conditionals
 */
export function evaluateConditional(
  expression: ConditionalExpression,
  scope: Scope,
): FunctionResult {
  const condition = evaluateBool(expression.condition, scope);
  if (!condition.ok) return condition;
  const { then, otherwise, range } = expression;
  const types = [typeOfExpression(then, scope), typeOfExpression(otherwise, scope)] as const;
  // What the catalogue says of a module is nobody's source, whose conditionals choose and convert nothing.
  const type = scope.file instanceof CatalogueFile ? unknownType : unifyTypes(types);
  if (type === undefined) {
    const [first, second] = types.map(describeType);
    return failure(`the branches of a conditional must have one type, not ${first} and ${second}`);
  }
  const evaluate = (branch: Expression, own: ValueType): FunctionResult => {
    const result = scope.evaluate(branch);
    if (!result.ok || areSameTypes(own, type)) return result;
    return convertBranch(result.value, type, expression, scope);
  };
  const isTrue = holds(condition.value, scope);
  if (isTrue !== undefined)
    return isTrue ? evaluate(then, types[0]) : evaluate(otherwise, types[1]);
  const branches = [evaluate(then, types[0]), evaluate(otherwise, types[1])];
  const values = branches.flatMap((branch) => (branch.ok ? [branch.value] : []));
  const reason: UnknownReason =
    condition.value.state === "unknown" ? condition.value.reason : { kind: "invalid" };
  if (values.length === 0) return failure("both branches are wrong");
  if (values.length < branches.length) {
    return success({ state: "unknown", reason, origin: scope.written(range) });
  }
  return success(mergeBranches(values, reason, scope.written(range)));
}

/** Beside a branch of unknown type an object may be a map; scalars stay what they are, as lists do. */
function convertBranch(
  value: Evaluated,
  type: ValueType,
  { range }: ConditionalExpression,
  scope: Scope,
): FunctionResult {
  if (type.kind !== "unknown") return convertToType(value, type, range, scope);
  if (value.state !== "map") return success(value);
  const { state, entries, origin } = value;
  return success({ state, entries, origin });
}

function describeType({ kind }: ValueType): string {
  switch (kind) {
    case "any":
    case "unknown":
      return "something unknown";
    case "bool":
      return "a boolean";
    case "object":
      return "an object";
    default:
      return `a ${kind}`;
  }
}

/** One value for several that count: maps entry by entry, lists of one length item by item. */
function mergeBranches(
  values: readonly Evaluated[],
  reason: UnknownReason,
  origin: Origin,
): Evaluated {
  const [first] = values;
  if (first !== undefined && values.every(({ state }) => state === "unset")) return first;
  const maps = values.filter((value) => value.state === "map");
  if (maps.length === values.length) return mergeMaps(maps, reason, origin);
  const lists = values.filter((value) => value.state === "list");
  const [list] = lists;
  const haveOneShape = lists.every(
    ({ items, collection }) =>
      items.length === list?.items.length && collection === list.collection,
  );
  if (list !== undefined && lists.length === values.length && haveOneShape) {
    const items = list.items.map((_, index) =>
      mergeBranches(
        lists.flatMap((one) => one.items[index] ?? []),
        reason,
        origin,
      ),
    );
    return { ...list, items, origin };
  }
  return oneOf(values, reason, origin);
}

function mergeMaps(
  maps: readonly Extract<Evaluated, { readonly state: "map" }>[],
  reason: UnknownReason,
  origin: Origin,
): Evaluated {
  const entries = new Map<string, EvaluatedEntry>();
  for (const { entries: own } of maps) {
    for (const [name, { key }] of own) {
      if (entries.has(name)) continue;
      const place: Origin = { location: key, step: origin.step };
      const read = (): Evaluated =>
        mergeBranches(
          maps.map((map) => map.entries.get(name)?.value ?? unset(place)),
          reason,
          place,
        );
      entries.set(name, lazyEntry(key, read));
    }
  }
  return { state: "map", entries, origin };
}
