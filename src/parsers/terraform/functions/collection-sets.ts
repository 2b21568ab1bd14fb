import type { Evaluated } from "../../../values/evaluated.js";
import { firstUnknownIn } from "../conversion.js";
import { binary, variadic } from "./arity.js";
import { areEqualInType } from "./equality.js";
import { failure } from "./function-result.js";
import { notSupported, unknownResult } from "./made-value.js";
import { listResult, readKnownList, type Reading, readList, setResult } from "./read-parameter.js";
import type {
  FunctionCallContext,
  FunctionResult,
  TerraformFunction,
} from "./terraform-function.js";
import { unifyValues } from "./unify.js";

/** https://developer.hashicorp.com/terraform/language/functions/setintersection */
export const setintersection = variadic((first, others, call) =>
  combineSets([first, ...others], call, ([elements = [], ...rest]) =>
    elements.filter((element) => rest.every((other) => includes(other, element))),
  ),
);

/** https://developer.hashicorp.com/terraform/language/functions/setsubtract */
export const setsubtract = binary((first, second, call) =>
  combineSets([first, second], call, ([elements = [], removed = []]) =>
    elements.filter((element) => !includes(removed, element)),
  ),
);

/** https://developer.hashicorp.com/terraform/language/functions/setunion */
export const setunion = variadic((first, others, call) =>
  combineSets([first, ...others], call, (sets) => sets.flat()),
);

function includes(elements: readonly Evaluated[], element: Evaluated): boolean {
  return elements.some((other) => areEqualInType(other, element) === true);
}

function combineSets(
  parameters: readonly Evaluated[],
  call: FunctionCallContext,
  combine: (sets: readonly (readonly Evaluated[])[]) => readonly Evaluated[],
): FunctionResult {
  const sets = readSets(parameters, call);
  return sets.ok ? setResult(combine(sets.value), call) : sets.result;
}

/** The elements of each argument, all converted to one type. */
function readSets(
  parameters: readonly Evaluated[],
  call: FunctionCallContext,
): Reading<readonly (readonly Evaluated[])[]> {
  const lists: (readonly Evaluated[])[] = [];
  for (const parameter of parameters) {
    const list = readKnownList(parameter, call);
    if (!list.ok) return list;
    lists.push(list.value.items);
  }
  const unified = unifyValues(lists.flat());
  if (!unified.ok) return { ok: false, result: unified };
  let start = 0;
  const converted = lists.map((items) => {
    start += items.length;
    return unified.values.slice(start - items.length, start);
  });
  return { ok: true, value: converted };
}

/** A larger product is not written out. */
const LARGEST_PRODUCT = 10_000;

/** https://developer.hashicorp.com/terraform/language/functions/setproduct: of lists a list. */
export const setproduct: TerraformFunction = (parameters, call) => {
  if (parameters.length < 2) return failure("at least two arguments are required");
  const lists: (readonly Evaluated[])[] = [];
  for (const parameter of parameters) {
    const list = readList(parameter, call);
    if (!list.ok) return list.result;
    lists.push(list.value.items);
  }
  const count = lists.reduce((product, items) => product * items.length, 1);
  if (count > LARGEST_PRODUCT) return notSupported("setproduct with that many elements", call);

  const origin = call.origin;
  const rows = lists.reduce<readonly (readonly Evaluated[])[]>(
    (product, items) => product.flatMap((row) => items.map((item) => [...row, item])),
    [[]],
  );
  const tuples = rows.map((items): Evaluated => ({
    state: "list",
    collection: "tuple",
    items,
    origin,
  }));
  const isSet = parameters.some(
    (parameter) => parameter.state === "list" && parameter.collection === "set",
  );
  if (!isSet) return listResult(tuples, "list", call);
  const part = tuples.map(firstUnknownIn).find((found) => found !== undefined);
  return part === undefined ? setResult(tuples, call) : unknownResult(part, call);
};
