import { dirname } from "pathe";
import type { InputError } from "../findings/input-error.js";
import { rootsAmong } from "../parsers/call-graph.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { filesBelow } from "../source/files-below.js";
import { type StackOptions, withEmbeddedStacks } from "./embedded-templates.js";
import { evaluateModules } from "./evaluate-modules.js";
import { isTerraformPath } from "./file-kind.js";
import type { LintRequest } from "./lint-request.js";

/** Modules that deploy templates, which nobody has named. */
export interface DeployingModules {
  /** With the stacks that they deploy. */
  readonly modules: readonly EvaluatedDeployment[];
  /** The paths of the templates that are judged through them. */
  readonly deployedPaths: ReadonlySet<string>;
  readonly errors: readonly InputError[];
}

/** What Terraform fills into a template, as `templatefile` does: its names are in small letters. */
const mayDependOnTerraform = /\bParameters\b|%\{|\$\{\s*[a-z_]/;

/**
 * The root modules in the tree, besides those that are evaluated already, through which the templates at
 * the paths are judged, as modules are through their callers. A template that is the same whoever deploys
 * it needs none.
 */
export function modulesDeploying(
  paths: readonly string[],
  evaluated: readonly EvaluatedDeployment[],
  request: LintRequest,
  options: StackOptions,
): DeployingModules {
  const { fileSystem, rootDirectory } = request;
  const textOf = (path: string) => {
    const input = fileSystem.read(path);
    return "error" in input ? "" : input.text;
  };
  const given = new Set(request.files);
  const files = paths.some((path) => mayDependOnTerraform.test(textOf(path)))
    ? filesBelow(rootDirectory, fileSystem, isTerraformPath).filter(
        (path) => !given.has(path) && textOf(path).includes("aws_cloudformation_stack"),
      )
    : [];
  if (files.length === 0) return { modules: [], deployedPaths: new Set(), errors: [] };
  const { modules, errors } = evaluateModules({ ...request, files });
  const known = new Set(evaluated.map(directoryOf));
  const deploying = modules
    .filter((module) => module.isByDefaults !== true && !known.has(directoryOf(module)))
    .map((module) => ({ module, ...withEmbeddedStacks(module, options) }));
  const callers = new Map(
    paths.map((path) => [
      path,
      deploying.flatMap(({ module, templatePaths }) =>
        templatePaths.includes(path) ? [directoryOf(module)] : [],
      ),
    ]),
  );
  // Those that only examples and tests deploy are judged by themselves.
  const directories = modules.map(directoryOf);
  const ownRoots = new Set(rootsAmong([...paths, ...directories], callers, rootDirectory));
  const deployedPaths = new Set(paths.filter((path) => !ownRoots.has(path)));
  return {
    modules: deploying.flatMap(({ deployment, templatePaths }) =>
      templatePaths.some((path) => deployedPaths.has(path)) ? [deployment] : [],
    ),
    deployedPaths,
    // What else is wrong with them is said when they are linted.
    errors: errors.filter(({ code }) => code === "internal"),
  };
}

/** The directory of the root module itself, whose files are read first. */
function directoryOf({ files }: EvaluatedDeployment): string {
  const [path = ""] = files.keys();
  return dirname(path);
}
