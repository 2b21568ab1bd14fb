import type { InputError } from "../findings/input-error.js";
import {
  isCloudFormationTemplate,
  isTemplatePath,
} from "../parsers/cloudformation/recognise-template.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { describeNoPlan, mayBePlan } from "../parsers/terraform-plan/recognise-plan.js";
import type { ReadResult } from "../source/file-system.js";
import { RealPaths } from "../source/real-paths.js";
import { SourceFile } from "../source/source-file.js";
import { evaluateIfPlan } from "./evaluate-plans.js";
import { isBeanstalkConfigurationPath, isTerraformPath } from "./file-kind.js";
import { internalError } from "./internal-error.js";
import type { LintRequest } from "./lint-request.js";
import { isPolicyFile } from "./policy-files.js";
import { describeReadFailure } from "../findings/read-failure.js";

/** What the judged files are beside Terraform's, and what could not be read. */
export interface FoundTemplates {
  /** The paths of the CloudFormation templates. */
  readonly paths: readonly string[];
  /** Those of files that are no templates, but whose text may be meant to be included in one. */
  readonly snippets: readonly string[];
  readonly plans: readonly EvaluatedDeployment[];
  /** The files that are policy documents by themselves. */
  readonly policies: readonly SourceFile[];
  readonly errors: readonly InputError[];
}

/** What a part of a template says that has to do with instances. */
const mayBeIncluded =
  /\bAWS::\w+::|\b(?:MetadataOptions|Http(?:Tokens|Endpoint)|LaunchTemplateData)\b/;

/** Tells templates, plans and policies from other files by a quick look at their texts. */
export function findTemplates(request: LintRequest): FoundTemplates {
  const paths: string[] = [];
  const snippets: string[] = [];
  const plans: EvaluatedDeployment[] = [];
  const policies: SourceFile[] = [];
  const errors: InputError[] = [];
  for (const [path, isNamed] of behindLinks(request)) {
    if (isTerraformPath(path) || isBeanstalkConfigurationPath(path)) continue;
    if (!(isNamed || isTemplatePath(path))) continue;
    const input = request.fileSystem.read(path);
    if ("error" in input) {
      if (isNamed || isTemplateNonetheless(input)) {
        errors.push(describeReadFailure(input.error, path));
      }
      continue;
    }
    try {
      const plan = mayBePlan(input.text) ? evaluateIfPlan(path, input.text, request) : undefined;
      // Other people's YAML and JSON is left alone, broken or not.
      if (plan !== undefined) plans.push(plan);
      else if (isCloudFormationTemplate(input.text)) paths.push(path);
      else if (isPolicyFile(path, input.text)) policies.push(SourceFile.of(path, input));
      else {
        if (mayBeIncluded.test(input.text)) snippets.push(path);
        if (isNamed) errors.push(...complainOf(path, input.text));
      }
    } catch (error) {
      errors.push(internalError(path, error));
    }
  }
  return { paths, snippets, plans, policies, errors };
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
