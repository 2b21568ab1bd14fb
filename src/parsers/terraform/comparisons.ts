import type { Condition } from "../../values/condition.js";
import type { Evaluated, EvaluatedUnknown } from "../../values/evaluated.js";
import { describeScalar, known, type Scalar, type UnknownReason } from "../../values/value.js";
import type { BinaryExpression, Expression } from "../hcl/syntax-tree.js";
import { abbreviate, isTruth, statement, type Wording } from "./conditions.js";
import { firstUnknownIn, possibleScalars } from "./conversion.js";
import { typeOfExpression } from "./expression-type.js";
import { comparedLength } from "./emptiness.js";
import { areEqual, areEqualInType } from "./functions/equality.js";
import { failure, success } from "./functions/function-result.js";
import { areDistinct, areSameTypes, scalarKind, unknownType } from "./functions/value-type.js";
import { takenFrom } from "./functions/made-value.js";
import type { FunctionResult } from "./functions/terraform-function.js";
import { evaluateNumber } from "./operands.js";
import type { Scope } from "./scope.js";
import { anyType, typeUnder } from "./type-constraint.js";

/** Two unknowns are compared value by value up to this many values that both can have. */
const SHARED_VALUES_LIMIT = 16;

/**
 * `==` and `!=`: a boolean, or an unknown that says when it is true.
 * https://developer.hashicorp.com/terraform/language/expressions/operators#equality-operators
 */
export function evaluateEquality(expression: BinaryExpression, scope: Scope): FunctionResult {
  const left = scope.evaluate(expression.left);
  if (!left.ok) return left;
  const right = scope.evaluate(expression.right);
  if (!right.ok) return right;

  const isExpected = expression.operator === "==";
  const place = scope.written(expression.range);
  const answer = areSame(left.value, right.value, expression, scope);
  if (typeof answer === "boolean") return success(known(answer === isExpected, place));
  const open = firstUnknownIn(left.value) ?? firstUnknownIn(right.value);
  const condition = isTruth(answer, isExpected);
  if (open === undefined) {
    const reason = mapsNotTold;
    return success({ state: "unknown", reason, condition, origin: place });
  }
  const origin = takenFrom(place, open);
  return success({ state: "unknown", reason: open.reason, condition, origin });
}

/** Of a map and an object with the same content we cannot say which is which. */
const mapsNotTold: UnknownReason = { kind: "not-supported", what: "comparing maps with objects" };

/** Whether a part of something open can be null depends on more than we follow. */
const nullNotTold: UnknownReason = { kind: "not-supported", what: "whether that is null" };

function areSame(
  left: Evaluated,
  right: Evaluated,
  expression: BinaryExpression,
  scope: Scope,
): boolean | Condition {
  const answer = areEqual(left, right);
  // Of equal contents the types may differ, as those of empty lists do.
  if (answer === false || (answer === true && isScalar(left))) return answer;
  const types = [expression.left, expression.right].map((one) => typeOfExpression(one, scope));
  const [first = unknownType, second = unknownType] = types;
  if (areDistinct(first, second)) {
    // Null equals null whatever their types.
    const isNullOut = [left, right].some((value) => cannotBeNull(value, scope));
    return isNullOut ? false : equalityStatement(left, right, expression, scope);
  }
  const inType = areSameTypes(first, second) ? areEqualInType(left, right) : undefined;
  const emptiness = emptinessOf({ ...expression, operator: "==" }, left, right, scope);
  return (
    answer ??
    inType ??
    emptiness ??
    sameAs(left, right, scope) ??
    sameAs(right, left, scope) ??
    sameValues(left, right) ??
    equalityStatement(left, right, expression, scope)
  );
}

/** The condition of a comparison of a collection's length with a number that asks whether it is empty. */
function emptinessOf(
  { operator, left: first, right: second }: BinaryExpression,
  left: Evaluated,
  right: Evaluated,
  scope: Scope,
): Condition | undefined {
  if (right.state === "known") return comparedLength(operator, "left", first, right.value, scope);
  if (left.state === "known") return comparedLength(operator, "right", second, left.value, scope);
  return undefined;
}

function isScalar({ state }: Evaluated): boolean {
  return state === "known" || state === "unset";
}

function cannotBeNull(value: Evaluated, { context }: Scope): boolean {
  if (value.state === "unknown") return context.openValues.whenNull(value) === false;
  return value.state !== "unset";
}

/** When something unknown is null, or a certain scalar. */
function sameAs(value: Evaluated, other: Evaluated, scope: Scope): boolean | Condition | undefined {
  if (value.state !== "unknown") return undefined;
  if (other.state === "unset") return scope.context.openValues.whenNull(value);
  if (other.state !== "known") return undefined;
  if (value.condition !== undefined && typeof other.value === "boolean") {
    return isTruth(value.condition, other.value);
  }
  const { subject } = value;
  if (subject === undefined || isOfOtherKind(value, other.value, scope)) return undefined;
  return isOneOf(subject, [other.value]);
}

