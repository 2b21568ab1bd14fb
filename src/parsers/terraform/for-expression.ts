import type { Location } from "../../source/text-range.js";
import { type Evaluated, unknown } from "../../values/evaluated.js";
import { known } from "../../values/value.js";
import type { ForExpression } from "../hcl/syntax-tree.js";
import { conditionOf } from "./conditions.js";
import { convertToBool, convertToString } from "./conversion.js";
import { EvaluationError, unwrap } from "./evaluation-error.js";
import { type ExpressionContext, originOf, withNames } from "./expression-context.js";
import { compareText } from "./functions/text-order.js";

/** Key and value of everything that can be iterated over; a map's keys are sorted, as in Terraform. */
export function elementsOf(
  collection: Evaluated,
): readonly (readonly [key: Evaluated, value: Evaluated])[] {
  if (collection.state === "list") {
    const isSet = collection.collection === "set";
    return collection.items.map((item, index) => [isSet ? item : known(index, item.origin), item]);
  }
  if (collection.state === "map") {
    return [...collection.entries]
      .sort(([left], [right]) => compareText(left, right))
      .map(([name, { key, value }]) => [known(name, { location: key, step: "written" }), value]);
  }
  throw new EvaluationError("only lists, sets and maps can be iterated over");
}

/** https://developer.hashicorp.com/terraform/language/expressions/for */
export function evaluateFor(expression: ForExpression, context: ExpressionContext): Evaluated {
  const origin = originOf(expression.range, context);
  const collection = context.evaluate(expression.collection, context);
  if (collection.state === "unknown") return unknown(collection.reason, collection.origin);
  const items: Evaluated[] = [];
  const groups = new Map<string, { key: Location; values: Evaluated[] }>();
  for (const [key, value] of elementsOf(collection)) {
    const inner = withNames(context, namesOf(expression, key, value));
    const isKept = keeps(expression, inner);
    if (isKept === "no") continue;
    if (isKept !== "yes") return isKept;
    const result = inner.evaluate(expression.value, inner);
    if (expression.key === undefined) {
      items.push(result);
      continue;
    }
    const name = unwrap(convertToString(inner.evaluate(expression.key, inner)));
    if (name.state === "unknown") return unknown(name.reason, name.origin);
    if (name.state !== "known") throw new EvaluationError("a key must not be null");
    const group = groups.get(String(name.value));
    if (group === undefined) {
      groups.set(String(name.value), { key: name.origin.location, values: [result] });
    } else if (expression.grouping) {
      group.values.push(result);
    } else {
      throw new EvaluationError(`the key ${String(name.value)} occurs twice`);
    }
  }
  if (expression.key === undefined) return { state: "list", collection: "tuple", items, origin };
  const entries = [...groups].map(([name, { key, values }]) => {
    const [first] = values;
    const grouped: Evaluated = { state: "list", collection: "tuple", items: values, origin };
    return [
      name,
      { key, value: expression.grouping || first === undefined ? grouped : first },
    ] as const;
  });
  return { state: "map", entries: new Map(entries), origin };
}

function namesOf(
  { keyVariable, valueVariable }: ForExpression,
  key: Evaluated,
  value: Evaluated,
): readonly (readonly [string, Evaluated])[] {
  const names: (readonly [string, Evaluated])[] = [[valueVariable.name, value]];
  return keyVariable === undefined ? names : [[keyVariable.name, key], ...names];
}

/** Whether the `if` keeps an element; where that cannot be said, what the whole expression is then. */
function keeps({ condition }: ForExpression, inner: ExpressionContext): "yes" | "no" | Evaluated {
  if (condition === undefined) return "yes";
  const value = unwrap(convertToBool(inner.evaluate(condition, inner)));
  if (value.state === "known") return value.value === true ? "yes" : "no";
  if (value.state !== "unknown") throw new EvaluationError("the condition is null");
  const holds = inner.scenarios.decide(conditionOf(value, condition.range, inner));
  if (holds === undefined) return unknown(value.reason, value.origin);
  return holds ? "yes" : "no";
}
