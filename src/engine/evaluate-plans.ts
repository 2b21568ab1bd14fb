import { dirname } from "pathe";
import type { InputError } from "../findings/input-error.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { evaluatePlan } from "../parsers/terraform-plan/evaluate-plan.js";
import { openPlan } from "../parsers/terraform-plan/open-plan.js";
import { SourceFile } from "../source/source-file.js";
import { Scenarios } from "../values/scenarios.js";
import type { LintRequest } from "./lint-request.js";
import { moduleLoaderFor } from "./module-loader.js";

/** Evaluates a text that looks like a Terraform plan, broken or not; undefined if it turns out to be none. */
export function evaluateIfPlan(
  path: string,
  text: string,
  { fileSystem, rootDirectory, sourceRoot, workingDirectory }: LintRequest,
): EvaluatedDeployment | undefined {
  const file = new SourceFile(path, text);
  const opened = openPlan(file);
  if (opened === undefined) return undefined;
  if ("error" in opened) return deploymentOfNothing(file, opened.error);
  const likely = [dirname(path), ...(workingDirectory === undefined ? [] : [workingDirectory])];
  return evaluatePlan(file, opened.root, {
    fileSystem,
    loader: moduleLoaderFor({ fileSystem, rootDirectory }),
    treeDirectory: rootDirectory,
    source: { named: sourceRoot, likely },
  });
}

function deploymentOfNothing(file: SourceFile, error: InputError): EvaluatedDeployment {
  return {
    dialect: "terraform",
    files: new Map([[file.path, file]]),
    scenarios: new Scenarios(),
    resources: [],
    errors: [error],
    skipped: [],
  };
}
