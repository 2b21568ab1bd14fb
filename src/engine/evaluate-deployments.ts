import { dirname } from "pathe";
import type { InputError } from "../findings/input-error.js";
import type { Coverage } from "../findings/report.js";
import { isCloudFormationTemplate } from "../parsers/cloudformation/recognise-template.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { describeNoPlan, mayBePlan } from "../parsers/terraform-plan/recognise-plan.js";
import type { ReadResult } from "../source/file-system.js";
import { RealPaths } from "../source/real-paths.js";
import type { SourceFile } from "../source/source-file.js";
import { type EvaluatedModules, evaluateModules } from "./evaluate-modules.js";
import { evaluateIfPlan } from "./evaluate-plans.js";
import { evaluateTemplateText, readParameterSets } from "./evaluate-templates.js";
import { isTemplatePath, isTerraformPath } from "./file-kind.js";
import { internalError } from "./internal-error.js";
import type { LintRequest } from "./lint-request.js";
import { noParameterSets, undeclaredParameters } from "./parameter-sets.js";
import { describeReadFailure } from "./read-input.js";

/** Everything that the judged files belong to, evaluated. */
export interface EvaluatedInput {
  readonly deployments: readonly EvaluatedDeployment[];
  /** The files that values for parameters were read from, by path. */
  readonly parameterFiles: ReadonlyMap<string, SourceFile>;
  readonly errors: readonly InputError[];
  readonly counts: Pick<
    Coverage,
    "cloudformationTemplates" | "terraformModules" | "terraformPlans" | "files"
  >;
}

const noModules: EvaluatedModules = { modules: [], errors: [] };

/** Evaluates the templates among the files, and the root modules that the Terraform files belong to. */
export function evaluateDeployments(request: LintRequest): EvaluatedInput {
  const deployments: EvaluatedDeployment[] = [];
  const plans: EvaluatedDeployment[] = [];
  const errors: InputError[] = [];
  const { parameters, fileSystem, loadTolerantYaml, place } = request;
  const parameterSets =
    parameters === undefined ? noParameterSets : readParameterSets(parameters, request);
  const parameterNames = new Set<string>();
  let cloudformationTemplates = 0;
  for (const [path, isNamed] of behindLinks(request)) {
    if (isTerraformPath(path) || !(isNamed || isTemplatePath(path))) continue;
    const input = fileSystem.read(path);
    if ("error" in input) {
      if (isNamed || isTemplateNonetheless(input)) {
        errors.push(describeReadFailure(input.error, path));
      }
      continue;
    }
    try {
      const plan = mayBePlan(input.text) ? evaluateIfPlan(path, input.text, request) : undefined;
      // Other people's YAML and JSON is left alone, broken or not.
      if (plan !== undefined) {
        plans.push(plan);
      } else if (isCloudFormationTemplate(input.text)) {
        const inputs = { loadTolerantYaml, parameterSets, place };
        const template = evaluateTemplateText(path, input.text, inputs);
        cloudformationTemplates += 1;
        deployments.push(...template.deployments);
        for (const name of template.parameterNames) parameterNames.add(name);
      } else if (isNamed) {
        errors.push(...complainOf(path, input.text));
      }
    } catch (error) {
      errors.push(internalError(path, error));
    }
  }
  const [template, ...others] = new Set(
    deployments.flatMap(({ files: [first] }) => first?.[0] ?? []),
  );
  const otherwise = others.length === 0 ? template : undefined;
  errors.push(
    ...parameterSets.errors,
    ...undeclaredParameters(parameterSets, parameterNames, otherwise ?? request.rootDirectory),
  );
  const isVariableGiven = (request.variables?.commandLine ?? []).length > 0;
  const { modules, errors: moduleErrors } =
    isVariableGiven || request.files.some(isTerraformPath) ? evaluateModules(request) : noModules;
  const moduleFiles = new Set(modules.flatMap(({ files }) => [...files.keys()]));
  const moduleDirectories = new Set([...moduleFiles].map((path) => dirname(path)));
  return {
    deployments: [...deployments, ...modules, ...plans],
    parameterFiles: parameterSets.files,
    errors: [...errors, ...moduleErrors],
    counts: {
      cloudformationTemplates,
      terraformModules: moduleDirectories.size,
      terraformPlans: plans.length,
      files: cloudformationTemplates + moduleFiles.size + plans.length,
    },
  };
}

/** The files by their real paths, so that a linked one is judged once, and whether somebody named them. */
function behindLinks(request: LintRequest): ReadonlyMap<string, boolean> {
  const real = new RealPaths(request.fileSystem, request.rootDirectory);
  const named = new Map<string, boolean>();
  for (const path of request.files) {
    const place = isTerraformPath(path) ? path : real.of(path);
    named.set(place, request.named.has(path) || named.get(place) === true);
  }
  return named;
}

/**
 * Whether a file that cannot be read is likely to be a template. CloudFormation takes none of more
 * than 1 MB, so that a larger file is other people's data.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
function isTemplateNonetheless(input: Extract<ReadResult, { readonly error: string }>): boolean {
  switch (input.error) {
    case "not-text":
      return input.guess !== undefined && isCloudFormationTemplate(input.guess);
    case "too-large":
      return false;
    case "absent":
    case "unreadable":
      return true;
  }
}

/** Somebody who names a file that is none of these wants to know. */
function complainOf(path: string, text: string): readonly InputError[] {
  const otherwise = isTemplatePath(path)
    ? undefined
    : "this is neither a CloudFormation template nor a Terraform file";
  const message = describeNoPlan(text) ?? otherwise;
  return message === undefined ? [] : [{ code: "invalid-structure", message, path }];
}
