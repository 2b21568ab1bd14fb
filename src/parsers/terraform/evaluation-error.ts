/**
 * What Terraform would reject while evaluating an expression. Thrown only between the expression and
 * the attribute or `try` around it, and always caught there.
 */
export class EvaluationError extends Error {}
