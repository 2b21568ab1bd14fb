import type { FunctionTable } from "./function-table.js";
import { awsProviderFunctions } from "./provider-aws.js";
import { terraformProviderFunctions } from "./provider-terraform.js";
import { timeProviderFunctions } from "./provider-time.js";

/**
 * Functions of providers under the local names that providers have unless a module gives others.
 * https://developer.hashicorp.com/terraform/language/functions#provider-defined-functions
 */
export const providerFunctions: FunctionTable = {
  ...awsProviderFunctions,
  ...terraformProviderFunctions,
  ...timeProviderFunctions,
};
