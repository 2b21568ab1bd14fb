import { dirname } from "pathe";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { evaluateRootModule } from "../parsers/terraform/evaluate-root-module.js";
import { ModuleLoader } from "../parsers/terraform/load-module.js";
import { rootModulesOf } from "../parsers/terraform/root-modules.js";
import type { LintRequest } from "./lint-request.js";

/** Whether a file belongs to a Terraform module, or gives its variables values. */
export function isTerraformPath(path: string): boolean {
  return /\.(?:tf|tofu|tfvars)(?:\.json)?$/i.test(path);
}

/** The root modules that the judged Terraform files belong to, evaluated. */
export function evaluateModules(request: LintRequest): readonly EvaluatedDeployment[] {
  const { fileSystem, rootDirectory } = request;
  const judged = new Set(request.files.filter(isTerraformPath).map((path) => dirname(path)));
  if (judged.size === 0) return [];
  const loader = new ModuleLoader(fileSystem);
  return rootModulesOf([...judged], loader, rootDirectory).flatMap((directory) => {
    const deployment = evaluateRootModule(directory, {
      fileSystem,
      loader,
      treeDirectory: rootDirectory,
    });
    return deployment === undefined ? [] : [deployment];
  });
}
