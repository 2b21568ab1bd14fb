import { collectionFunctions } from "./collection.js";
import { dateAndTimeFunctions } from "./date-and-time.js";
import { encodingFunctions } from "./encoding.js";
import { filesystemFunctions } from "./filesystem.js";
import type { FunctionTable } from "./function-table.js";
import { hashFunctions } from "./hash.js";
import { ipFunctions } from "./ip.js";
import { numericFunctions } from "./numeric.js";
import { openTofuFunctions } from "./opentofu.js";
import { providerFunctions } from "./provider.js";
import { stringFunctions } from "./string.js";
import type { TerraformFunction } from "./terraform-function.js";
import { typeConversionFunctions } from "./type-conversion.js";

/** All functions by family, in the order and with the names of Terraform's documentation. */
export const functionFamilies: Readonly<Record<string, FunctionTable>> = {
  Numeric: numericFunctions,
  String: stringFunctions,
  Collection: collectionFunctions,
  Encoding: encodingFunctions,
  Filesystem: filesystemFunctions,
  "Date and time": dateAndTimeFunctions,
  "Hash and crypto": hashFunctions,
  "IP network": ipFunctions,
  "Type conversion": typeConversionFunctions,
  "OpenTofu only": openTofuFunctions,
  Provider: providerFunctions,
};

/**
 * Every function of Terraform 1.13 and OpenTofu 1.12 by name, and those of providers that need
 * nothing but their arguments, without `try` and `can`, which want their arguments unevaluated.
 * https://developer.hashicorp.com/terraform/language/functions
 */
export const terraformFunctions: ReadonlyMap<string, TerraformFunction> = new Map(
  Object.values(functionFamilies).flatMap((family) => Object.entries(family)),
);
