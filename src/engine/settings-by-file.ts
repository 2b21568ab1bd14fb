import type { Severity } from "../findings/severity.js";
import type { Rule } from "../rules/define-rule.js";
import type { DeploymentSettings, LintRequest } from "./lint-request.js";

/** The rules for what stands in the file of an absolute path, and the severity of each. */
export function rulesFor(request: LintRequest, path: string): ReadonlyMap<Rule, Severity> {
  return request.byFile?.rulesFor(path) ?? request.rules;
}

/** Every rule that some judged file wants to be run. */
export function rulesOfAllFiles(request: LintRequest): readonly Rule[] {
  const distinct = new Set(request.files.map((path) => rulesFor(request, path)));
  const rules = new Set([...distinct].flatMap((settings) => [...settings.keys()]));
  return request.byFile === undefined ? [...request.rules.keys()] : [...rules];
}

/** What is known of the root module or the templates of an absolute directory. */
export function deploymentIn(request: LintRequest, directory: string): DeploymentSettings {
  return request.byFile?.deploymentIn(directory) ?? request;
}

/** A function of objects that computes each answer once. */
export function oncePerObject<Key, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  const results = new Map<Key, Result>();
  return (key) => {
    const known = results.get(key);
    if (known !== undefined) return known;
    const result = compute(key);
    results.set(key, result);
    return result;
  };
}
