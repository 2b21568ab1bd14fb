import { dirname } from "pathe";
import type { InputError } from "../findings/input-error.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { launchResourceTypes } from "../parsers/resources/normalize-deployment.js";
import { evaluateRootModule } from "../parsers/terraform/evaluate-root-module.js";
import {
  noGivenVariables,
  readGivenVariables,
  type VariableSources,
} from "../parsers/terraform/given-variables.js";
import { findJudgedModules } from "../parsers/terraform/root-modules.js";
import { evaluateByDefaults } from "./evaluate-by-defaults.js";
import { isTerraformPath } from "./file-kind.js";
import { internalError } from "./internal-error.js";
import type { LintRequest } from "./lint-request.js";
import { moduleLoaderFor } from "./module-loader.js";
import { deploymentIn, oncePerObject, rulesOfAllFiles } from "./settings-by-file.js";
import { undeclaredVariables } from "./undeclared-variables.js";

/** Root modules, and what kept others from being evaluated. */
export interface EvaluatedModules {
  readonly modules: readonly EvaluatedDeployment[];
  readonly errors: readonly InputError[];
}

/** The root modules that the judged Terraform files belong to, evaluated. */
export function evaluateModules(request: LintRequest): EvaluatedModules {
  const { fileSystem, rootDirectory, variables } = request;
  const judged = new Set(request.files.filter(isTerraformPath).map((path) => dirname(path)));
  const loader = moduleLoaderFor(request);
  const givenBy = oncePerObject((sources: VariableSources | undefined) =>
    sources === undefined ? noGivenVariables : readGivenVariables(sources, loader.files),
  );
  const { roots, called } = findJudgedModules([...judged], loader, rootDirectory);
  const declaring = roots.flatMap((directory) => loader.load(directory) ?? []);
  const modules: EvaluatedDeployment[] = [];
  const errors = [
    ...[variables, ...roots.map((directory) => deploymentIn(request, directory).variables)].flatMap(
      (sources) => givenBy(sources).errors,
    ),
    ...undeclaredVariables(variables, declaring, rootDirectory),
  ];
  const evaluate = (directory: string, run: () => EvaluatedDeployment | undefined): void => {
    try {
      const deployment = run();
      if (deployment !== undefined) modules.push(deployment);
    } catch (error) {
      errors.push(internalError(directory, error));
    }
  };
  const context = {
    fileSystem,
    loader,
    treeDirectory: rootDirectory,
    loadCatalogue: request.loadModuleCatalogue,
  };
  const subjects = new Set(rulesOfAllFiles(request).map(({ subject }) => subject));
  const launchTypes = subjects.has("other-values") ? launchResourceTypes : undefined;
  for (const directory of roots) {
    const given = givenBy(deploymentIn(request, directory).variables);
    const options = { ...context, given, ...(launchTypes === undefined ? {} : { launchTypes }) };
    evaluate(directory, () => evaluateRootModule(directory, options));
  }
  if (subjects.has("module-defaults")) {
    for (const directory of called) {
      evaluate(directory, () => evaluateByDefaults(directory, context));
    }
  }
  return { modules, errors };
}
