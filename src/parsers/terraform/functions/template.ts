import type { Evaluated } from "../../../values/evaluated.js";
import { binary } from "./arity.js";
import { failure } from "./function-result.js";
import { unknownResult } from "./made-value.js";
import { readMap } from "./read-parameter.js";
import type { FunctionCallContext, FunctionResult } from "./terraform-function.js";

/** https://developer.hashicorp.com/terraform/language/functions/templatestring */
export const templatestring = binary((template, variables, call) => {
  if (template.state === "unknown") return unknownResult(template, call);
  if (template.state !== "known" || typeof template.value !== "string") {
    return failure("the template must be a string");
  }
  return renderTemplate(template.value, call.origin.location.path, variables, call);
});

/** The text of a template with an object's attributes as its variables. */
function renderTemplate(
  text: string,
  path: string,
  variables: Evaluated,
  call: FunctionCallContext,
): FunctionResult {
  const map = readMap(variables, call);
  if (!map.ok) return map.result;
  const values = new Map<string, Evaluated>();
  for (const [name, entry] of map.value.entries) {
    if (!/^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(name)) {
      return failure(`invalid template variable name "${name}"`);
    }
    values.set(name, entry.value);
  }
  return call.evaluateTemplate(text, path, values);
}
