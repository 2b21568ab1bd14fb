import type { TextRange } from "../../source/text-range.js";
import type { Evaluated } from "../../values/evaluated.js";
import type { Scenarios } from "../../values/scenarios.js";
import type { FunctionCallContext } from "./functions/terraform-function.js";
import type { Origin } from "../../values/origin.js";
import type { Expression } from "../hcl/syntax-tree.js";

/** One step behind the first name of a traversal. */
export interface TraversalStep {
  /** A name, or the value of an index; undefined for an index that is unknown. */
  readonly key: string | number | undefined;
  readonly range: TextRange;
}

/** A reference that was looked up: its value, and how many steps that took. */
export interface LookedUp {
  readonly value: Evaluated;
  readonly used: number;
}

/** What an expression is evaluated in. */
export interface ExpressionContext {
  /** The file that the expression stands in. */
  readonly path: string;
  readonly scenarios: Scenarios;
  /** Names that hold only here: `for` variables, `each`, `count`, iterators of dynamic blocks. */
  readonly names: ReadonlyMap<string, Evaluated>;
  /** The source text of a range, for messages and for conditions that have no other name. */
  sourceText(range: TextRange): string;
  /** What tells statements of this module instance from the same ones of another. */
  readonly moduleAddress: string;
  /** The value of an expression in another context of the same kind, such as one with more names. */
  evaluate(expression: Expression, context: ExpressionContext): Evaluated;
  /** Looks up what the module declares: `var.x`, `local.x`, `module.x.y`, `aws_instance.x`. */
  lookUp(root: string, steps: readonly TraversalStep[], range: TextRange): LookedUp;
  /** What a function call may know. */
  callContext(origin: Origin): FunctionCallContext;
  /** Notes something that cannot be evaluated. */
  skip(
    kind: "unknown-function" | "not-supported" | "cyclic-reference",
    message: string,
    range: TextRange,
  ): void;
}

/** The same context with more names. */
export function withNames(
  context: ExpressionContext,
  names: Iterable<readonly [string, Evaluated]>,
): ExpressionContext {
  return { ...context, names: new Map([...context.names, ...names]) };
}

/** A place in the context's file as the origin of what is written there. */
export function originOf(range: TextRange, { path }: ExpressionContext): Origin {
  return { location: { path, range }, step: "written" };
}
