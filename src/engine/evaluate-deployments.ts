import { dirname } from "pathe";
import type { InputError } from "../findings/input-error.js";
import type { Coverage } from "../findings/report.js";
import { isCloudFormationTemplate } from "../parsers/cloudformation/recognise-template.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import type { ReadResult } from "../source/file-system.js";
import { type EvaluatedModules, evaluateModules } from "./evaluate-modules.js";
import { evaluateTemplateText } from "./evaluate-templates.js";
import { isTemplatePath, isTerraformPath } from "./file-kind.js";
import { internalError } from "./internal-error.js";
import type { LintRequest } from "./lint-request.js";
import { describeReadFailure } from "./read-input.js";

/** Everything that the judged files belong to, evaluated. */
export interface EvaluatedInput {
  readonly deployments: readonly EvaluatedDeployment[];
  readonly errors: readonly InputError[];
  readonly counts: Pick<Coverage, "cloudformationTemplates" | "terraformModules" | "files">;
}

const noModules: EvaluatedModules = { modules: [], errors: [] };

/** Evaluates the templates among the files, and the root modules that the Terraform files belong to. */
export function evaluateDeployments(request: LintRequest): EvaluatedInput {
  const deployments: EvaluatedDeployment[] = [];
  const errors: InputError[] = [];
  for (const path of request.files) {
    const isNamed = request.named.has(path);
    if (isTerraformPath(path) || !(isNamed || isTemplatePath(path))) continue;
    const input = request.fileSystem.read(path);
    if ("error" in input) {
      if (isNamed || isTemplateNonetheless(input)) {
        errors.push(describeReadFailure(input.error, path));
      }
      continue;
    }
    try {
      // Other people's YAML and JSON is left alone, broken or not.
      if (isCloudFormationTemplate(input.text)) {
        deployments.push(evaluateTemplateText(path, input.text, request.loadTolerantYaml));
      } else if (isNamed && !isTemplatePath(path)) errors.push(notATemplate(path));
    } catch (error) {
      errors.push(internalError(path, error));
    }
  }
  const cloudformationTemplates = deployments.length;
  const isVariableGiven = (request.variables?.commandLine ?? []).length > 0;
  const { modules, errors: moduleErrors } =
    isVariableGiven || request.files.some(isTerraformPath) ? evaluateModules(request) : noModules;
  const moduleFiles = new Set(modules.flatMap(({ files }) => [...files.keys()]));
  const moduleDirectories = new Set([...moduleFiles].map((path) => dirname(path)));
  return {
    deployments: [...deployments, ...modules],
    errors: [...errors, ...moduleErrors],
    counts: {
      cloudformationTemplates,
      terraformModules: moduleDirectories.size,
      files: cloudformationTemplates + moduleFiles.size,
    },
  };
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

/** Somebody who names a file that is neither wants to know. */
function notATemplate(path: string): InputError {
  const message = "this is neither a CloudFormation template nor a Terraform file";
  return { code: "invalid-structure", message, path };
}
