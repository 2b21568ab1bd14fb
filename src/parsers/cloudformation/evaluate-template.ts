import type { Construct } from "../../model/construct.js";
import type { SourceFile } from "../../source/source-file.js";
import type { Location } from "../../source/text-range.js";
import { Scenarios } from "../../values/scenarios.js";
import type { EvaluatedDeployment, OpenedDeployment } from "../resource.js";
import type { DataNode } from "../yaml/syntax-tree.js";
import { findConstructAt } from "./constructs.js";
import type { DiagnosticLog } from "./diagnostics.js";
import type { StackParts } from "./nested-stacks.js";
import type { GivenParameter } from "./parameters.js";
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
  const parts: StackParts = {
    template,
    path: "",
    templates: [template.file.path],
    calls: [],
    argument: () => undefined,
    exists: () => "yes",
    isStackSet: false,
  };
  const { deployment, root, options: accepted } = describeWithDefaults(parts, options);
  const hasDefaults = [...root.parameters.values()].some(({ byDefault }) => byDefault);
  if (!hasDefaults) return deployment;
  const inputs = () =>
    [...root.defaultsRead].flatMap((name) => {
      const location = root.parameters.get(name)?.byDefault;
      return location === undefined
        ? []
        : [{ name, location, open: () => openParameterOf(parts, name, accepted) }];
    });
  return { ...deployment, alternatives: () => ({ byDefault: deployment, inputs }) };
}

/**
 * The deployment with all defaults that its Rules accept: in the place of others, whoever deploys must
 * give a value that they do accept.
 */
function describeWithDefaults(
  parts: StackParts,
  options: TemplateOptions,
): DescribedDeployment & { readonly options: TemplateOptions } {
  const described = new Deployment(options, new Scenarios()).describe(parts);
  const { parameters } = described.root;
  const rejected = described.defaultsRejected.filter((name) => parameters.get(name)?.byDefault);
  if (rejected.length === 0) return { ...described, options };
  return describeWithDefaults(parts, withOpenParameters(rejected, options));
}

function withOpenParameters(names: readonly string[], options: TemplateOptions): TemplateOptions {
  const open = names.map((name): [string, GivenParameter] => [name, { kind: "any" }]);
  return { ...options, parameters: new Map([...(options.parameters ?? []), ...open]) };
}

/** The deployment with a parameter of the root stack left open; undefined where no other scalar is allowed. */
function openParameterOf(
  parts: StackParts,
  name: string,
  options: TemplateOptions,
): OpenedDeployment | undefined {
  const opened = new Deployment(withOpenParameters([name], options), new Scenarios());
  const { deployment, root } = opened.describe(parts);
  const subject = root.parameters.get(name)?.open?.subject;
  return subject === undefined ? undefined : { deployment, subject };
}

/** A stack that something else than a template deploys. */
export interface OuterStack extends Pick<
  StackParts,
  "calls" | "argument" | "exists" | "isStackSet"
> {
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
  const outer = new Deployment(options, scenarios);
  return outer.describe({ ...parts, path: `${address}/`, templates }).deployment;
}

/** A deployment, with the stack that all others are nested in. */
interface DescribedDeployment {
  readonly deployment: EvaluatedDeployment;
  readonly root: Stack;
  /** The parameters of the root stack whose defaults Rules do not accept. */
  readonly defaultsRejected: readonly string[];
}

class Deployment implements StackTree {
  readonly scenarios: Scenarios;
  readonly options: TemplateOptions;
  readonly log: DiagnosticLog = { errors: [], skipped: [] };
  readonly defaultsRead = new Set<string>();
  readonly defaultsRejected = new Set<string>();
  readonly #files = new Map<string, SourceFile>();
  readonly #includedBy = new Map<string, Set<string>>();
  /** Those of cloud assemblies, by path. */
  readonly #synthesised = new Map<string, ParsedTemplate>();
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

  describe(parts: StackParts): DescribedDeployment {
    const root = this.#add(parts);
    const resources = root.resources();
    const deployment: EvaluatedDeployment = {
      dialect: "cloudformation",
      files: this.#files,
      includedBy: this.#includedBy,
      scenarios: this.scenarios,
      resources,
      ...(this.#synthesised.size === 0 ? {} : { constructAt: this.#constructAt.bind(this) }),
      ...this.log,
    };
    return { deployment, root, defaultsRejected: [...this.defaultsRejected] };
  }

  addFile(file: SourceFile): void {
    this.#files.set(file.path, file);
  }

  #constructAt({ path, range }: Location): Construct | undefined {
    const template = this.#synthesised.get(path);
    if (template === undefined) return undefined;
    const found = findConstructAt(range.start, template, this.options.templates);
    if (found?.file !== undefined) this.addFile(found.file);
    return found?.construct;
  }

  #add(parts: StackParts): Stack {
    const { file, errors, toLocation, included = [] } = parts.template;
    this.log.errors.push(...errors);
    if (toLocation === undefined) {
      this.addFile(file);
      if (this.options.templates?.assemblyOf(file.path) !== undefined) {
        this.#synthesised.set(file.path, parts.template);
      }
    }
    for (const { file: snippet } of included) {
      this.addFile(snippet);
      const templates = this.#includedBy.get(snippet.path) ?? new Set();
      this.#includedBy.set(snippet.path, templates.add(file.path));
    }
    return new Stack(parts, this);
  }
}
