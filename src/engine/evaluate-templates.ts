import type { InputError } from "../findings/input-error.js";
import { evaluateStacks } from "../parsers/cloudformation/evaluate-template.js";
import { rootTemplatesOf } from "../parsers/cloudformation/root-templates.js";
import { TemplateFiles } from "../parsers/cloudformation/template-files.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { withEmbeddedStacks } from "./embedded-templates.js";
import { internalError } from "./internal-error.js";
import type { LintRequest } from "./lint-request.js";

/** Templates with the stacks they nest, and what kept others from being evaluated. */
export interface EvaluatedTemplates {
  readonly templates: readonly EvaluatedDeployment[];
  /** The modules that were given, with the stacks they deploy. */
  readonly modules: readonly EvaluatedDeployment[];
  /** The paths of the templates that modules deploy. */
  readonly deployedPaths: ReadonlySet<string>;
  readonly errors: readonly InputError[];
}

/**
 * The templates at the paths, each evaluated through those that nest it and the modules that deploy
 * it.
 */
export function evaluateTemplates(
  paths: readonly string[],
  modules: readonly EvaluatedDeployment[],
  { fileSystem, rootDirectory, loadTolerantYaml }: LintRequest,
): EvaluatedTemplates {
  const files = new TemplateFiles(fileSystem, loadTolerantYaml, rootDirectory);
  const templates: EvaluatedDeployment[] = [];
  const errors: InputError[] = [];
  const deployed = new Set<string>();
  const modulesWithStacks = modules.map((module) => {
    try {
      const { deployment, templatePaths } = withEmbeddedStacks(module, files);
      for (const path of templatePaths) deployed.add(path);
      return deployment;
    } catch (error) {
      const [path = rootDirectory] = module.files.keys();
      errors.push(internalError(path, error));
      return module;
    }
  });
  const others = paths.filter((path) => !deployed.has(path));
  for (const path of rootTemplatesOf(others, files, fileSystem, rootDirectory)) {
    try {
      const template = files.load(path);
      if (template !== undefined) templates.push(evaluateStacks(template, { templates: files }));
    } catch (error) {
      errors.push(internalError(path, error));
    }
  }
  return { templates, modules: modulesWithStacks, deployedPaths: deployed, errors };
}
