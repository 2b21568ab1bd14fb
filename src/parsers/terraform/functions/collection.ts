import {
  chunklist,
  coalescelist,
  compact,
  concat,
  contains,
  distinct,
  element,
  flatten,
  index,
  matchkeys,
  one,
  range,
  reverse,
  slice,
  sort,
  sum,
} from "./collection-lists.js";
import { keys, lookup, merge, transpose, values, zipmap } from "./collection-maps.js";
import { setintersection, setproduct, setsubtract, setunion } from "./collection-sets.js";
import { alltrue, anytrue, coalesce, length } from "./collection-summaries.js";
import type { FunctionTable } from "./function-table.js";

/**
 * Collection functions.
 * https://developer.hashicorp.com/terraform/language/functions#collection-functions
 */
export const collectionFunctions: FunctionTable = {
  alltrue,
  anytrue,
  chunklist,
  coalesce,
  coalescelist,
  compact,
  concat,
  contains,
  distinct,
  element,
  flatten,
  index,
  keys,
  length,
  lookup,
  matchkeys,
  merge,
  one,
  range,
  reverse,
  setintersection,
  setproduct,
  setsubtract,
  setunion,
  slice,
  sort,
  sum,
  transpose,
  values,
  zipmap,
};
