import { SourceFile } from "../../source/source-file.js";
import { type Evaluated, type EvaluatedUnknown, unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { known } from "../../values/value.js";
import type { FunctionCall } from "../hcl/syntax-tree.js";
import { chooseKey, noneOf } from "./choose-key.js";
import { convertToType } from "./convert-to-constraint.js";
import { convertToString, firstUnknownIn } from "./conversion.js";
import { typeByArguments } from "./expression-type.js";
import { failure, success } from "./functions/function-result.js";
import { terraformFunctions } from "./functions/index.js";
import { takenFrom } from "./functions/made-value.js";
import type { FunctionCallContext, FunctionResult } from "./functions/terraform-function.js";
import { mergeOpen } from "./merge-open.js";
import type { Scope } from "./scope.js";
import { evaluateTemplateText, evaluateVariablesText, refuseWithin } from "./texts.js";

/**
 * A function call. `try` and `can` get their arguments unevaluated; all other functions get values,
 * and find out themselves what an unknown one leaves known.
 * https://developer.hashicorp.com/terraform/language/functions
 */
export function evaluateCall(call: FunctionCall, scope: Scope): FunctionResult {
  const name = call.name.name.replace(/^core::/, "");
  switch (name) {
    case "try":
      return evaluateTry(call, scope);
    case "can":
      return evaluateCan(call, scope);
    default:
      return callFunction(name, call, scope);
  }
}

/** https://developer.hashicorp.com/terraform/language/functions/try */
function evaluateTry({ arguments: candidates, range }: FunctionCall, scope: Scope): FunctionResult {
  const guarded = scope.guarded();
  let last: FunctionResult = failure("try takes at least one argument");
  for (const candidate of candidates) {
    last = guarded.evaluate(candidate);
    if (!last.ok) continue;
    const { value } = last;
    if (value.state !== "unknown" || candidate === candidates.at(-1)) return last;
    if (scope.context.openValues.isCertain(value)) return last;
    // It may still turn out to be an error, so nothing may be concluded from what it could be.
    return success(unknown(value.reason, takenFrom(scope.written(range), value)));
  }
  return last;
}

/** https://developer.hashicorp.com/terraform/language/functions/can */
function evaluateCan({ arguments: operands, range }: FunctionCall, scope: Scope): FunctionResult {
  const [operand, ...others] = operands;
  if (operand === undefined || others.length > 0) return failure("can takes one argument");
  const origin = scope.written(range);
  const result = scope.guarded().evaluate(operand);
  if (!result.ok) return success(known(false, origin));
  const open = firstUncertain(result.value, scope);
  if (open === undefined) return success(known(true, origin));
  return success(unknown(open.reason, takenFrom(origin, open)));
}

function firstUncertain(value: Evaluated, scope: Scope): EvaluatedUnknown | undefined {
  const open = firstUnknownIn(value);
  return open === undefined || scope.context.openValues.isCertain(open) ? undefined : open;
}

function callFunction(name: string, call: FunctionCall, scope: Scope): FunctionResult {
  const origin = scope.written(call.range);
  const run = terraformFunctions.get(name);
  if (run === undefined) {
    const { location } = scope.written(call.name.range);
    scope.context.diagnostics.skip("unknown-function", location, `function ${name}`);
    return success(unknown({ kind: "not-supported", what: `function ${name}` }, origin));
  }
  const refusal = refuseWithin(scope.enclosingFunction, name);
  if (refusal !== undefined) return refusal;
  const parameters: Evaluated[] = [];
  for (const [index, argument] of call.arguments.entries()) {
    const result = scope.evaluate(argument);
    if (!result.ok) return result;
    const isExpanded = call.expandLast && index === call.arguments.length - 1;
    if (!isExpanded) parameters.push(result.value);
    else if (result.value.state === "list") parameters.push(...result.value.items);
    else if (result.value.state === "unknown") {
      return success(unknown(result.value.reason, takenFrom(origin, result.value)));
    } else return failure("only a list, set or tuple can be expanded into arguments");
  }
  const special = callOpenly(name, parameters, origin, scope);
  const made = special ?? run(parameters, callContext(origin, scope));
  const isConverted = made.ok && mayBeConverted(name, parameters, made.value);
  const result = isConverted ? convertResult(made.value, call, scope) : made;
  if (special !== undefined) return seenAt(origin, result);
  if (!result.ok || result.value.state !== "unknown" || mayGiveNull.has(name)) {
    return seenAt(origin, result);
  }
  return seenAt(origin, success({ ...result.value, isNeverNull: true }));
}

/** Functions that convert what they are given to one type. */
const unifying: ReadonlySet<string> = new Set(["coalesce", "tolist", "tomap", "toset"]);

/** What is open or null has a type too, and an element that is not there, which the values do not show. */
function mayBeConverted(name: string, parameters: readonly Evaluated[], made: Evaluated): boolean {
  if (name === "lookup") return made.state === "known" && typeof made.value !== "string";
  return unifying.has(name) && parameters.some(hasOpenType);
}

function convertResult(made: Evaluated, call: FunctionCall, scope: Scope): FunctionResult {
  const type = typeByArguments(call, scope);
  return type === undefined ? success(made) : convertToType(made, type, call.range, scope);
}

/** Whether the value or one of its parts, or of theirs, does not show its type. */
function hasOpenType(value: Evaluated): boolean {
  switch (value.state) {
    case "unknown":
    case "unset":
      return true;
    case "known":
      return false;
    case "list":
      return value.items.some(hasOpenType);
    case "map":
      return [...value.entries.values()].some((entry) => hasOpenType(entry.value));
  }
}

/** Functions that give back something which they were given, or convert it: it may be null. */
const mayGiveNull: ReadonlySet<string> = new Set([
  "ephemeralasnull",
  "element",
  "jsondecode",
  "lookup",
  "nonsensitive",
  "one",
  "sensitive",
  "tobool",
  "tolist",
  "tomap",
  "tonumber",
  "toset",
  "tostring",
  "yamldecode",
]);

/** What a function gives back as it is, such as an element, is seen from the call. */
function seenAt(origin: Origin, result: FunctionResult): FunctionResult {
  if (!result.ok) return result;
  const { value } = result;
  const { path, range } = value.origin.location;
  const isHere =
    path === origin.location.path &&
    range.start === origin.location.range.start &&
    range.end === origin.location.range.end;
  return isHere ? result : success({ ...value, origin: { ...origin, from: value.origin } });
}

/** What the functions themselves cannot know, who are not told of scenarios and declared types. */
function callOpenly(
  name: string,
  parameters: readonly Evaluated[],
  origin: Origin,
  scope: Scope,
): FunctionResult | undefined {
  if (name === "merge") {
    const merged = mergeOpen(parameters, origin, scope.context.openValues);
    return merged === undefined ? undefined : success(merged);
  }
  return name === "lookup"
    ? (lookUpOpenly(parameters, scope) ?? chooseLookup(parameters, scope))
    : undefined;
}

/**
 * `lookup` in something of which only some entries are known. What is taken out of what may be null
 * may be missing, so that the default counts as well.
 */
function lookUpOpenly(
  [whole, key, otherwise]: readonly Evaluated[],
  { context: { openValues } }: Scope,
): FunctionResult | undefined {
  if (key?.state !== "known" || whole === undefined) return undefined;
  const entries =
    whole.state === "map"
      ? whole.entries
      : whole.state === "unknown"
        ? whole.contents?.entries
        : undefined;
  const value = entries?.get(String(key.value))?.value;
  if (value === undefined) return undefined;
  if (value.state !== "unknown" || otherwise === undefined || openValues.isCertain(value)) {
    return success(value);
  }
  return success(unknown(value.reason, value.origin));
}

/** `lookup` by a variable without value has one result in each scenario. */
function chooseLookup(
  [map, key, otherwise]: readonly Evaluated[],
  scope: Scope,
): FunctionResult | undefined {
  if (map?.state !== "map" || key === undefined) return undefined;
  const text = convertToString(key);
  if (!text.ok || text.value.state !== "unknown") return undefined;
  const keys = [...map.entries.keys()];
  const choice = chooseKey(text.value, keys, scope.context.scenarios);
  if (choice === "open") return undefined;
  const value = choice === "none" ? otherwise : map.entries.get(choice.key)?.value;
  return value === undefined ? noneOf(keys) : success(value);
}

function callContext(origin: Origin, scope: Scope): FunctionCallContext {
  const { fileSystem, rootDirectory, treeDirectory } = scope.context;
  return {
    origin,
    fileSystem,
    moduleDirectory: scope.namespaces.directory,
    rootDirectory,
    treeDirectory,
    sourceFile: (path) => scope.context.readFile(path),
    evaluateTemplate: (text, path, variables, by) =>
      evaluateTemplateText(new SourceFile(path, text), variables, by, origin, scope),
    evaluateVariables: (text) => evaluateVariablesText(text, origin, scope),
  };
}
