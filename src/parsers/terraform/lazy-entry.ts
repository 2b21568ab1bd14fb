import type { Location } from "../../source/text-range.js";
import type { Evaluated, EvaluatedEntry } from "../../values/evaluated.js";
import { unknown } from "../../values/evaluated.js";
import { lazyEntry } from "../../values/lazy-entry.js";
import type { Expression } from "../hcl/syntax-tree.js";
import type { EvaluationContext, Scope } from "./scope.js";

/** A computation that is done when asked for, once per scenario; `what` depends on itself if it asks for itself. */
export function lazily(
  compute: () => Evaluated,
  place: Location,
  what: string,
  { scenarios, diagnostics }: EvaluationContext,
): () => Evaluated {
  return scenarios.memoize(compute, () => {
    const clause = `${what} depends on itself`;
    diagnostics.skip("cyclic-reference", place, clause);
    return unknown({ kind: "cyclic", clause }, { location: place, step: "written" });
  });
}

/** An entry whose value is that of an expression; constants are evaluated at once, being cheaper so. */
export function expressionEntry(
  key: Location,
  name: string,
  expression: Expression,
  scope: Scope,
): EvaluatedEntry {
  if (isConstant(expression)) return { key, value: scope.valueOf(expression) };
  return lazyEntry(
    key,
    lazily(() => scope.valueOf(expression), key, name, scope.context),
  );
}

function isConstant(expression: Expression): boolean {
  if (expression.kind === "template") return expression.parts.every(({ kind }) => kind === "text");
  return expression.kind === "literal";
}
