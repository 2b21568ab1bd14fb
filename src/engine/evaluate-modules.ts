import { dirname } from "pathe";
import type { InputError } from "../findings/input-error.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { launchResourceTypes } from "../parsers/resources/normalize-deployment.js";
import {
  evaluateRootModule,
  type RootModuleOptions,
} from "../parsers/terraform/evaluate-root-module.js";
import {
  noGivenVariables,
  readGivenVariables,
  type VariableSources,
} from "../parsers/terraform/given-variables.js";
import { ModuleLoader } from "../parsers/terraform/load-module.js";
import type { Module } from "../parsers/terraform/module.js";
import { findJudgedModules } from "../parsers/terraform/root-modules.js";
import type { LintRequest } from "./lint-request.js";

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
  const [only, ...others] = declaring.flatMap(({ files: [first] }) => first?.path ?? []);
  const path = others.length === 0 ? (only ?? rootDirectory) : rootDirectory;
  const modules = [...deployed, ...byDefaults];
  return { modules, errors: [...given.errors, ...undeclared(variables, declaring, path)] };
}

/** A module as its defaults would have it, if they can matter for what it or a module below launches. */
function evaluateByDefaults(
  directory: string,
  context: RootModuleOptions,
): EvaluatedDeployment | undefined {
  const module = context.loader.load(directory);
  if (module === undefined) return undefined;
  const hasDefaults = [...module.variables.values()].some(({ arguments: own }) =>
    own.has("default"),
  );
  const mayLaunch =
    module.moduleCalls.size > 0 ||
    module.managedResources.some(({ labels: [type = ""] }) => launchResourceTypes.has(type));
  if (!hasDefaults || !mayLaunch) return undefined;
  const options = { ...context, resourceTypes: launchResourceTypes, isByDefaults: true };
  return evaluateRootModule(directory, options);
}

/**
 * Terraform rejects a `-var` that the root module does not declare, and only that. Of several root
 * modules one is enough.
 * https://developer.hashicorp.com/terraform/language/values/variables#undeclared
 */
function undeclared(
  variables: VariableSources | undefined,
  roots: readonly Module[],
  path: string,
): readonly InputError[] {
  const isDeclared = (name: string) =>
    roots.some(({ variables: declared, isIncomplete }) => declared.has(name) || isIncomplete);
  const names = (variables?.commandLine ?? []).flatMap((source) =>
    source.kind === "value" && !isDeclared(source.name) ? [source.name] : [],
  );
  return [...new Set(names)].map((name) => ({
    code: "invalid-variable",
    message: `no root module declares the variable ${name}, which --var sets`,
    path,
  }));
}
