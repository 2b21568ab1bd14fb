import type { Expression, TemplatePart } from "../hcl/syntax-tree.js";

/** The names of variables anywhere in an expression, such as `var`, `each` or that of an iterator. */
export function variableNames(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  const pending: Expression[] = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === "variable") names.add(next.name);
    pending.push(...subexpressions(next));
  }
  return names;
}

/** The expressions that an expression is made of, one level down. */
export function subexpressions(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "variable":
    case "invalid":
      return [];
    case "template":
      return expression.parts.flatMap(partExpressions);
    case "attribute":
      return [expression.target];
    case "index":
      return [expression.target, expression.index];
    case "splat":
      return [expression.target, expression.each];
    case "call":
      return expression.arguments;
    case "conditional":
      return [expression.condition, expression.then, expression.otherwise];
    case "binary":
      return [expression.left, expression.right];
    case "unary":
      return [expression.operand];
    case "tuple":
      return expression.items;
    case "object":
      return expression.items.flatMap(({ key, value }) => [key, value]);
    case "for": {
      const { collection, key, value, condition } = expression;
      return [collection, key, value, condition].filter((part) => part !== undefined);
    }
    case "parentheses":
      return [expression.expression];
  }
}

function partExpressions(part: TemplatePart): readonly Expression[] {
  switch (part.kind) {
    case "text":
      return [];
    case "interpolation":
      return [part.expression];
    case "if":
      return [part.condition, ...[...part.then, ...part.otherwise].flatMap(partExpressions)];
    case "for":
      return [part.collection, ...part.body.flatMap(partExpressions)];
  }
}
