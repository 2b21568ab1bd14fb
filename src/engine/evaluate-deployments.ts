import { dirname } from "pathe";
import type { InputError } from "../findings/input-error.js";
import type { Coverage } from "../findings/report.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { type EvaluatedModules, evaluateModules } from "./evaluate-modules.js";
import { type EvaluatedTemplates, evaluateTemplates } from "./evaluate-templates.js";
import { isTerraformPath } from "./file-kind.js";
import { findTemplates } from "./find-templates.js";
import type { LintRequest } from "./lint-request.js";

/** Everything that the judged files belong to, evaluated. */
export interface EvaluatedInput {
  readonly deployments: readonly EvaluatedDeployment[];
  readonly errors: readonly InputError[];
  readonly counts: Pick<
    Coverage,
    "cloudformationTemplates" | "terraformModules" | "terraformPlans" | "files"
  >;
}

const noModules: EvaluatedModules = { modules: [], errors: [] };
const noTemplates: EvaluatedTemplates = { templates: [], errors: [] };

/** Evaluates the templates among the files, and the root modules that the Terraform files belong to. */
export function evaluateDeployments(request: LintRequest): EvaluatedInput {
  const isVariableGiven = (request.variables?.commandLine ?? []).length > 0;
  const { modules, errors: moduleErrors } =
    isVariableGiven || request.files.some(isTerraformPath) ? evaluateModules(request) : noModules;
  const found = findTemplates(request);
  // The evaluator is loaded only where there is something for it.
  const { templates, errors } =
    found.paths.length > 0 ? evaluateTemplates(found.paths, request) : noTemplates;
  const templatePaths = filesOf(templates);
  const modulePaths = filesOf(modules);
  const moduleDirectories = new Set([...modulePaths].map((path) => dirname(path)));
  return {
    deployments: [...templates, ...modules, ...found.plans],
    errors: [...found.errors, ...errors, ...moduleErrors],
    counts: {
      cloudformationTemplates: templatePaths.size,
      terraformModules: moduleDirectories.size,
      terraformPlans: found.plans.length,
      files: templatePaths.size + modulePaths.size + found.plans.length,
    },
  };
}

function filesOf(deployments: readonly EvaluatedDeployment[]): ReadonlySet<string> {
  return new Set(deployments.flatMap(({ files }) => [...files.keys()]));
}
