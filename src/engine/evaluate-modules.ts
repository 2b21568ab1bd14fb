import { dirname } from "pathe";
import type { InputError } from "../findings/input-error.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { evaluateRootModule } from "../parsers/terraform/evaluate-root-module.js";
import { noGivenVariables, readGivenVariables } from "../parsers/terraform/given-variables.js";
import { ModuleLoader } from "../parsers/terraform/load-module.js";
import { findJudgedModules } from "../parsers/terraform/root-modules.js";
import { evaluateByDefaults } from "./evaluate-by-defaults.js";
import type { LintRequest } from "./lint-request.js";
import { undeclaredVariables } from "./undeclared-variables.js";

/** Whether a file belongs to a Terraform module, or gives its variables values. */
export function isTerraformPath(path: string): boolean {
  return /\.(?:tf|tofu|tfvars)(?:\.json)?$/i.test(path);
}

/** Root modules, and what was wrong before they were evaluated. */
export interface EvaluatedModules {
  readonly modules: readonly EvaluatedDeployment[];
  readonly errors: readonly InputError[];
}

/** The root modules that the judged Terraform files belong to, evaluated. */
export function evaluateModules(request: LintRequest): EvaluatedModules {
  const { fileSystem, rootDirectory, variables } = request;
  const judged = new Set(request.files.filter(isTerraformPath).map((path) => dirname(path)));
  if (judged.size === 0 && variables === undefined) return { modules: [], errors: [] };
  const loader = new ModuleLoader(fileSystem);
  const given =
    variables === undefined ? noGivenVariables : readGivenVariables(variables, loader.files);
  const { roots, called } = findJudgedModules([...judged], loader, rootDirectory);
  const context = { fileSystem, loader, treeDirectory: rootDirectory };
  const deployed = roots.flatMap(
    (directory) => evaluateRootModule(directory, { ...context, given }) ?? [],
  );
  const byDefaults = [...request.rules.keys()].some(({ subject }) => subject === "module-defaults")
    ? called.flatMap((directory) => evaluateByDefaults(directory, context) ?? [])
    : [];
  const declaring = roots.flatMap((directory) => loader.load(directory) ?? []);
  const errors = [...given.errors, ...undeclaredVariables(variables, declaring, rootDirectory)];
  return { modules: [...deployed, ...byDefaults], errors };
}
