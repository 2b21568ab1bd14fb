import { SourceFile } from "../../source/source-file.js";
import type { Evaluated, EvaluatedEntry } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { parseHcl, parseHclTemplate } from "../hcl/parse-hcl.js";
import { readsFiles } from "./functions/filesystem.js";
import { failure, success } from "./functions/function-result.js";
import type { EnclosingFunction, FunctionResult } from "./functions/terraform-function.js";
import { Scope, withoutNames } from "./scope.js";
import { standingAt } from "./standing-at.js";
import { evaluateParts } from "./templates.js";

/**
 * What Terraform complains of where a text that a function evaluates calls another: templates render
 * no further templates, those that are strings read no files, and variables are constants.
 * https://developer.hashicorp.com/terraform/language/functions/templatefile
 */
export function refuseWithin(
  enclosing: EnclosingFunction | undefined,
  name: string,
): FunctionResult | undefined {
  if (enclosing === undefined) return undefined;
  const isRefused =
    enclosing === "decode_tfvars" ||
    name === "templatefile" ||
    name === "templatestring" ||
    (enclosing === "templatestring" && readsFiles(name));
  return isRefused ? failure(`cannot call ${name} from inside ${enclosing}`) : undefined;
}

/** `templatefile` and `templatestring`: only the variables given are there. */
export function evaluateTemplateText(
  file: SourceFile,
  variables: ReadonlyMap<string, Evaluated>,
  by: EnclosingFunction,
  origin: Origin,
  scope: Scope,
): FunctionResult {
  const { parts, errors } = parseHclTemplate(file.text);
  const [error] = errors;
  if (error !== undefined) return failure(error.message);
  // Values of several parts that a file's template alone is made of stand in that file.
  if (by === "templatefile") scope.context.addFile(file);
  const inner = textScope(file, by, origin, scope).bind(
    ...[...variables].map(([name, value]) => ({
      name,
      identity: `${file.path} ${origin.location.path}:${origin.location.range.start}`,
      value: () => value,
    })),
  );
  const result = evaluateParts(parts, origin, inner);
  return result.ok ? success({ ...result.value, origin }) : result;
}

/** `decode_tfvars`: the object of a text's arguments. All of it counts as standing at the call. */
export function evaluateVariablesText(text: string, origin: Origin, scope: Scope): FunctionResult {
  const { body, errors } = parseHcl(text);
  const [error] = errors;
  if (error !== undefined) return failure(error.message);
  const inner = textScope(
    new SourceFile(origin.location.path, text),
    "decode_tfvars",
    origin,
    scope,
  );
  const entries = new Map<string, EvaluatedEntry>();
  if (body.blocks.length > 0) return failure("blocks are not allowed here");
  for (const { name, value } of body.attributes) {
    const result = inner.evaluate(value);
    if (!result.ok) return result;
    entries.set(name.name, { key: origin.location, value: standingAt(result.value, origin) });
  }
  return success({ state: "map", entries, origin });
}

function textScope(
  file: SourceFile,
  enclosingFunction: EnclosingFunction,
  origin: Origin,
  { context, namespaces }: Scope,
): Scope {
  return new Scope({
    context,
    namespaces: withoutNames(namespaces, `in ${enclosingFunction}`),
    file,
    step: origin.step,
    bindings: [],
    isGuarded: true,
    enclosingFunction,
  });
}
