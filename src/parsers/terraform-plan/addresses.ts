import { keysIn, withoutKeys } from "../terraform/instance-keys.js";

/** One step of the way to a module instance: a call, and the key of its instance with brackets. */
export interface ModuleStep {
  readonly name: string;
  /** `[0]`, `["a"]`; empty for a call without `count` and `for_each`. */
  readonly key: string;
}

/**
 * Whether an address with `[*]` for keys that are not known may stand for another one.
 * https://developer.hashicorp.com/terraform/cli/state/resource-addressing
 */
export function coversAddress(pattern: string, address: string): boolean {
  const [wanted, keys] = [keysIn(pattern), keysIn(address)];
  return (
    withoutKeys(pattern) === withoutKeys(address) &&
    wanted.length === keys.length &&
    wanted.every((key, index) => key === "[*]" || key === keys[index])
  );
}

/** The steps of `module.web["a"].module.template`; none for the root module's empty address. */
export function readModulePath(address: string): readonly ModuleStep[] {
  const step = /module\.([^.[\]]+)((?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?)(?:\.|$)/y;
  const steps: ModuleStep[] = [];
  for (let match = step.exec(address); match !== null; match = step.exec(address)) {
    const [, name = "", key = ""] = match;
    steps.push({ name, key });
  }
  return steps;
}

/** The address of a module instance, the inverse of `readModulePath`. */
export function modulePathText(path: readonly ModuleStep[]): string {
  return path.map(({ name, key }) => `module.${name}${key}`).join(".");
}
