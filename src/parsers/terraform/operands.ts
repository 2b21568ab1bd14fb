import type { Expression } from "../hcl/syntax-tree.js";
import { conditionOf } from "./conditions.js";
import { convertToBool, convertToNumber } from "./conversion.js";
import { failure, success } from "./functions/function-result.js";
import type { FunctionResult } from "./functions/terraform-function.js";
import type { Scope } from "./scope.js";

/** The expression's value as a boolean: known, or unknown with a condition that says when it is true. */
export function evaluateBool(expression: Expression, scope: Scope): FunctionResult {
  const result = scope.evaluate(expression);
  if (!result.ok) return result;
  const bool = convertToBool(result.value);
  if (!bool.ok) return bool;
  if (bool.value.state === "unset") return failure("a bool is required, and this is null");
  if (bool.value.state !== "unknown") return bool;
  return success({ ...bool.value, condition: conditionOf(bool.value, expression, scope) });
}

/** The expression's value as a number, known or unknown. */
export function evaluateNumber(expression: Expression, scope: Scope): FunctionResult {
  const result = scope.evaluate(expression);
  if (!result.ok) return result;
  const number = convertToNumber(result.value);
  if (number.ok && number.value.state === "unset") {
    return failure("a number is required, and this is null");
  }
  return number;
}
