import { convertToBool, convertToNumber, convertToString } from "../conversion.js";
import { unary } from "./arity.js";
import { createSet } from "./create-set.js";
import { failure, success } from "./function-result.js";
import type { FunctionTable } from "./function-table.js";
import { neverKnown } from "./made-value.js";
import { readList } from "./read-parameter.js";
import { mapEntries, unifyValues } from "./unify.js";

/** Marks that a value carries in Terraform and not here. */
const passThrough = unary(success);

/** https://developer.hashicorp.com/terraform/language/functions/tolist */
const tolist = unary((parameter, call) => {
  if (parameter.state === "unset" || parameter.state === "unknown") return success(parameter);
  const list = readList(parameter, call);
  return list.ok ? success(list.value) : list.result;
});

/** https://developer.hashicorp.com/terraform/language/functions/toset */
const toset = unary((parameter, call) => {
  if (parameter.state === "unset" || parameter.state === "unknown") return success(parameter);
  const list = readList(parameter, call);
  if (!list.ok) return list.result;
  return success(createSet(list.value.items, parameter.origin));
});

/** https://developer.hashicorp.com/terraform/language/functions/tomap */
const tomap = unary((parameter) => {
  if (parameter.state === "unset" || parameter.state === "unknown") return success(parameter);
  if (parameter.state !== "map") return failure("a map or object is required");
  const names = [...parameter.entries.keys()];
  const unified = unifyValues([...parameter.entries.values()].map((entry) => entry.value));
  if (!unified.ok) return unified;
  const values = new Map(names.map((name, index) => [name, unified.values[index]]));
  const map = { ...parameter, collection: "map" } as const;
  return mapEntries(map, (entry, key) => success(values.get(key) ?? entry.value));
});

/**
 * Type conversion functions, without `try` and `can`, which want their arguments unevaluated.
 * https://developer.hashicorp.com/terraform/language/functions#type-conversion-functions
 */
export const typeConversionFunctions: FunctionTable = {
  ephemeralasnull: passThrough,
  issensitive: neverKnown(
    "issensitive",
    1,
    "it asks for marks of sensitivity, which we do not carry",
  ),
  nonsensitive: passThrough,
  sensitive: passThrough,
  tobool: unary(convertToBool),
  tolist,
  tomap,
  tonumber: unary(convertToNumber),
  toset,
  tostring: unary(convertToString),
};
