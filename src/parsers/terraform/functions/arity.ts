import type { Evaluated } from "../../../values/evaluated.js";
import { type Failure, failure } from "./function-result.js";
import type {
  FunctionCallContext,
  FunctionResult,
  TerraformFunction,
} from "./terraform-function.js";

/** Refuses a call with that many arguments. */
export function wrongCount(parameters: readonly Evaluated[], expected: string): Failure {
  return failure(`takes ${expected} arguments, got ${parameters.length}`);
}

/** A function of one argument. */
export function unary(
  apply: (parameter: Evaluated, call: FunctionCallContext) => FunctionResult,
): TerraformFunction {
  return (parameters, call) => {
    const [first, ...others] = parameters;
    if (first === undefined || others.length > 0) return wrongCount(parameters, "1");
    return apply(first, call);
  };
}

/** A function of two arguments. */
export function binary(
  apply: (first: Evaluated, second: Evaluated, call: FunctionCallContext) => FunctionResult,
): TerraformFunction {
  return (parameters, call) => {
    const [first, second, ...others] = parameters;
    if (first === undefined || second === undefined || others.length > 0) {
      return wrongCount(parameters, "2");
    }
    return apply(first, second, call);
  };
}

/** A function of three arguments. */
export function ternary(
  apply: (
    first: Evaluated,
    second: Evaluated,
    third: Evaluated,
    call: FunctionCallContext,
  ) => FunctionResult,
): TerraformFunction {
  return (parameters, call) => {
    const [first, second, third, ...others] = parameters;
    if (first === undefined || second === undefined || third === undefined || others.length > 0) {
      return wrongCount(parameters, "3");
    }
    return apply(first, second, third, call);
  };
}

/** A function of at least one argument. */
export function variadic(
  apply: (
    first: Evaluated,
    others: readonly Evaluated[],
    call: FunctionCallContext,
  ) => FunctionResult,
): TerraformFunction {
  return (parameters, call) => {
    const [first, ...others] = parameters;
    return first === undefined ? wrongCount(parameters, "at least 1") : apply(first, others, call);
  };
}
