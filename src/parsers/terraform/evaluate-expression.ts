import { type Evaluated, type EvaluatedEntry, unknown } from "../../values/evaluated.js";
import { known, unset } from "../../values/value.js";
import type {
  Expression,
  LiteralExpression,
  ObjectExpression,
  TupleExpression,
} from "../hcl/syntax-tree.js";
import { convertToString } from "./conversion.js";
import { evaluateCall } from "./calls.js";
import { evaluateConditional } from "./conditionals.js";
import { evaluateFor } from "./for-expressions.js";
import { failure, success } from "./functions/function-result.js";
import { takenFrom } from "./functions/made-value.js";
import { isExactly } from "./functions/number-precision.js";
import type { FunctionResult } from "./functions/terraform-function.js";
import { expressionEntry } from "./lazy-entry.js";
import { evaluateBinary, evaluateUnary } from "./operators.js";
import type { Scope } from "./scope.js";
import { evaluateTemplate } from "./templates.js";
import { evaluateTraversal } from "./traversals.js";

/**
 * What an expression comes to in the scenario of the moment, or what Terraform would complain of.
 * Attributes of objects are evaluated when they are read. Never throws.
 * https://developer.hashicorp.com/terraform/language/expressions
 */
export function evaluateExpression(expression: Expression, scope: Scope): FunctionResult {
  switch (expression.kind) {
    case "literal":
      return success(evaluateLiteral(expression, scope));
    case "template":
      return evaluateTemplate(expression, scope);
    case "variable":
    case "attribute":
    case "index":
    case "splat":
      return evaluateTraversal(expression, scope);
    case "call":
      return evaluateCall(expression, scope);
    case "conditional":
      return evaluateConditional(expression, scope);
    case "binary":
      return evaluateBinary(expression, scope);
    case "unary":
      return evaluateUnary(expression, scope);
    case "tuple":
      return evaluateTuple(expression, scope);
    case "object":
      return evaluateObject(expression, scope);
    case "for":
      return evaluateFor(expression, scope);
    case "parentheses":
      return scope.evaluate(expression.expression);
    case "invalid":
      return failure("what stands here cannot be read");
  }
}

function evaluateLiteral({ value, text, range }: LiteralExpression, scope: Scope): Evaluated {
  const origin = scope.written(range);
  if (value === null) return unset(origin);
  if (typeof value === "boolean" || isExactly(value, text)) return known(value, origin);
  return unknown({ kind: "not-supported", what: "numbers of so many digits" }, origin);
}

function evaluateTuple({ items, range }: TupleExpression, scope: Scope): FunctionResult {
  const values = [];
  for (const item of items) {
    const result = scope.evaluate(item);
    if (!result.ok) return result;
    values.push(result.value);
  }
  const origin = scope.written(range);
  return success({ state: "list", collection: "tuple", items: values, origin });
}

function evaluateObject({ items, range }: ObjectExpression, scope: Scope): FunctionResult {
  const origin = scope.written(range);
  const entries = new Map<string, EvaluatedEntry>();
  for (const { key, value } of items) {
    const result = scope.evaluate(key);
    if (!result.ok) return result;
    const name = convertToString(result.value);
    if (!name.ok) return name;
    if (name.value.state === "unknown") {
      const { reason } = name.value;
      return success({ state: "unknown", reason, origin: takenFrom(origin, name.value) });
    }
    if (name.value.state !== "known") return failure("a key must not be null");
    const text = String(name.value.value);
    const place = scope.file.location(key.range);
    const within = scope.within(text);
    if (scope.isGuarded) {
      const evaluated = within.evaluate(value);
      if (!evaluated.ok) return evaluated;
      entries.set(text, { key: place, value: evaluated.value });
    } else entries.set(text, expressionEntry(place, text, value, within));
  }
  return success({ state: "map", collection: "object", entries, origin });
}
