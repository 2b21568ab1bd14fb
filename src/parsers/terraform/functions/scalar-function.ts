import type { Evaluated } from "../../../values/evaluated.js";
import { known, type Scalar } from "../../../values/value.js";
import { convertToKind, type ScalarKind } from "../conversion.js";
import { wrongCount } from "./arity.js";
import { type Failure, failure, success } from "./function-result.js";
import { madeFrom, madeString } from "./made-value.js";
import { tryPossibleValues } from "./possible-values.js";
import type {
  FunctionCallContext,
  FunctionResult,
  TerraformFunction,
} from "./terraform-function.js";

/** The JavaScript type of each kind. */
export interface ScalarOf {
  readonly string: string;
  readonly number: number;
  readonly bool: boolean;
}

/** The JavaScript types of a list of kinds. */
export type ScalarsOf<Kinds extends readonly ScalarKind[]> = {
  readonly [Index in keyof Kinds]: ScalarOf[Kinds[Index]];
};

/**
 * A function whose arguments and result are scalars. With an unknown argument the result is unknown,
 * or one of several where the argument is.
 */
export function scalarFunction<const Kinds extends readonly ScalarKind[]>(
  kinds: Kinds,
  compute: (...scalars: ScalarsOf<Kinds>) => Scalar | Failure,
): TerraformFunction {
  return overScalars(kinds, (scalars, call) => scalarResult(compute(...scalars), call));
}

/** As {@link scalarFunction} for any number of arguments of one kind, at least one. */
export function manyScalarsFunction<Kind extends ScalarKind>(
  kind: Kind,
  compute: (scalars: readonly ScalarOf[Kind][]) => Scalar | Failure,
): TerraformFunction {
  return overScalarsAndMore([], kind, (_, more, call) => scalarResult(compute(more), call));
}

/** A function whose arguments are scalars and whose result can be anything. */
export function overScalars<const Kinds extends readonly ScalarKind[]>(
  kinds: Kinds,
  compute: (scalars: ScalarsOf<Kinds>, call: FunctionCallContext) => FunctionResult,
): TerraformFunction {
  return (parameters, call) => {
    if (parameters.length !== kinds.length) return wrongCount(parameters, String(kinds.length));
    return callWithScalars(parameters, kinds, call, (scalars, from) =>
      // The conversions above have made each scalar what its kind says.
      compute(scalars as unknown as ScalarsOf<Kinds>, from),
    );
  };
}

/** As {@link overScalars}, with any number of further arguments of one kind. */
export function overScalarsAndMore<
  const Kinds extends readonly ScalarKind[],
  Kind extends ScalarKind,
>(
  kinds: Kinds,
  kind: Kind,
  compute: (
    scalars: ScalarsOf<Kinds>,
    more: readonly ScalarOf[Kind][],
    call: FunctionCallContext,
  ) => FunctionResult,
): TerraformFunction {
  return (parameters, call) => {
    const least = Math.max(kinds.length, 1);
    if (parameters.length < least) return wrongCount(parameters, `at least ${least}`);
    const allKinds = parameters.map((_, index) => kinds[index] ?? kind);
    return callWithScalars(parameters, allKinds, call, (scalars, from) => {
      const [fixed, more] = [scalars.slice(0, kinds.length), scalars.slice(kinds.length)];
      return compute(
        fixed as unknown as ScalarsOf<Kinds>,
        more as unknown as ScalarOf[Kind][],
        from,
      );
    });
  };
}

function callWithScalars(
  parameters: readonly Evaluated[],
  kinds: readonly ScalarKind[],
  call: FunctionCallContext,
  compute: (scalars: readonly Scalar[], call: FunctionCallContext) => FunctionResult,
): FunctionResult {
  const converted: Evaluated[] = [];
  for (const [index, kind] of kinds.entries()) {
    const parameter = parameters[index];
    if (parameter === undefined) continue;
    const result = convertToKind(parameter, kind);
    if (!result.ok) return failure(`argument ${index + 1}: ${result.message}`);
    if (result.value.state === "unset") {
      return failure(`argument ${index + 1} must not be null`);
    }
    converted.push(result.value);
  }
  return tryPossibleValues(converted, call, (values) => {
    const scalars = values.flatMap((value) => (value.state === "known" ? [value.value] : []));
    return compute(scalars, madeFrom(values, call));
  });
}

function scalarResult(result: Scalar | Failure, call: FunctionCallContext): FunctionResult {
  if (typeof result === "object") return result;
  if (typeof result === "string") return success(madeString(result, call.origin));
  return success(known(result, call.origin));
}
