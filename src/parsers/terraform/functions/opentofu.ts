import { base64gunzip } from "./base64.js";
import type { FunctionTable } from "./function-table.js";
import { cidrcontains } from "./ip.js";
import { urldecode } from "./url.js";

/**
 * Functions that OpenTofu has and Terraform has not.
 * https://opentofu.org/docs/language/functions/
 */
export const openTofuFunctions: FunctionTable = { base64gunzip, cidrcontains, urldecode };
