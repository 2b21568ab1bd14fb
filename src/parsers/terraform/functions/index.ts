import { collectionFunctions } from "./collection.js";
import { numericFunctions } from "./numeric.js";
import { stringFunctions } from "./string.js";
import type { TerraformFunction } from "./terraform-function.js";
import { typeConversionFunctions } from "./type-conversion.js";

/**
 * Every function of Terraform 1.11 and those that OpenTofu adds, by name, without `try` and `can`,
 * which want their arguments unevaluated.
 * https://developer.hashicorp.com/terraform/language/functions
 */
export const terraformFunctions: ReadonlyMap<string, TerraformFunction> = new Map([
  ...Object.entries(collectionFunctions),
  ...Object.entries(numericFunctions),
  ...Object.entries(stringFunctions),
  ...Object.entries(typeConversionFunctions),
]);
