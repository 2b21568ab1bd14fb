import type { Condition } from "../../values/condition.js";
import { type Evaluated, type EvaluatedUnknown, unknown } from "../../values/evaluated.js";
import { known } from "../../values/value.js";
import type { BinaryExpression, UnaryExpression } from "../hcl/syntax-tree.js";
import { conditionOf, negated, unknownBoolean } from "./conditions.js";
import { convertToBool, convertToNumber } from "./conversion.js";
import { EvaluationError, unwrap } from "./evaluation-error.js";
import { type ExpressionContext, originOf } from "./expression-context.js";
import { areEqual } from "./functions/equality.js";

/** https://developer.hashicorp.com/terraform/language/expressions/operators */
export function evaluateBinary(
  expression: BinaryExpression,
  context: ExpressionContext,
): Evaluated {
  switch (expression.operator) {
    case "&&":
    case "||":
      return evaluateLogical(expression, context);
    case "==":
    case "!=":
      return evaluateEquality(expression, context);
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return evaluateArithmetic(expression, context);
  }
}

/** `-x` and `!x`. */
export function evaluateUnary(
  { operator, operand, range }: UnaryExpression,
  context: ExpressionContext,
): Evaluated {
  const origin = originOf(range, context);
  const evaluated = context.evaluate(operand, context);
  const value = unwrap(operator === "!" ? convertToBool(evaluated) : convertToNumber(evaluated));
  if (value.state === "unknown") {
    return operator === "!"
      ? negated(value, operand.range, context)
      : unknown(value.reason, origin);
  }
  if (value.state !== "known") throw new EvaluationError(`the operand of ${operator} is null`);
  return known(operator === "!" ? value.value !== true : -Number(value.value), origin);
}

/** One operand that decides is enough, whichever it is. */
function evaluateLogical(
  { operator, left, right, range }: BinaryExpression,
  context: ExpressionContext,
): Evaluated {
  const decisive = operator === "||";
  const origin = originOf(range, context);
  const first = toBool(context.evaluate(left, context));
  if (first.state === "known" && first.value === decisive) return known(decisive, origin);
  const second = toBool(context.evaluate(right, context));
  if (second.state === "known") {
    if (second.value === decisive || first.state === "known") return known(second.value, origin);
    return first;
  }
  if (first.state === "known") return second;
  const operands = [
    conditionOf(first, left.range, context),
    conditionOf(second, right.range, context),
  ];
  const condition: Condition = { kind: decisive ? "or" : "and", operands };
  return unknownBoolean(condition, { reason: first.reason, origin });
}

type Bool = Extract<Evaluated, { readonly state: "known" }> | EvaluatedUnknown;

function toBool(value: Evaluated): Bool {
  const bool = unwrap(convertToBool(value));
  if (bool.state === "known" || bool.state === "unknown") return bool;
  throw new EvaluationError("a bool is required");
}

function evaluateEquality(
  { operator, left, right, range }: BinaryExpression,
  context: ExpressionContext,
): Evaluated {
  const origin = originOf(range, context);
  const first = context.evaluate(left, context);
  const second = context.evaluate(right, context);
  const equal = areEqual(first, second);
  if (equal !== undefined) return known(equal === (operator === "=="), origin);
  const [open, other] = first.state === "unknown" ? [first, second] : [second, first];
  if (open.state !== "unknown") {
    return unknown({ kind: "not-supported", what: "the comparison of two maps" }, origin);
  }
  const isEqual = equalityOf(open, other, origin, context);
  return operator === "==" ? isEqual : negated(isEqual, range, context);
}

function equalityOf(
  open: EvaluatedUnknown,
  other: Evaluated,
  origin: EvaluatedUnknown["origin"],
  context: ExpressionContext,
): EvaluatedUnknown {
  const { reason, subject } = open;
  if (other.state === "known" && subject !== undefined) {
    const values = [other.value];
    return unknownBoolean({ kind: "is-one-of", subject, values }, { reason, origin });
  }
  if (other.state === "known" && typeof other.value === "boolean" && open.condition !== undefined) {
    const { condition } = open;
    return unknownBoolean(other.value ? condition : { kind: "not", operand: condition }, {
      reason,
      origin,
    });
  }
  const label = context.sourceText(origin.location.range).replace(/\s+/g, " ").trim();
  const key = `${context.moduleAddress} ${label}`;
  return unknownBoolean({ kind: "statement", key, label, reason }, { reason, origin });
}

function evaluateArithmetic(
  { operator, left, right, range }: BinaryExpression,
  context: ExpressionContext,
): Evaluated {
  const origin = originOf(range, context);
  const first = unwrap(convertToNumber(context.evaluate(left, context)));
  const second = unwrap(convertToNumber(context.evaluate(right, context)));
  if (first.state === "unknown") return unknown(first.reason, origin);
  if (second.state === "unknown") return unknown(second.reason, origin);
  if (first.state !== "known" || second.state !== "known") {
    throw new EvaluationError(`an operand of ${operator} is null`);
  }
  return known(calculate(operator, Number(first.value), Number(second.value)), origin);
}

function calculate(
  operator: BinaryExpression["operator"],
  left: number,
  right: number,
): number | boolean {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      if (right === 0) throw new EvaluationError("division by zero");
      return left / right;
    case "%":
      if (right === 0) throw new EvaluationError("division by zero");
      return left % right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      throw new EvaluationError(`${operator} is not arithmetic`);
  }
}
