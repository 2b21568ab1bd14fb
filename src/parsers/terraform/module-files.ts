import type { DirectoryEntry } from "../../source/file-system.js";

/** The files of a directory that make up a module, by name, each list sorted. */
export interface ModuleFiles {
  readonly primary: readonly string[];
  /** In the order in which they apply. */
  readonly overrides: readonly string[];
}

/**
 * Tells which files of a directory Terraform reads. What an editor leaves behind (`.#main.tf`,
 * `main.tf~`) does not count, and a `.tofu` file takes the place of the `.tf` file of its name.
 * https://developer.hashicorp.com/terraform/language/files
 * https://opentofu.org/docs/language/files/#opentofu-specific-files
 */
export function moduleFiles(entries: readonly DirectoryEntry[]): ModuleFiles {
  const names = entries
    .filter(({ kind, name }) => kind === "file" && isTerraformFile(name))
    .map(({ name }) => name);
  const present = new Set(names);
  const read = names.filter((name) => !isReplaced(name, present)).sort();
  return {
    primary: read.filter((name) => !isOverride(name)),
    overrides: read.filter(isOverride),
  };
}

/** Whether a file of that name belongs to a module: `main.tf`, `main.tofu`, `main.tf.json`. */
export function isTerraformFile(name: string): boolean {
  return /\.(?:tf|tofu)(?:\.json)?$/.test(name) && !/^\.|^#.*#$/.test(name);
}

/**
 * The files with values for a root module's variables, in the order in which they apply.
 * https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files
 */
export function variableFiles(entries: readonly DirectoryEntry[]): readonly string[] {
  const names = entries.filter(({ kind }) => kind === "file").map(({ name }) => name);
  const automatic = names.filter((name) => /\.auto\.tfvars(?:\.json)?$/.test(name)).sort();
  const fixed = ["terraform.tfvars", "terraform.tfvars.json"];
  return [...fixed.filter((name) => names.includes(name)), ...automatic];
}

function isReplaced(name: string, present: ReadonlySet<string>): boolean {
  const counterpart = name.replace(/\.tf(?=$|\.json$)/, ".tofu");
  return counterpart !== name && present.has(counterpart);
}

/** https://developer.hashicorp.com/terraform/language/files/override */
function isOverride(name: string): boolean {
  return /^(?:.*_)?override\.(?:tf|tofu)(?:\.json)?$/.test(name);
}
