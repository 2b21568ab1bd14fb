import { dirname } from "pathe";
import type { InputError } from "../findings/input-error.js";
import type { Coverage } from "../findings/report.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { evaluateIfTemplate, isTemplatePath } from "./evaluate-templates.js";
import { evaluateModules, isTerraformPath } from "./evaluate-modules.js";
import { internalError } from "./internal-error.js";
import type { LintRequest } from "./lint-request.js";
import { describeReadFailure } from "./read-input.js";

/** Everything that the judged files belong to, evaluated. */
export interface EvaluatedInput {
  readonly deployments: readonly EvaluatedDeployment[];
  readonly errors: readonly InputError[];
  readonly counts: Pick<Coverage, "cloudformationTemplates" | "terraformModules" | "files">;
}

/** Evaluates the templates among the files, and the root modules that the Terraform files belong to. */
export function evaluateDeployments(request: LintRequest): EvaluatedInput {
  const deployments: EvaluatedDeployment[] = [];
  const errors: InputError[] = [];
  for (const path of request.files) {
    const isNamed = request.named.has(path);
    if (isTerraformPath(path) || !(isNamed || isTemplatePath(path))) continue;
    const input = request.fileSystem.read(path);
    if ("error" in input) {
      // What is not text is a template only if somebody says so.
      if (isNamed || input.error !== "not-text")
        errors.push(describeReadFailure(input.error, path));
      continue;
    }
    try {
      const deployment = evaluateIfTemplate(path, input.text, request.loadTolerantYaml);
      if (deployment !== undefined) deployments.push(deployment);
      else if (isNamed && !isTemplatePath(path)) errors.push(notATemplate(path));
    } catch (error) {
      errors.push(internalError(path, error));
    }
  }
  const cloudformationTemplates = deployments.length;
  const { modules, errors: moduleErrors } = evaluateModules(request);
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

/** Somebody who names a file that is neither wants to know. */
function notATemplate(path: string): InputError {
  const message = "this is neither a CloudFormation template nor a Terraform file";
  return { code: "invalid-structure", message, path };
}
