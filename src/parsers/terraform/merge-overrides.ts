import type { InputError } from "../../findings/input-error.js";
import type { Declaration, NestedBlock } from "./module.js";

/** The declarations of a module with those of its override files merged in. */
export interface MergedDeclarations {
  readonly declarations: readonly Declaration[];
  readonly errors: readonly InputError[];
}

/**
 * Merges override files as Terraform does: an argument replaces the argument of its name, a nested
 * block replaces all nested blocks of its type. What overrides nothing is an error.
 * https://developer.hashicorp.com/terraform/language/files/override#merging-behavior
 */
export function mergeOverrides(
  declarations: readonly Declaration[],
  overrides: readonly Declaration[],
): MergedDeclarations {
  if (overrides.length === 0) return { declarations, errors: [] };
  const merged = [...declarations];
  const errors: InputError[] = [];
  for (const override of overrides) {
    const index = merged.findIndex((base) => identity(base) === identity(override));
    const base = merged[index];
    if (base !== undefined) merged[index] = mergeDeclaration(base, override);
    else if (mustOverride.has(override.type)) errors.push(nothingToOverride(override));
    else merged.push(override);
  }
  return { declarations: merged, errors };
}

/** Of other types, such as `terraform`, an override file can also hold the only block. */
const mustOverride: ReadonlySet<string> = new Set([
  "resource",
  "data",
  "variable",
  "output",
  "module",
]);

function mergeDeclaration(base: Declaration, override: Declaration): Declaration {
  const replaced = new Set(override.blocks.map(typeOf));
  const kept = base.blocks.filter((nested) => !replaced.has(typeOf(nested)));
  return {
    ...base,
    arguments: new Map([...base.arguments, ...override.arguments]),
    blocks: [...kept, ...override.blocks],
  };
}

/** A `dynamic` block counts as the type that it makes. */
function typeOf({ block }: NestedBlock): string {
  const [label] = block.labels;
  return block.type.name === "dynamic" && label !== undefined ? label.value : block.type.name;
}

function identity({ type, labels }: Declaration): string {
  return JSON.stringify([type, ...labels]);
}

function nothingToOverride({ type, labels, header }: Declaration): InputError {
  const message = `there is no ${type} ${labels.join(".")} that this could override`;
  return { code: "invalid-structure", message, path: header.path, location: header };
}
