import type { Condition } from "../../../values/condition.js";
import { type Evaluated, type EvaluatedUnknown, oneOf } from "../../../values/evaluated.js";
import { known } from "../../../values/value.js";
import { convertToBool, possibleScalars } from "../conversion.js";
import { unary, variadic } from "./arity.js";
import { failure, success } from "./function-result.js";
import { graphemesOf } from "./graphemes.js";
import { takenFrom, unknownResult } from "./made-value.js";
import { tryPossibleValues } from "./possible-values.js";
import { readListOf } from "./read-parameter.js";
import type {
  FunctionCallContext,
  FunctionResult,
  TerraformFunction,
} from "./terraform-function.js";
import { unifyValues } from "./unify.js";

/** https://developer.hashicorp.com/terraform/language/functions/alltrue: null is not true. */
export const alltrue = unary((parameter, call) => decideTruths(parameter, false, call));

/** https://developer.hashicorp.com/terraform/language/functions/anytrue */
export const anytrue = unary((parameter, call) => decideTruths(parameter, true, call));

/** One element that is `decisive` decides; unknown ones leave it open, and say when it is so. */
function decideTruths(
  parameter: Evaluated,
  decisive: boolean,
  call: FunctionCallContext,
): FunctionResult {
  const list = readListOf(parameter, convertToBool, call);
  if (!list.ok) return list.result;
  const unknowns: EvaluatedUnknown[] = [];
  for (const item of list.value.items) {
    if (item.state === "unknown") unknowns.push(item);
    else if ((item.state === "known" && item.value === true) === decisive) {
      return success(known(decisive, call.origin));
    }
  }
  const [first] = unknowns;
  if (first === undefined) return success(known(!decisive, call.origin));
  const operands = unknowns.flatMap((item) => item.condition ?? []);
  const { reason } = first;
  const origin = takenFrom(call.origin, first);
  if (operands.length < unknowns.length) return success({ state: "unknown", reason, origin });
  const condition: Condition = { kind: decisive ? "or" : "and", operands };
  return success({ state: "unknown", reason, origin, condition });
}

/**
 * The first value that is neither null nor, of strings, empty. An unknown one ends the search,
 * unless its possible values say what it comes to.
 * https://developer.hashicorp.com/terraform/language/functions/coalesce
 */
export const coalesce = variadic((first, others, call) => {
  const unified = unifyValues([first, ...others]);
  if (!unified.ok) return failure("all arguments must have the same type");
  return firstPresent(unified.values, call);
});

function firstPresent(
  [value, ...others]: readonly Evaluated[],
  call: FunctionCallContext,
): FunctionResult {
  if (value === undefined) return failure("no non-null, non-empty-string arguments");
  if (value.state === "unset" || (value.state === "known" && value.value === "")) {
    return firstPresent(others, call);
  }
  if (value.state !== "unknown" || isNeverEmpty(value)) return success(value);
  if (possibleScalars(value) === undefined) return unknownResult(value, call);
  const otherwise = firstPresent(others, call);
  if (!otherwise.ok) return unknownResult(value, call);
  const origin = takenFrom(call.origin, value);
  return success(oneOf([withoutEmpty(value), otherwise.value], value.reason, origin));
}

/** What AWS gives every resource; other attributes can be null or empty. */
const identifyingAttributes: ReadonlySet<string> = new Set([
  "arn",
  "default_version",
  "id",
  "latest_version",
  "name",
]);

function isNeverEmpty(value: EvaluatedUnknown): boolean {
  if (value.link !== undefined) return identifyingAttributes.has(value.link.attribute);
  return possibleScalars(value)?.includes("") === false;
}

function withoutEmpty(value: EvaluatedUnknown): Evaluated {
  const { state, reason, origin } = value;
  const possible = (possibleScalars(value) ?? []).filter((scalar) => scalar !== "");
  return { state, reason, origin, possible };
}

/** https://developer.hashicorp.com/terraform/language/functions/length: of a string, its characters. */
export const length: TerraformFunction = unary((parameter, call) =>
  tryPossibleValues([parameter], call, ([value = parameter]) => {
    if (value.state === "list") return success(known(value.items.length, call.origin));
    if (value.state === "map") return success(known(value.entries.size, call.origin));
    if (value.state === "known" && typeof value.value === "string") {
      return success(known(graphemesOf(value.value).length, call.origin));
    }
    return failure("argument must be a string, a collection type, or a structural type");
  }),
);
