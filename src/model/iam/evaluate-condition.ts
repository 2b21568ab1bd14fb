import { and, fromBoolean, not, or, type Ternary } from "../../values/ternary.js";
import { type ConditionOperator, conditionOperator } from "./condition-operator.js";
import type { PolicyCondition } from "./policy-document.js";
import { inLowerCase, isText, matchesPattern, type PolicyText, wholeText } from "./policy-text.js";

/** What a request has for one condition key. */
export type ContextValue =
  | { readonly state: "absent" }
  | { readonly state: "present"; readonly values: readonly RequestValue[] }
  /** One of these, and nobody says which. */
  | { readonly state: "one-of"; readonly values: readonly RequestValue[] }
  /** Not said by the request; whatever is asked of it comes to that. */
  | { readonly state: "open"; readonly answer: Ternary };

/** Texts are compared as texts, numbers as either. */
export type RequestValue = string | number;

/** The request does not have the key. */
export const absent: ContextValue = { state: "absent" };

/** The request has that one value for the key. */
export function present(value: RequestValue): ContextValue {
  return { state: "present", values: [value] };
}

/**
 * Whether a condition holds for a request that has `context` for its key. Unknown where it hangs on what
 * the policy leaves open, and for operators that IAM does not take.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function conditionHolds(condition: PolicyCondition, context: ContextValue): Ternary {
  const operator = conditionOperator(condition.operator);
  if (operator === undefined) return "unknown";
  if (context.state === "open") return context.answer;
  if (operator.comparison === "null") return nullHolds(condition, context.state === "absent");
  if (context.state === "absent") return whereAbsent(operator);
  const answers = context.values.map((value) => valueMeets(condition, operator, value));
  if (context.state === "one-of") return agreed(answers);
  return operator.quantifier === "all" ? and(...answers) : or(...answers);
}

function agreed(answers: readonly Ternary[]): Ternary {
  const [first = "unknown", ...others] = answers;
  return others.every((answer) => answer === first) ? first : "unknown";
}

/** `Null` with `true` holds where the key is absent, with `false` where it is there. */
function nullHolds({ values, open }: PolicyCondition, isAbsent: boolean): Ternary {
  const wanted = String(isAbsent);
  const answers = values.map((value) => isText(inLowerCase(value), wanted));
  return or(...answers, ...(open === undefined ? [] : ["unknown" as const]));
}

function whereAbsent({ ifExists, quantifier, isNegated }: ConditionOperator): Ternary {
  if (ifExists || quantifier === "all") return "yes";
  return fromBoolean(isNegated && quantifier === undefined);
}

function valueMeets(
  { values, open }: PolicyCondition,
  { comparison, isNegated }: ConditionOperator,
  value: RequestValue,
): Ternary {
  const answers = values.map((wanted) => compare(comparison, wanted, value));
  const isMet = or(...answers, ...(open === undefined ? [] : ["unknown" as const]));
  return isNegated ? not(isMet) : isMet;
}

function compare(
  comparison: ConditionOperator["comparison"],
  wanted: PolicyText,
  value: RequestValue,
): Ternary {
  switch (comparison) {
    case "equals":
      return forSpellings(value, (text) => isText(wanted, text));
    case "equals-ignoring-case":
      return forSpellings(value, (text) => isText(inLowerCase(wanted), text.toLowerCase()));
    case "like":
      return forSpellings(value, (text) => matchesPattern(wanted, text));
    case "boolean":
      return forSpellings(value, (text) => isText(inLowerCase(wanted), text.toLowerCase()));
    case "number-equals":
      return compareNumbers(wanted, value, (one, other) => one === other);
    case "number-less":
      return compareNumbers(wanted, value, (one, other) => one < other);
    case "number-less-or-equal":
      return compareNumbers(wanted, value, (one, other) => one <= other);
    case "number-greater":
      return compareNumbers(wanted, value, (one, other) => one > other);
    case "number-greater-or-equal":
      return compareNumbers(wanted, value, (one, other) => one >= other);
    case "null":
    case "other-type":
      return "no";
  }
}

/** Nobody states how a number is spelled where it is compared as a text: `2` or `2.0`. */
function forSpellings(value: RequestValue, holds: (text: string) => Ternary): Ternary {
  if (typeof value === "string") return holds(value);
  const [plain, withFraction] = [holds(String(value)), holds(value.toFixed(1))];
  return plain === withFraction ? plain : "unknown";
}

/** What is no number equals none, and is neither less nor more. */
function compareNumbers(
  wanted: PolicyText,
  value: RequestValue,
  holds: (value: number, wanted: number) => boolean,
): Ternary {
  const own = numberOf(String(value));
  if (own === undefined) return "no";
  const text = wholeText(wanted);
  if (text === undefined) return "unknown";
  const other = numberOf(text);
  return fromBoolean(other !== undefined && holds(own, other));
}

function numberOf(text: string): number | undefined {
  const number = text.trim() === "" ? NaN : Number(text);
  return Number.isNaN(number) ? undefined : number;
}
