import type { Condition } from "../../values/condition.js";
import { negate } from "../../values/condition.js";
import { type Evaluated, type EvaluatedUnknown, unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { known, type UnknownReason } from "../../values/value.js";
import type { BinaryExpression, UnaryExpression } from "../hcl/syntax-tree.js";
import { conditionOf, holds } from "./conditions.js";
import { evaluateEquality, evaluateOrder } from "./comparisons.js";
import { withoutNoise } from "./conversion.js";
import { failure, success } from "./functions/function-result.js";
import { takenFrom } from "./functions/made-value.js";
import type { FunctionResult } from "./functions/terraform-function.js";
import { evaluateBool, evaluateNumber } from "./operands.js";
import { madeOf } from "./origin-path.js";
import type { Scope } from "./scope.js";

/** https://developer.hashicorp.com/terraform/language/expressions/operators */
export function evaluateBinary(expression: BinaryExpression, scope: Scope): FunctionResult {
  switch (expression.operator) {
    case "==":
    case "!=":
      return evaluateEquality(expression, scope);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return evaluateOrder(expression, scope);
    case "&&":
      return evaluateLogic(expression, scope, "and");
    case "||":
      return evaluateLogic(expression, scope, "or");
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
      return evaluateArithmetic(expression, expression.operator, scope);
  }
}

/** `-` and `!`. */
export function evaluateUnary(expression: UnaryExpression, scope: Scope): FunctionResult {
  if (expression.operator === "!") return evaluateNot(expression, scope);
  const operand = evaluateNumber(expression.operand, scope);
  if (!operand.ok) return operand;
  const place = scope.written(expression.range);
  const { value } = operand;
  if (value.state === "unknown") {
    return success(unknownNumber(value, place));
  }
  return success(known(-numberOf(value), madeOf(place, [value])));
}

function evaluateNot(expression: UnaryExpression, scope: Scope): FunctionResult {
  const operand = evaluateBool(expression.operand, scope);
  if (!operand.ok) return operand;
  const { value } = operand;
  const place = scope.written(expression.range);
  if (value.state !== "unknown") return success(known(holds(value, scope) !== true, place));
  const condition = negate(conditionOf(value, expression.operand, scope));
  return success(unknownBool(condition, value.reason, takenFrom(place, value)));
}

/**
 * One operand that decides, decides. As from Terraform 1.12 on, one on the left makes the right one
 * not count, whatever is wrong with it: earlier versions reject `var.o != null && var.o.enabled` for
 * null, so that reading it the newer way is never wrong about what can be deployed.
 * https://developer.hashicorp.com/terraform/language/expressions/operators#logical-operators
 */
function evaluateLogic(
  expression: BinaryExpression,
  scope: Scope,
  kind: "and" | "or",
): FunctionResult {
  const decisive = kind === "or";
  const place = scope.written(expression.range);
  const left = evaluateBool(expression.left, scope);
  if (!left.ok) return left;
  if (left.value.state === "known" && holds(left.value, scope) === decisive) {
    return success(known(decisive, place));
  }
  const right = evaluateBool(expression.right, scope);
  if (!right.ok) {
    // Where the left operand is open, the right one may be meant for other scenarios than this one.
    return holds(left.value, scope) === decisive ? success(known(decisive, place)) : right;
  }
  if (right.value.state === "known") {
    const isDecided = holds(right.value, scope) === decisive || left.value.state === "known";
    if (isDecided) return success(known(holds(right.value, scope) === true, place));
    return success(at(left.value, place));
  }
  if (left.value.state !== "unknown" || right.value.state !== "unknown") {
    return success(at(right.value, place));
  }
  const operands = [
    conditionOf(left.value, expression.left, scope),
    conditionOf(right.value, expression.right, scope),
  ];
  const { reason } = left.value;
  return success(unknownBool({ kind, operands }, reason, takenFrom(place, left.value)));
}

/** The value as it is seen at the operator. */
function at(value: Evaluated, place: Evaluated["origin"]): Evaluated {
  return { ...value, origin: takenFrom(place, value) };
}

function unknownBool(
  condition: Condition,
  reason: Extract<Evaluated, { state: "unknown" }>["reason"],
  origin: Evaluated["origin"],
): Evaluated {
  return { state: "unknown", reason, condition, origin };
}

function unknownNumber(part: EvaluatedUnknown, place: Origin): Evaluated {
  const { reason } = part;
  return { state: "unknown", reason, origin: takenFrom(place, part), isNeverNull: true };
}

type ArithmeticOperator = "+" | "-" | "*" | "/" | "%";

function evaluateArithmetic(
  expression: BinaryExpression,
  operator: ArithmeticOperator,
  scope: Scope,
): FunctionResult {
  const left = evaluateNumber(expression.left, scope);
  if (!left.ok) return left;
  const right = evaluateNumber(expression.right, scope);
  if (!right.ok) return right;
  const place = scope.written(expression.range);
  const open = [left.value, right.value].find(({ state }) => state === "unknown");
  if (open?.state === "unknown") {
    return success(unknownNumber(open, place));
  }
  const [first, second] = [numberOf(left.value), numberOf(right.value)];
  const number = withoutNoise(calculate(operator, first, second));
  if (Number.isNaN(number)) return failure("what is to be calculated is not defined");
  const origin = madeOf(place, [left.value, right.value]);
  if (isExact(number, first, second)) return success(known(number, origin));
  return success(unknown(tooLarge, origin));
}

const tooLarge: UnknownReason = { kind: "not-supported", what: "whole numbers beyond 2^53" };

/** Terraform calculates with more digits than we have; what is infinite comes of something infinite, or of a division by zero. */
function isExact(number: number, ...operands: readonly [number, number]): boolean {
  if (Number.isFinite(number)) return Number.isSafeInteger(number) || !Number.isInteger(number);
  return operands.includes(0) || !operands.every(Number.isFinite);
}

function calculate(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      // https://github.com/zclconf/go-cty/blob/v1.16.2/cty/value_ops.go: what cannot be divided is left over.
      if (right === 0) return left;
      return Number.isFinite(right) ? left % right : NaN;
  }
}

function numberOf(value: Evaluated): number {
  return value.state === "known" ? Number(value.value) : NaN;
}
