import type { Evaluated } from "../../../values/evaluated.js";
import { convertToString } from "../conversion.js";
import { binary } from "./arity.js";
import { failure } from "./function-result.js";
import { identifier } from "./hcl-text.js";
import { unknownResult } from "./made-value.js";
import { readMap } from "./read-parameter.js";
import type {
  FunctionCallContext,
  FunctionResult,
  EnclosingFunction,
} from "./terraform-function.js";
import { withText } from "./tree-path.js";

/**
 * What a file's template comes to, of whatever type that is.
 * https://developer.hashicorp.com/terraform/language/functions/templatefile
 */
export const templatefile = binary((path, variables, call) => {
  if (variables.state === "unknown") return unknownResult(variables, call);
  return withText(path, call, (text, file) =>
    renderTemplate(text, file, variables, "templatefile", call),
  );
});

/** https://developer.hashicorp.com/terraform/language/functions/templatestring */
export const templatestring = binary((template, variables, call) => {
  if (template.state === "unknown") return unknownResult(template, call);
  if (template.state !== "known" || typeof template.value !== "string") {
    return failure("the template must be a string");
  }
  const { path } = call.origin.location;
  const result = renderTemplate(template.value, path, variables, "templatestring", call);
  return result.ok ? convertToString(result.value) : result;
});

/** What a template comes to with an object's attributes as its variables. */
function renderTemplate(
  text: string,
  path: string,
  variables: Evaluated,
  by: EnclosingFunction,
  call: FunctionCallContext,
): FunctionResult {
  const map = readMap(variables, call);
  if (!map.ok) return map.result;
  const values = new Map<string, Evaluated>();
  for (const [name, entry] of map.value.entries) {
    if (!identifier.test(name)) {
      return failure(`invalid template variable name "${name}"`);
    }
    values.set(name, entry.value);
  }
  const result = call.evaluateTemplate(text, path, values, by);
  if (result.ok && result.value.state === "unset") return failure("the template's result is null");
  return result;
}
