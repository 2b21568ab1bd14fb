import type { InputError } from "../findings/input-error.js";
import { dirname } from "pathe";
import { evaluateStacks } from "../parsers/cloudformation/evaluate-template.js";
import { rootTemplatesOf } from "../parsers/cloudformation/root-templates.js";
import { type ParsedTemplate, TemplateFiles } from "../parsers/cloudformation/template-files.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { entryOf } from "../parsers/yaml/syntax-tree.js";
import type { SourceFile } from "../source/source-file.js";
import { modulesDeploying } from "./deploying-modules.js";
import { withEmbeddedStacks } from "./embedded-templates.js";
import type { FoundTemplates } from "./find-templates.js";
import { internalError } from "./internal-error.js";
import type { LintRequest, ParameterSources } from "./lint-request.js";
import { noParameterSets, setsFor, undeclaredParameters } from "./parameter-sets.js";
import { readParameterSets } from "./read-parameter-sets.js";
import { deploymentIn, oncePerObject } from "./settings-by-file.js";

/** Templates with the stacks they nest, and what kept others from being evaluated. */
export interface EvaluatedTemplates {
  /** Each once for each set of values that it is deployed with. */
  readonly templates: readonly EvaluatedDeployment[];
  /** The modules that were given, and others that deploy the templates, with the stacks they deploy. */
  readonly modules: readonly EvaluatedDeployment[];
  /** The paths of the templates that modules deploy. */
  readonly deployedPaths: ReadonlySet<string>;
  /** The files that values for parameters were read from, by path. */
  readonly parameterFiles: ReadonlyMap<string, SourceFile>;
  readonly errors: readonly InputError[];
}

/**
 * The templates at the paths, each evaluated through those that nest it and the modules that deploy
 * it, and the templates that include the snippets. `launchTypes` are the types of resources that are
 * judged.
 */
export function evaluateTemplates(
  { paths, snippets }: Pick<FoundTemplates, "paths" | "snippets">,
  modules: readonly EvaluatedDeployment[],
  request: LintRequest,
  launchTypes: ReadonlySet<string>,
): EvaluatedTemplates {
  const { fileSystem, rootDirectory, loadTolerantYaml, parameters } = request;
  const files = new TemplateFiles(fileSystem, loadTolerantYaml, rootDirectory);
  const judgedTypes = new Map([...launchTypes].map((type) => [type.toLowerCase(), type]));
  const templates: EvaluatedDeployment[] = [];
  const errors: InputError[] = [];
  const deployed = new Set<string>();
  const modulesWithStacks = modules.map((module) => {
    try {
      const { deployment, templatePaths } = withEmbeddedStacks(module, {
        templates: files,
        judgedTypes,
      });
      for (const path of templatePaths) deployed.add(path);
      return deployment;
    } catch (error) {
      const [path = rootDirectory] = module.files.keys();
      errors.push(internalError(path, error));
      return module;
    }
  });
  const setsOf = oncePerObject((sources: ParameterSources | undefined) =>
    sources === undefined ? noParameterSets : readParameterSets(sources, request),
  );
  const alone = paths.filter((path) => !deployed.has(path));
  const deploying = modulesDeploying(alone, modules, request, { templates: files, judgedTypes });
  errors.push(...deploying.errors);
  const others = alone.filter((path) => !deploying.deployedPaths.has(path));
  const roots = rootTemplatesOf(others, snippets, files, fileSystem, rootDirectory);
  const declared = new Set<string>();
  for (const path of roots) {
    try {
      const template = files.load(path);
      if (template === undefined) continue;
      const names = parameterNamesOf(template);
      for (const name of names) declared.add(name);
      const settings = deploymentIn(request, dirname(path));
      for (const { label, region, values } of setsFor(names, setsOf(settings.parameters))) {
        const deployment = evaluateStacks(template, {
          ...(region === undefined ? {} : { region }),
          ...settings.place,
          parameters: values,
          templates: files,
          judgedTypes,
        });
        templates.push(label === undefined ? deployment : { ...deployment, parameterSet: label });
      }
    } catch (error) {
      errors.push(internalError(path, error));
    }
  }
  const [only = rootDirectory, ...more] = roots;
  const sources = roots.map((path) => deploymentIn(request, dirname(path)).parameters);
  const allSets = [...new Set([parameters, ...sources])].map(setsOf);
  errors.push(
    ...allSets.flatMap((sets) => sets.errors),
    ...undeclaredParameters(setsOf(parameters), declared, more.length === 0 ? only : rootDirectory),
  );
  return {
    templates,
    modules: [...modulesWithStacks, ...deploying.modules],
    deployedPaths: new Set([...deployed, ...deploying.deployedPaths]),
    parameterFiles: new Map(allSets.flatMap(({ files: read }) => [...read])),
    errors,
  };
}

function parameterNamesOf({ root }: ParsedTemplate): readonly string[] {
  const section = root.kind === "mapping" ? entryOf(root, "Parameters")?.value : undefined;
  return section?.kind === "mapping" ? section.entries.map(({ key }) => key.text) : [];
}
