import { type Evaluated, type EvaluatedUnknown, oneOf } from "../../../values/evaluated.js";
import { known, type Scalar } from "../../../values/value.js";
import { possibleScalars } from "../conversion.js";
import { success } from "./function-result.js";
import { takenFrom, unknownResult } from "./made-value.js";
import type { FunctionCallContext, FunctionResult } from "./terraform-function.js";

/** A call is tried with at most this many combinations of its arguments' possible values. */
const MOST_COMBINATIONS = 64;

/**
 * Calls a function that wants known arguments: where some are unknown but have a finite set of
 * possible values, once for each, so that the result has its possible values too.
 */
export function tryPossibleValues(
  parameters: readonly Evaluated[],
  call: FunctionCallContext,
  run: (parameters: readonly Evaluated[]) => FunctionResult,
): FunctionResult {
  const [first, ...others] = parameters.filter((parameter) => parameter.state === "unknown");
  if (first === undefined) return run(parameters);
  const combinations = combine([first, ...others]);
  if (combinations === undefined) return unknownResult(first, call);

  const values: Evaluated[] = [];
  for (const combination of combinations) {
    const result = run(parameters.map((parameter) => substitute(parameter, combination)));
    // Refusing one value is an error only if that is chosen, which `try` may be waiting for.
    if (!result.ok) return combinations.length === 1 ? result : unknownResult(first, call);
    values.push(result.value);
  }
  const value = oneOf(values, first.reason, takenFrom(call.origin, first));
  return success(others.length === 0 ? withCondition(value, first, values) : value);
}

/** Which value each unknown has, by identity of what it stands for. */
type Combination = ReadonlyMap<unknown, Scalar>;

/** Every combination of possible values; undefined where they are not finite or too many. */
function combine(unknowns: readonly EvaluatedUnknown[]): readonly Combination[] | undefined {
  let combinations: readonly Combination[] = [new Map()];
  for (const unknown of unknowns) {
    const identity = identityOf(unknown);
    // Two unknowns that stand for the same variable have the same value.
    if (combinations[0]?.has(identity) === true) continue;
    const possible = possibleScalars(unknown);
    if (possible === undefined || possible.length === 0) return undefined;
    if (combinations.length * possible.length > MOST_COMBINATIONS) return undefined;
    combinations = combinations.flatMap((combination) =>
      possible.map((value) => new Map([...combination, [identity, value]])),
    );
  }
  return combinations;
}

function substitute(parameter: Evaluated, combination: Combination): Evaluated {
  if (parameter.state !== "unknown") return parameter;
  const value = combination.get(identityOf(parameter));
  return value === undefined ? parameter : known(value, parameter.origin);
}

function identityOf(unknown: EvaluatedUnknown): unknown {
  return unknown.subject?.key ?? unknown;
}

/** A boolean that one variable decides says for which of its values it is true. */
function withCondition(
  value: Evaluated,
  argument: EvaluatedUnknown,
  results: readonly Evaluated[],
): Evaluated {
  const { subject } = argument;
  if (value.state !== "unknown" || subject === undefined) return value;
  const values: Scalar[] = [];
  for (const [index, candidate] of (possibleScalars(argument) ?? []).entries()) {
    const result = results[index];
    if (result?.state !== "known" || typeof result.value !== "boolean") return value;
    if (result.value) values.push(candidate);
  }
  return { ...value, condition: { kind: "is-one-of", subject, values } };
}
