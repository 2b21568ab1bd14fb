import { firstUnknownIn } from "../conversion.js";
import { unary } from "./arity.js";
import { failure, success } from "./function-result.js";
import type { FunctionTable } from "./function-table.js";
import { attributesText, hclText, identifier } from "./hcl-text.js";
import { sortedEntries } from "./json-text.js";
import { madeString, notSupported, unknownResult } from "./made-value.js";
import { overScalars } from "./scalar-function.js";

const unknownLayout = "writing lists of objects as HCL";

/** https://developer.hashicorp.com/terraform/language/functions/terraform-encode_expr */
const encodeExpr = unary((value, call) => {
  const part = firstUnknownIn(value);
  if (part !== undefined) return unknownResult(part, call);
  if (value.state === "unset") return failure("the value must not be null");
  const text = hclText(value);
  if (text === undefined) return notSupported(unknownLayout, call);
  return success(madeString(text, call.origin));
});

/** https://developer.hashicorp.com/terraform/language/functions/terraform-encode_tfvars */
const encodeTfvars = unary((value, call) => {
  const part = firstUnknownIn(value);
  if (part !== undefined) return unknownResult(part, call);
  if (value.state !== "map") return failure("an object is required");
  const attributes = sortedEntries(value.entries).map(
    ([name, entry]) => [name, entry.value] as const,
  );
  const wrong = attributes.find(([name]) => !identifier.test(name));
  if (wrong !== undefined) return failure(`invalid variable name "${wrong[0]}"`);
  const text = attributesText(attributes, 0);
  if (text === undefined) return notSupported(unknownLayout, call);
  return success(madeString(text, call.origin));
});

/** https://developer.hashicorp.com/terraform/language/functions/terraform-decode_tfvars */
const decodeTfvars = overScalars(["string"], ([text], call) => call.evaluateVariables(text));

/**
 * Functions of the provider that is built into Terraform; OpenTofu has it under the same name.
 * https://developer.hashicorp.com/terraform/language/functions/terraform-decode_tfvars
 */
export const terraformProviderFunctions: FunctionTable = {
  "provider::terraform::decode_tfvars": decodeTfvars,
  "provider::terraform::encode_expr": encodeExpr,
  "provider::terraform::encode_tfvars": encodeTfvars,
};
