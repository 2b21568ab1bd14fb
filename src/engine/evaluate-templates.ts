import type { InputError } from "../findings/input-error.js";
import { evaluateStacks } from "../parsers/cloudformation/evaluate-template.js";
import { rootTemplatesOf } from "../parsers/cloudformation/root-templates.js";
import { TemplateFiles } from "../parsers/cloudformation/template-files.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { internalError } from "./internal-error.js";
import type { LintRequest } from "./lint-request.js";

/** Templates with the stacks they nest, and what kept others from being evaluated. */
export interface EvaluatedTemplates {
  readonly templates: readonly EvaluatedDeployment[];
  readonly errors: readonly InputError[];
}

/** The templates at the paths, each evaluated through those that nest it. */
export function evaluateTemplates(
  paths: readonly string[],
  { fileSystem, rootDirectory, loadTolerantYaml }: LintRequest,
): EvaluatedTemplates {
  const files = new TemplateFiles(fileSystem, loadTolerantYaml);
  const templates: EvaluatedDeployment[] = [];
  const errors: InputError[] = [];
  for (const path of rootTemplatesOf(paths, files, fileSystem, rootDirectory)) {
    try {
      const template = files.load(path);
      if (template !== undefined) templates.push(evaluateStacks(template, { templates: files }));
    } catch (error) {
      errors.push(internalError(path, error));
    }
  }
  return { templates, errors };
}
