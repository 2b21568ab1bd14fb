import { type Evaluated, unknown } from "../../values/evaluated.js";
import type { Scalar } from "../../values/value.js";
import type {
  BinaryExpression,
  ConditionalExpression,
  Expression,
  ForExpression,
  FunctionCall,
} from "../hcl/syntax-tree.js";
import type { Restriction } from "./open-values.js";
import { textsOfPattern } from "./pattern-texts.js";
import { plainText } from "./read-declarations.js";
import type { Scope } from "./scope.js";

/** What a condition leaves of a variable and its parts, by `var.x`, `var.x.y` or, of all elements, `var.x[*].y`. */
export type Restrictions = ReadonlyMap<string, Restriction>;

/** What is left where a condition holds; `never` where it cannot. */
type Left = Restrictions | "never";

const nothing: Restrictions = new Map();

/**
 * The finite sets to which a validation condition restricts what it speaks of: `contains([…], var.x)`,
 * `var.x == "a" || var.x == "b"`, `can(regex("^(a|b)$", var.x))`, and what joins or denies these.
 * https://developer.hashicorp.com/terraform/language/values/variables#custom-validation-rules
 */
export function restrictionsOf(condition: Expression, scope: Scope): Restrictions {
  const left = leftWhere(condition, true, scope);
  return left === "never" ? nothing : left;
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

/** What is left where the condition comes out true, or false if `holds` is. */
function leftWhere(condition: Expression, holds: boolean, scope: Scope): Left {
  switch (condition.kind) {
    case "parentheses":
      return leftWhere(condition.expression, holds, scope);
    case "literal":
      return condition.value === holds ? nothing : "never";
    case "unary":
      return condition.operator === "!" ? leftWhere(condition.operand, !holds, scope) : nothing;
    case "binary":
      return leftByBinary(condition, holds, scope);
    case "conditional":
      return leftByConditional(condition, holds, scope);
    case "call":
      return leftByCall(condition, holds, scope);
    default:
      return nothing;
  }
}

function leftByBinary(
  { operator, left, right }: BinaryExpression,
  holds: boolean,
  scope: Scope,
): Left {
  switch (operator) {
    case "&&":
    case "||":
      return joined([left, right], operator === "&&", holds, scope);
    case "==":
      return holds ? leftByEquality(left, right, scope) : nothing;
    case "!=":
      return holds ? leftByCount(left, operator, right, scope) : leftByEquality(left, right, scope);
    case ">":
    case ">=":
      return holds ? leftByCount(left, operator, right, scope) : nothing;
    default:
      return nothing;
  }
}

/** Of conditions that must all hold, or of which one must. */
function joined(
  conditions: readonly Expression[],
  isAll: boolean,
  holds: boolean,
  scope: Scope,
): Left {
  const parts = conditions.map((condition) => leftWhere(condition, holds, scope));
  // That not all hold is that one does not.
  return isAll === holds ? allOf(parts) : oneOf(parts);
}

function allOf(parts: readonly Left[]): Left {
  return parts.reduce(
    (all, part) => (all === "never" || part === "never" ? "never" : both(all, part)),
    nothing,
  );
}

function oneOf(parts: readonly Left[]): Left {
  const possible = parts.filter((part) => part !== "never");
  const [first, ...others] = possible;
  return first === undefined ? "never" : others.reduce(either, first);
}

/** One of the conditions holds: only what both restrict is restricted. */
function either(first: Restrictions, second: Restrictions): Restrictions {
  const result = new Map<string, Restriction>();
  for (const path of new Set([...first.keys(), ...second.keys()])) {
    const [own, other] = [first.get(path), second.get(path)];
    if (own !== undefined && other !== undefined) {
      const values = [...new Set([...own.values, ...other.values])];
      result.set(path, { values, allowsNull: own.allowsNull || other.allowsNull });
      continue;
    }
    // What is null has no attributes: `var.o == null || contains([…], var.o.x)`
    const only = own ?? other;
    const isElsewhereNull = isWithinNull(path, own === undefined ? first : second);
    if (only !== undefined && isElsewhereNull) result.set(path, only);
  }
  return result;
}

/** Whether the path is one within something that is null. */
function isWithinNull(path: string, restrictions: Restrictions): boolean {
  return [...restrictions].some(
    ([outer, { values, allowsNull }]) =>
      /^[.[]/.test(path.slice(outer.length)) &&
      path.startsWith(outer) &&
      values.length === 0 &&
      allowsNull,
  );
}

function intersect(first: Restriction, second: Restriction): Restriction {
  return {
    values: first.values.filter((value) => second.values.includes(value)),
    allowsNull: first.allowsNull && second.allowsNull,
  };
}

function leftByConditional(
  { condition, then, otherwise }: ConditionalExpression,
  holds: boolean,
  scope: Scope,
): Left {
  return oneOf([
    allOf([leftWhere(condition, true, scope), leftWhere(then, holds, scope)]),
    allOf([leftWhere(condition, false, scope), leftWhere(otherwise, holds, scope)]),
  ]);
}

function leftByEquality(left: Expression, right: Expression, scope: Scope): Left {
  return (
    equality(left, right, scope) ??
    equality(right, left, scope) ??
    leftByCount(left, "==", right, scope)
  );
}

function equality(side: Expression, other: Expression, scope: Scope): Left | undefined {
  if (!["literal", "template"].includes(other.kind)) return undefined;
  if (other.kind === "literal" && typeof other.value === "boolean" && side.kind === "call") {
    return leftWhere(side, other.value, scope);
  }
  const result = scope.evaluate(other);
  if (!result.ok) return undefined;
  return leftAmong(side, [result.value], scope);
}

/** Where what is written at `subject` is one of the values. */
function leftAmong(
  subject: Expression,
  among: readonly Evaluated[],
  scope: Scope,
): Restrictions | undefined {
  const values: Scalar[] = [];
  let allowsNull = false;
  for (const value of among) {
    if (value.state === "unset") allowsNull = true;
    else if (value.state === "known") values.push(value.value);
    else return undefined;
  }
  const path = variablePath(subject, scope);
  if (path !== undefined) return new Map([[path, { values, allowsNull }]]);
  // `coalesce` passes over null and the empty text.
  const [first, fallback, ...others] = argumentsOf(subject, "coalesce") ?? [];
  const own = first === undefined ? undefined : variablePath(first, scope);
  if (own === undefined || fallback === undefined || others.length > 0) return undefined;
  const otherwise = scope.evaluate(fallback);
  if (!otherwise.ok || otherwise.value.state !== "known") return undefined;
  const isLeft = values.includes(otherwise.value.value);
  const all = isLeft ? [...values, ""] : values;
  return new Map([[own, { values: all, allowsNull: isLeft }]]);
}

type CountOperator = "==" | "!=" | ">" | ">=";

/** `length(regexall("^(a|b)$", var.x)) > 0`, `index([…], var.x) >= 0`. */
function leftByCount(
  counted: Expression,
  operator: CountOperator,
  number: Expression,
  scope: Scope,
): Restrictions {
  if (number.kind !== "literal" || typeof number.value !== "number") return nothing;
  const found = argumentsOf(counted, "length")?.[0];
  if (found !== undefined) {
    return leavesNone(operator, number.value) ? nothing : matches(found, "regexall", scope);
  }
  const position = argumentsOf(counted, "index");
  return position === undefined ? nothing : leftByMembership(position, scope);
}

/** Whether a count of none is possible where that holds. */
function leavesNone(operator: CountOperator, number: number): boolean {
  switch (operator) {
    case "==":
      return number === 0;
    case "!=":
      return number !== 0;
    case ">":
      return number < 0;
    case ">=":
      return number <= 0;
  }
}

function leftByCall(call: FunctionCall, holds: boolean, scope: Scope): Left {
  const [operand] = call.arguments;
  if (operand === undefined) return nothing;
  switch (call.name.name) {
    case "contains":
      return holds ? leftByMembership(call.arguments, scope) : nothing;
    case "can":
      return holds ? leftByAttempt(operand, scope) : nothing;
    case "try":
      return leftByTry(call.arguments, holds, scope);
    case "alltrue":
    case "anytrue":
      return leftByItems(operand, call.name.name === "alltrue", holds, scope);
    default:
      return nothing;
  }
}

function leftByAttempt(operand: Expression, scope: Scope): Restrictions {
  const position = argumentsOf(operand, "index");
  return position === undefined
    ? matches(operand, "regex", scope)
    : leftByMembership(position, scope);
}

/** `try(condition, false)`, where an error is as good as false. */
function leftByTry(
  [condition, fallback, ...others]: readonly Expression[],
  holds: boolean,
  scope: Scope,
): Left {
  if (condition === undefined || others.length > 0) return nothing;
  const isOpposite = fallback?.kind === "literal" && fallback.value === !holds;
  return isOpposite ? leftWhere(condition, holds, scope) : nothing;
}

/** `contains` and `index` take no null to look for. */
function leftByMembership(
  [list, subject]: readonly Expression[],
  scope: Scope,
  mode: "null-too" | "no-null" = "no-null",
): Restrictions {
  if (list === undefined || subject === undefined) return nothing;
  const result = scope.evaluate(list);
  if (!result.ok || result.value.state !== "list") return nothing;
  const { items } = result.value;
  const among = mode === "null-too" ? items : items.filter(({ state }) => state !== "unset");
  return leftAmong(subject, among, scope) ?? nothing;
}

function leftByItems(operand: Expression, isAll: boolean, holds: boolean, scope: Scope): Left {
  if (operand.kind === "tuple") return joined(operand.items, isAll, holds, scope);
  if (operand.kind !== "for" || !holds || operand.condition !== undefined) return nothing;
  return isAll ? leftOfElements(operand, scope) : leftByAny(operand, scope);
}

/** `alltrue([for node in var.nodes : contains([…], node.tokens)])` */
function leftOfElements({ collection, value, valueVariable }: ForExpression, scope: Scope): Left {
  const values = argumentsOf(collection, "values")?.[0];
  const path = variablePath(values ?? collection, scope);
  if (path === undefined) return nothing;
  const what = `${path}[*]`;
  const origin = scope.written(valueVariable.range);
  const element = () => unknown({ kind: "decided-at-deployment", expression: what }, origin);
  const inLoop = scope.bind({ name: valueVariable.name, identity: what, value: element });
  const left = leftWhere(value, true, inLoop);
  // Of an empty collection it holds in any case.
  if (left === "never") return nothing;
  return new Map([...left].filter(([of]) => of.startsWith(what)));
}

/** `anytrue([for allowed in […] : var.x == allowed])` */
function leftByAny({ collection, value, valueVariable }: ForExpression, scope: Scope): Left {
  if (value.kind !== "binary" || value.operator !== "==") return nothing;
  const isItem = (side: Expression) => side.kind === "variable" && side.name === valueVariable.name;
  const subject = isItem(value.left) ? value.right : value.left;
  if (!isItem(value.left) && !isItem(value.right)) return nothing;
  return leftByMembership([collection, subject], scope, "null-too");
}

/** A call of a function that looks for a pattern which lists all texts it matches. */
function matches(expression: Expression, name: "regex" | "regexall", scope: Scope): Restrictions {
  const [pattern, subject] = argumentsOf(expression, name) ?? [];
  const path = subject === undefined ? undefined : variablePath(subject, scope);
  const text = pattern === undefined ? undefined : plainText(pattern);
  const values = text === undefined ? undefined : textsOfPattern(text);
  if (path === undefined || values === undefined) return nothing;
  return new Map([[path, { values, allowsNull: false }]]);
}

function argumentsOf(expression: Expression, name: string): readonly Expression[] | undefined {
  return expression.kind === "call" && expression.name.name === name
    ? expression.arguments
    : undefined;
}

/** `var.x` or `var.x.y` as text; what a loop over a variable goes over is `var.x[*]`. */
function variablePath(expression: Expression, scope: Scope): string | undefined {
  switch (expression.kind) {
    case "parentheses":
      return variablePath(expression.expression, scope);
    case "variable":
      return pathOfBinding(expression.name, scope);
    case "attribute": {
      const { target, name } = expression;
      const isVariable = target.kind === "variable" && target.name === "var";
      const outer = isVariable ? "var" : variablePath(target, scope);
      return outer === undefined ? undefined : `${outer}.${name.name}`;
    }
    default:
      return undefined;
  }
}

function pathOfBinding(name: string, scope: Scope): string | undefined {
  const identity = scope.binding(name)?.identity;
  return identity?.startsWith("var.") === true ? identity : undefined;
}
