import type { Expression } from "../hcl/syntax-tree.js";
import { subexpressions } from "./subexpressions.js";

/**
 * The names of every reference anywhere in an expression, without indices: `module.web[0].id` as
 * `["module", "web", "id"]`. Names that the expression itself declares are among them.
 */
export function referencesIn(expression: Expression): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const pending: Expression[] = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const indices: Expression[] = [];
    const names = namesOf(next, indices);
    if (names !== undefined) found.push(names);
    pending.push(...(names === undefined ? subexpressions(next) : indices));
  }
  return found;
}

/** The names of a reference, undefined for what is none; what stands between brackets goes into `indices`. */
function namesOf(expression: Expression, indices: Expression[]): readonly string[] | undefined {
  switch (expression.kind) {
    case "variable":
      return [expression.name];
    case "attribute": {
      const target = namesOf(expression.target, indices);
      return target === undefined ? undefined : [...target, expression.name.name];
    }
    case "index":
      indices.push(expression.index);
      return namesOf(expression.target, indices);
    case "splat": {
      const target = namesOf(expression.target, indices);
      // The element that each stands for has a name of its own.
      const [, ...each] = namesOf(expression.each, indices) ?? [];
      return target === undefined ? undefined : [...target, ...each];
    }
    default:
      return undefined;
  }
}
