import { base64Functions } from "./base64.js";
import { csvdecode } from "./csv.js";
import type { FunctionTable } from "./function-table.js";
import { jsondecode, jsonencode } from "./json.js";
import { urlencode } from "./url.js";
import { yamldecode } from "./yaml-decode.js";
import { yamlencode } from "./yaml-encode.js";

/**
 * Encoding functions.
 * https://developer.hashicorp.com/terraform/language/functions#encoding-functions
 */
export const encodingFunctions: FunctionTable = {
  ...base64Functions,
  csvdecode,
  jsondecode,
  jsonencode,
  urlencode,
  yamldecode,
  yamlencode,
};