/** Whether what is open has been converted since it was read, so that its values are others. */
function isOfOtherKind(value: EvaluatedUnknown, scalar: Scalar, { context }: Scope): boolean {
  const type = context.openValues.typeOf(value) ?? anyType;
  return areDistinct(typeUnder(type, unknownType), { kind: scalarKind(scalar) });
}

/** When two unknowns with few possible values have the same. */
function sameValues(left: Evaluated, right: Evaluated): Condition | undefined {
  if (left.state !== "unknown" || right.state !== "unknown") return undefined;
  const [first, second] = [left.subject, right.subject];
  if (first === undefined || second === undefined) return undefined;
  const others = possibleScalars(right);
  const shared = possibleScalars(left)?.filter((value) => others?.includes(value) === true);
  if (shared === undefined || others === undefined) return undefined;
  if (shared.length > SHARED_VALUES_LIMIT) return undefined;
  const operands = shared.map((value): Condition => ({
    kind: "and",
    operands: [isOneOf(first, [value]), isOneOf(second, [value])],
  }));
  return { kind: "or", operands };
}

function equalityStatement(
  left: Evaluated,
  right: Evaluated,
  expression: BinaryExpression,
  scope: Scope,
): Condition {
  const reason =
    left.state === "unset" || right.state === "unset"
      ? nullNotTold
      : ((firstUnknownIn(left) ?? firstUnknownIn(right))?.reason ?? mapsNotTold);
  const first = identityText(left, expression.left, scope);
  const second = identityText(right, expression.right, scope);
  // The same whichever side is named first, and for == and != alike.
  const text = [first, second].sort().join(" == ");
  const wording = wordEquality(second, left) ??
    wordEquality(first, right) ?? {
      label: abbreviate(`${first} == ${second}`),
      denial: abbreviate(`${first} != ${second}`),
    };
  return statement([expression], text, reason, scope, wording);
}

/** That something is a constant, which is not worth naming first: `"x" == each.key` too. */
function wordEquality(text: string, constant: Evaluated): Wording | undefined {
  if (constant.state !== "known" && constant.state !== "unset") return undefined;
  const named = constant.state === "known" ? describeScalar(constant.value) : "null";
  const subject = abbreviate(text);
  return { label: `${subject} is ${named}`, denial: `${subject} is not ${named}` };
}

/** What stands for one thing has its name, by whatever way it is reached. */
function identityText(value: Evaluated, expression: Expression, scope: Scope): string {
  const subject = value.state === "unknown" ? value.subject : undefined;
  return subject?.label ?? scope.textOf(expression.range);
}

/** `<`, `<=`, `>` and `>=`: only numbers have an order. */
export function evaluateOrder(expression: BinaryExpression, scope: Scope): FunctionResult {
  const left = evaluateNumber(expression.left, scope);
  if (!left.ok) return left;
  const right = evaluateNumber(expression.right, scope);
  if (!right.ok) return right;
  const place = scope.written(expression.range);
  const [first, second] = [left.value, right.value];
  if (first.state === "known" && second.state === "known") {
    return success(known(isInOrder(expression, first.value, second.value), place));
  }
  const open = first.state === "unknown" ? first : second;
  if (open.state !== "unknown") return failure("a number is required, not null");
  const condition =
    emptinessOf(expression, first, second, scope) ??
    orderCondition(expression, first, second, open, scope);
  const origin = takenFrom(place, open);
  return success({ state: "unknown", reason: open.reason, condition, origin });
}

function orderCondition(
  expression: BinaryExpression,
  left: Evaluated,
  right: Evaluated,
  open: EvaluatedUnknown,
  scope: Scope,
): Condition {
  const { subject } = open;
  const possible = possibleScalars(open);
  if (subject !== undefined && possible !== undefined) {
    const other = open === left ? right : left;
    if (other.state === "known") {
      const values = possible.filter((value) =>
        open === left
          ? isInOrder(expression, value, other.value)
          : isInOrder(expression, other.value, value),
      );
      return isOneOf(subject, values);
    }
  }
  // a >= b is not a < b, and a <= b is not a > b: one statement for each pair.
  const isNegated = expression.operator === ">=" || expression.operator === "<=";
  const [operator, opposite] =
    expression.operator === "<" || expression.operator === ">=" ? ["<", ">="] : [">", "<="];
  const first = scope.textOf(expression.left.range);
  const second = scope.textOf(expression.right.range);
  const text = `${first} ${operator} ${second}`;
  const wording = {
    label: abbreviate(text),
    denial: abbreviate(`${first} ${opposite} ${second}`),
  };
  return isTruth(statement([expression], text, open.reason, scope, wording), !isNegated);
}

function isInOrder({ operator }: BinaryExpression, left: Scalar, right: Scalar): boolean {
  const [first, second] = [Number(left), Number(right)];
  switch (operator) {
    case "<":
      return first < second;
    case "<=":
      return first <= second;
    case ">":
      return first > second;
    default:
      return first >= second;
  }
}

function isOneOf(
  subject: NonNullable<EvaluatedUnknown["subject"]>,
  values: readonly Scalar[],
): Condition {
  return { kind: "is-one-of", subject, values };
}
