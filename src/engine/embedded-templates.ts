import type { Skipped } from "../findings/skipped.js";
import { composedTemplate } from "../parsers/cloudformation/composed-template.js";
import {
  evaluateOuterStack,
  type TemplateOptions,
} from "../parsers/cloudformation/evaluate-template.js";
import type { TemplateFiles } from "../parsers/cloudformation/template-files.js";
import type { SourceOf } from "../parsers/composed-text.js";
import type { EvaluatedDeployment, Resource } from "../parsers/resource.js";
import { type Evaluated, unknown } from "../values/evaluated.js";
import { isStackResource } from "./stack-resources.js";

/** A Terraform deployment with the resources of the CloudFormation stacks that it deploys. */
export interface DeploymentWithStacks {
  readonly deployment: EvaluatedDeployment;
  /** The paths of the template files that it reads whole. */
  readonly templatePaths: readonly string[];
}

/** What is known of stacks beside Terraform. */
export interface StackOptions extends Pick<TemplateOptions, "judgedTypes"> {
  readonly templates: TemplateFiles;
}

/**
 * Adds what the stacks make that a Terraform deployment holds as texts. Stacks whose template is not
 * at hand are listed.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudformation_stack
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudformation_stack_set
 */
export function withEmbeddedStacks(
  deployment: EvaluatedDeployment,
  options: StackOptions,
): DeploymentWithStacks {
  const skipped: Skipped[] = [];
  const sourceOf: SourceOf = (path) => deployment.files.get(path);
  const stacks = deployment.resources
    .filter(isStackResource)
    .flatMap((resource) => evaluateStack(resource, deployment, options, sourceOf, skipped));
  const files = stacks.flatMap((stack) => [...stack.files]);
  return {
    templatePaths: files.map(([path]) => path),
    deployment: {
      ...deployment,
      resources: [...deployment.resources, ...stacks.flatMap(({ resources }) => resources)],
      // Evaluating adds to these while resources are read.
      get files() {
        return new Map([...deployment.files, ...files]);
      },
      get errors() {
        return [...deployment.errors, ...stacks.flatMap(({ errors }) => errors)];
      },
      get skipped() {
        const ofStacks = stacks.flatMap((stack) => stack.skipped);
        return [...deployment.skipped, ...skipped, ...ofStacks];
      },
    },
  };
}

function evaluateStack(
  resource: Resource,
  { scenarios }: EvaluatedDeployment,
  options: StackOptions,
  sourceOf: SourceOf,
  skipped: Skipped[],
): readonly EvaluatedDeployment[] {
  const { address, location } = resource;
  const body = property(resource, "template_body");
  const template =
    body === undefined ? undefined : composedTemplate(body, options.templates, sourceOf);
  if (template === undefined) {
    const message = `stack ${address}, whose template is not in these files`;
    skipped.push({ kind: "nested-stack-not-available", message, location });
    return [];
  }
  const argument = (name: string) => ({
    value: (): Evaluated => {
      const passed = property(resource, "parameters");
      const nothing: Evaluated = { state: "unset", origin: { location, step: "written" } };
      if (passed?.state === "unknown") return unknown(passed.reason, passed.origin);
      return passed?.state === "map" ? (passed.entries.get(name)?.value ?? nothing) : nothing;
    },
    open: () => undefined,
  });
  const stack = evaluateOuterStack(
    {
      template,
      address,
      scenarios,
      calls: [...(resource.calls ?? []), location],
      argument,
      exists: () => resource.exists(),
      isStackSet: resource.type === "aws_cloudformation_stack_set",
    },
    options,
  );
  return [stack];
}

function property(resource: Resource, name: string): Evaluated | undefined {
  const properties = resource.properties();
  return properties.state === "map" ? properties.entries.get(name)?.value : undefined;
}
