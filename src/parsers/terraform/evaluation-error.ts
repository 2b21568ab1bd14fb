import type { Evaluated } from "../../values/evaluated.js";
import type { FunctionResult } from "./functions/terraform-function.js";

/**
 * What Terraform would reject while evaluating an expression. Thrown only between the expression and
 * the attribute or `try` around it, and always caught there.
 */
export class EvaluationError extends Error {}

/** The value of a result; what Terraform would complain of is thrown. */
export function unwrap(result: FunctionResult): Evaluated {
  if (result.ok) return result.value;
  throw new EvaluationError(result.message);
}
