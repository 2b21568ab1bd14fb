import { dirname } from "pathe";
import type { InputError } from "../findings/input-error.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { evaluateRootModule } from "../parsers/terraform/evaluate-root-module.js";
import { ModuleLoader } from "../parsers/terraform/load-module.js";
import { rootModulesOf } from "../parsers/terraform/root-modules.js";
import { isTerraformPath } from "./file-kind.js";
import { internalError } from "./internal-error.js";
import type { LintRequest } from "./lint-request.js";

/** Root modules, and what kept others from being evaluated. */
export interface EvaluatedModules {
  readonly modules: readonly EvaluatedDeployment[];
  readonly errors: readonly InputError[];
}

/** The root modules that the judged Terraform files belong to, evaluated. */
export function evaluateModules(request: LintRequest): EvaluatedModules {
  const { fileSystem, rootDirectory } = request;
  const judged = new Set(request.files.filter(isTerraformPath).map((path) => dirname(path)));
  const loader = new ModuleLoader(fileSystem);
  const modules: EvaluatedDeployment[] = [];
  const errors: InputError[] = [];
  for (const directory of rootModulesOf([...judged], loader, rootDirectory)) {
    try {
      const context = { fileSystem, loader, treeDirectory: rootDirectory };
      const deployment = evaluateRootModule(directory, context);
      if (deployment !== undefined) modules.push(deployment);
    } catch (error) {
      errors.push(internalError(directory, error));
    }
  }
  return { modules, errors };
}
