import type { SourceFile } from "../../source/source-file.js";
import { Scenarios } from "../../values/scenarios.js";
import type { EvaluatedDeployment } from "../resource.js";
import type { DataNode } from "../yaml/syntax-tree.js";
import type { DiagnosticLog } from "./diagnostics.js";
import type { StackParts } from "./nested-stacks.js";
import { Stack, type StackTree, type TemplateOptions } from "./stack.js";
import type { ParsedTemplate } from "./template-files.js";

export type { TemplateOptions } from "./stack.js";

/** Stacks that nest each other multiply; no deployment comes near it. */
const MOST_NESTED_STACKS = 500;

/** As `evaluateStacks`, for a template without syntax errors. */
export function evaluateTemplate(
  file: SourceFile,
  root: DataNode,
  options: TemplateOptions = {},
): EvaluatedDeployment {
  return evaluateStacks({ file, root, errors: [] }, options);
}

/**
 * Works out what the resources of a template and of the stacks nested in it are, as CloudFormation
 * would when deploying it. Nothing is computed before a resource is read; what cannot be known says
 * why. Never throws.
 */
export function evaluateStacks(
  template: ParsedTemplate,
  options: TemplateOptions = {},
): EvaluatedDeployment {
  return new Deployment(options, new Scenarios()).describe({
    template,
    path: "",
    templates: [template.file.path],
    argument: () => undefined,
    exists: () => "yes",
    isStackSet: false,
  });
}

/** A stack that something else than a template deploys. */
export interface OuterStack extends Pick<StackParts, "argument" | "exists" | "isStackSet"> {
  readonly template: ParsedTemplate;
  /** What names it: `aws_cloudformation_stack.web`. */
  readonly address: string;
  /** Those of the deployment that it is part of. */
  readonly scenarios: Scenarios;
}

/** As `evaluateStacks`, for a stack within a deployment of another dialect. Never throws. */
export function evaluateOuterStack(
  { address, scenarios, ...parts }: OuterStack,
  options: TemplateOptions,
): EvaluatedDeployment {
  const { file, toLocation } = parts.template;
  const templates = toLocation === undefined ? [file.path] : [];
  return new Deployment(options, scenarios).describe({ ...parts, path: `${address}/`, templates });
}

class Deployment implements StackTree {
  readonly scenarios: Scenarios;
  readonly options: TemplateOptions;
  readonly log: DiagnosticLog = { errors: [], skipped: [] };
  readonly #files = new Map<string, SourceFile>();
  #nestedStacks = 0;

  constructor(options: TemplateOptions, scenarios: Scenarios) {
    this.options = options;
    this.scenarios = scenarios;
  }

  create(parts: StackParts): Stack | undefined {
    if (this.#nestedStacks >= MOST_NESTED_STACKS) return undefined;
    this.#nestedStacks += 1;
    return this.#add(parts);
  }

  describe(parts: StackParts): EvaluatedDeployment {
    const root = this.#add(parts);
    const resources = root.resources();
    return {
      dialect: "cloudformation",
      files: this.#files,
      scenarios: this.scenarios,
      resources,
      ...this.log,
    };
  }

  addFile(file: SourceFile): void {
    this.#files.set(file.path, file);
  }

  #add(parts: StackParts): Stack {
    const { file, errors, toLocation } = parts.template;
    this.log.errors.push(...errors);
    if (toLocation === undefined) this.addFile(file);
    return new Stack(parts, this);
  }
}
