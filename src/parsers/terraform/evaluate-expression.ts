import { type Evaluated, oneOf, seenFrom, unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { known, unset } from "../../values/value.js";
import type {
  ConditionalExpression,
  Expression,
  FunctionCall,
  ObjectExpression,
  SplatExpression,
  TupleExpression,
} from "../hcl/syntax-tree.js";
import { convertToBool, convertToString } from "./conversion.js";
import { conditionOf } from "./conditions.js";
import { EvaluationError, unwrap } from "./evaluation-error.js";
import {
  type ExpressionContext,
  originOf,
  type TraversalStep,
  withNames,
} from "./expression-context.js";
import { evaluateFor } from "./for-expression.js";
import { terraformFunctions } from "./functions/index.js";
import { evaluateBinary, evaluateUnary } from "./operators.js";
import { evaluateTemplate } from "./templates.js";

/**
 * The value of an expression, in the scenario of the moment. Throws an EvaluationError for what
 * Terraform would reject.
 * https://developer.hashicorp.com/terraform/language/expressions
 */
export function evaluateExpression(expression: Expression, context: ExpressionContext): Evaluated {
  const origin = originOf(expression.range, context);
  switch (expression.kind) {
    case "literal":
      return expression.value === null ? unset(origin) : known(expression.value, origin);
    case "template":
      return evaluateTemplate(expression, context);
    case "variable":
    case "attribute":
    case "index":
      return evaluateTraversal(expression, context);
    case "splat":
      return evaluateSplat(expression, context);
    case "call":
      return evaluateCall(expression, context);
    case "conditional":
      return evaluateConditional(expression, context);
    case "binary":
      return evaluateBinary(expression, context);
    case "unary":
      return evaluateUnary(expression, context);
    case "tuple":
      return evaluateTuple(expression, context);
    case "object":
      return evaluateObject(expression, context);
    case "for":
      return evaluateFor(expression, context);
    case "parentheses":
      return evaluateExpression(expression.expression, context);
    case "invalid":
      return unknown({ kind: "invalid" }, origin);
  }
}

function evaluateTraversal(expression: Expression, context: ExpressionContext): Evaluated {
  const steps: TraversalStep[] = [];
  let target = expression;
  while (target.kind === "attribute" || target.kind === "index") {
    const { range } = target;
    if (target.kind === "attribute") steps.unshift({ key: target.name.name, range });
    else steps.unshift({ key: indexKey(evaluateExpression(target.index, context)), range });
    target = target.target;
  }
  const place = originOf(expression.range, context);
  if (target.kind !== "variable") {
    return steps.reduce(
      (value, step) => stepInto(value, step, context),
      evaluateExpression(target, context),
    );
  }
  const named = context.names.get(target.name);
  const { value, used } =
    named === undefined
      ? context.lookUp(target.name, steps, expression.range)
      : { value: named, used: 0 };
  const result = steps.slice(used).reduce((outer, step) => stepInto(outer, step, context), value);
  return result.origin.location.range.start === place.location.range.start &&
    result.origin.location.path === place.location.path
    ? result
    : seenFrom(result, place);
}

function indexKey(index: Evaluated): string | number | undefined {
  if (index.state === "unknown") return undefined;
  if (index.state !== "known" || typeof index.value === "boolean") {
    throw new EvaluationError("an index must be a string or a number");
  }
  return index.value;
}

/** An attribute, element or entry of a value. */
export function stepInto(
  value: Evaluated,
  { key, range }: TraversalStep,
  context: ExpressionContext,
): Evaluated {
  const origin = originOf(range, context);
  switch (value.state) {
    case "unknown":
      return unknown(value.reason, value.origin);
    case "unset":
      throw new EvaluationError("null has no attributes or elements");
    case "known":
      throw new EvaluationError(`a ${typeof value.value} has no attributes or elements`);
    case "list":
      return elementOf(value.items, key, origin);
    case "map": {
      if (key === undefined) {
        const reason = {
          kind: "decided-at-deployment",
          expression: context.sourceText(range),
        } as const;
        return oneOf(
          [...value.entries.values()].map((entry) => entry.value),
          reason,
          origin,
        );
      }
      const entry = value.entries.get(String(key));
      if (entry === undefined) throw new EvaluationError(`there is no attribute ${String(key)}`);
      return entry.value;
    }
  }
}

function elementOf(
  items: readonly Evaluated[],
  key: string | number | undefined,
  origin: Origin,
): Evaluated {
  if (key === undefined) {
    return oneOf(items, { kind: "decided-at-deployment", expression: "an index" }, origin);
  }
  const index = typeof key === "number" ? key : /^\d+$/.test(key) ? Number(key) : NaN;
  const item = items[index];
  if (item === undefined) throw new EvaluationError(`there is no element ${String(key)}`);
  return item;
}

/**
 * A splat of null is empty, of a single value a list of that one.
 * https://developer.hashicorp.com/terraform/language/expressions/splat
 */
function evaluateSplat({ target, each, range }: SplatExpression, context: ExpressionContext) {
  const value = evaluateExpression(target, context);
  const origin = originOf(range, context);
  if (value.state === "unknown") return unknown(value.reason, value.origin);
  const items = value.state === "list" ? value.items : value.state === "unset" ? [] : [value];
  const evaluated = items.map((item) =>
    evaluateExpression(each, withNames(context, [["*", item]])),
  );
  return { state: "list", collection: "tuple", items: evaluated, origin } as const;
}

function evaluateTuple({ items, range }: TupleExpression, context: ExpressionContext): Evaluated {
  const origin = originOf(range, context);
  const evaluated = items.map((item) => evaluateExpression(item, context));
  return { state: "list", collection: "tuple", items: evaluated, origin };
}

function evaluateObject({ items, range }: ObjectExpression, context: ExpressionContext): Evaluated {
  const origin = originOf(range, context);
  const entries = new Map<string, { key: Origin["location"]; value: Evaluated }>();
  for (const item of items) {
    const key = unwrap(convertToString(evaluateExpression(item.key, context)));
    if (key.state === "unknown") return unknown(key.reason, key.origin);
    if (key.state !== "known") throw new EvaluationError("a key must be a string");
    const place = originOf(item.key.range, context).location;
    entries.set(String(key.value), { key: place, value: evaluateExpression(item.value, context) });
  }
  return { state: "map", entries, origin };
}

function evaluateConditional(
  { condition, then, otherwise, range }: ConditionalExpression,
  context: ExpressionContext,
): Evaluated {
  const value = unwrap(convertToBool(evaluateExpression(condition, context)));
  if (value.state === "unset") throw new EvaluationError("the condition is null");
  if (value.state === "known") {
    return evaluateExpression(value.value === true ? then : otherwise, context);
  }
  if (value.state !== "unknown") throw new EvaluationError("the condition is not a bool");
  const holds = context.scenarios.decide(conditionOf(value, condition.range, context));
  if (holds !== undefined) return evaluateExpression(holds ? then : otherwise, context);
  const branches = [then, otherwise].map((branch) => evaluateExpression(branch, context));
  return oneOf(branches, value.reason, originOf(range, context));
}

function evaluateCall(call: FunctionCall, context: ExpressionContext): Evaluated {
  const { name, range } = call;
  const origin = originOf(range, context);
  if (name.name === "try") return evaluateTry(call, context);
  if (name.name === "can") {
    try {
      const value = evaluateExpression(call.arguments[0] ?? { kind: "invalid", range }, context);
      return value.state === "unknown" ? unknown(value.reason, origin) : known(true, origin);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      return known(false, origin);
    }
  }
  const functionOf = terraformFunctions.get(name.name.replace(/^core::/, ""));
  if (functionOf === undefined) {
    context.skip("unknown-function", `function ${name.name}`, name.range);
    return unknown({ kind: "not-supported", what: `function ${name.name}` }, origin);
  }
  const parameters = call.arguments.map((argument) => evaluateExpression(argument, context));
  const last = parameters.at(-1);
  if (!call.expandLast || last === undefined) {
    return unwrap(functionOf(parameters, context.callContext(origin)));
  }
  if (last.state === "unknown") return unknown(last.reason, last.origin);
  if (last.state !== "list") throw new EvaluationError("only a list can be expanded with ...");
  const expanded = [...parameters.slice(0, -1), ...last.items];
  return unwrap(functionOf(expanded, context.callContext(origin)));
}

/** https://developer.hashicorp.com/terraform/language/functions/try */
function evaluateTry(call: FunctionCall, context: ExpressionContext): Evaluated {
  for (const argument of call.arguments) {
    try {
      return evaluateExpression(argument, context);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
    }
  }
  throw new EvaluationError("no argument of try can be evaluated");
}
