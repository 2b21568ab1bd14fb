import type { Scalar } from "../../values/value.js";
import type { BinaryExpression, Expression, FunctionCall } from "../hcl/syntax-tree.js";
import type { Restriction } from "./open-values.js";
import { plainText } from "./read-declarations.js";
import type { Scope } from "./scope.js";

/** What a condition leaves of the values of a variable or its attributes, by `var.x` or `var.x.y`. */
export type Restrictions = ReadonlyMap<string, Restriction>;

const nothing: Restrictions = new Map();

/**
 * The finite sets to which a validation condition restricts what it speaks of: `contains([…], var.x)`,
 * `var.x == "a" || var.x == "b"`, `can(regex("^(a|b)$", var.x))`, and these joined by `&&` and `||`.
 * https://developer.hashicorp.com/terraform/language/values/variables#custom-validation-rules
 */
export function restrictionsOf(condition: Expression, scope: Scope): Restrictions {
  switch (condition.kind) {
    case "parentheses":
      return restrictionsOf(condition.expression, scope);
    case "binary":
      return restrictionsOfBinary(condition, scope);
    case "call":
      return restrictionsOfCall(condition, scope);
    case "conditional": {
      // `var.x == null ? true : contains([…], var.x)`
      const { then, otherwise } = condition;
      const isTrue = then.kind === "literal" && then.value === true;
      if (!isTrue) return nothing;
      return either(restrictionsOf(condition.condition, scope), restrictionsOf(otherwise, scope));
    }
    default:
      return nothing;
  }
}

/** Both conditions hold: a value must be left by both. */
export function both(first: Restrictions, second: Restrictions): Restrictions {
  const result = new Map(first);
  for (const [path, other] of second) {
    const own = first.get(path);
    result.set(path, own === undefined ? other : intersect(own, other));
  }
  return result;
}

/** One of the conditions holds: only what both restrict is restricted. */
function either(first: Restrictions, second: Restrictions): Restrictions {
  const result = new Map<string, Restriction>();
  for (const [path, own] of first) {
    const other = second.get(path);
    if (other === undefined) continue;
    const values = [...new Set([...own.values, ...other.values])];
    result.set(path, { values, allowsNull: own.allowsNull || other.allowsNull });
  }
  return result;
}

function intersect(first: Restriction, second: Restriction): Restriction {
  return {
    values: first.values.filter((value) => second.values.includes(value)),
    allowsNull: first.allowsNull && second.allowsNull,
  };
}

function restrictionsOfBinary(
  { operator, left, right }: BinaryExpression,
  scope: Scope,
): Restrictions {
  switch (operator) {
    case "&&":
      return both(restrictionsOf(left, scope), restrictionsOf(right, scope));
    case "||":
      return either(restrictionsOf(left, scope), restrictionsOf(right, scope));
    case "==":
      return equality(left, right, scope) ?? equality(right, left, scope) ?? nothing;
    case ">": {
      // `length(regexall("^(a|b)$", var.x)) > 0`
      const isZero = right.kind === "literal" && right.value === 0;
      const counted = isZero ? argumentsOf(left, "length")?.[0] : undefined;
      return counted === undefined ? nothing : matches(counted, "regexall");
    }
    default:
      return nothing;
  }
}

function equality(side: Expression, other: Expression, scope: Scope): Restrictions | undefined {
  const path = variablePath(side);
  if (path === undefined || !["literal", "template"].includes(other.kind)) return undefined;
  const result = scope.evaluate(other);
  if (!result.ok) return undefined;
  const { value } = result;
  if (value.state === "unset") return new Map([[path, { values: [], allowsNull: true }]]);
  if (value.state !== "known") return undefined;
  return new Map([[path, { values: [value.value], allowsNull: false }]]);
}

function restrictionsOfCall(call: FunctionCall, scope: Scope): Restrictions {
  const [operand, subject] = call.arguments;
  if (operand === undefined) return nothing;
  if (call.name.name === "can") return matches(operand, "regex");
  const path = subject === undefined ? undefined : variablePath(subject);
  if (call.name.name !== "contains" || path === undefined) return nothing;
  const list = scope.evaluate(operand);
  if (!list.ok || list.value.state !== "list") return nothing;
  const values: Scalar[] = [];
  for (const item of list.value.items) {
    if (item.state === "unset") continue;
    if (item.state !== "known") return nothing;
    values.push(item.value);
  }
  return new Map([[path, { values, allowsNull: false }]]);
}

/** A call of a function that looks for a pattern which lists all texts it matches. */
function matches(expression: Expression, name: "regex" | "regexall"): Restrictions {
  const [pattern, subject] = argumentsOf(expression, name) ?? [];
  const path = subject === undefined ? undefined : variablePath(subject);
  const text = pattern === undefined ? undefined : plainText(pattern);
  const values = text === undefined ? undefined : textsOf(text);
  if (path === undefined || values === undefined) return nothing;
  return new Map([[path, { values, allowsNull: false }]]);
}

/** The texts that `^(a|b)$` or `^a$` matches; undefined for any other pattern. */
function textsOf(pattern: string): readonly string[] | undefined {
  const list = /^\^(?:\((?:\?:)?([\w-]+(?:\|[\w-]+)*)\)|([\w-]+))\$$/.exec(pattern);
  return (list?.[1] ?? list?.[2])?.split("|");
}

function argumentsOf(expression: Expression, name: string): readonly Expression[] | undefined {
  return expression.kind === "call" && expression.name.name === name
    ? expression.arguments
    : undefined;
}

/** `var.x` or `var.x.y` as text. */
function variablePath(expression: Expression): string | undefined {
  if (expression.kind === "parentheses") return variablePath(expression.expression);
  if (expression.kind !== "attribute") return undefined;
  const { target, name } = expression;
  if (target.kind === "variable") return target.name === "var" ? `var.${name.name}` : undefined;
  const outer = variablePath(target);
  return outer === undefined ? undefined : `${outer}.${name.name}`;
}
