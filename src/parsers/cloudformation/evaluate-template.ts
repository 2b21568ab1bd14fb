import type { SourceFile } from "../../source/source-file.js";
import type { Evaluated } from "../../values/evaluated.js";
import { Scenarios } from "../../values/scenarios.js";
import type { EvaluatedDeployment, OpenedDeployment, OpenInput } from "../resource.js";
import type { DataNode, MappingNode } from "../yaml/syntax-tree.js";
import { Conditions } from "./conditions.js";
import { Diagnostics } from "./diagnostics.js";
import { evaluateNode } from "./evaluate-node.js";
import { expandForEach } from "./for-each.js";
import { isForEachKey } from "./intrinsic-call.js";
import { type GivenParameter, type Parameter, readParameters } from "./parameters.js";
import { type DeploymentPlace, pseudoParameters } from "./pseudo-parameters.js";
import { readResources } from "./resources.js";
import { isKnownTransform, readSections, type Sections } from "./sections.js";
import { assumptionsOf } from "./template-rules.js";
import type { TemplateContext } from "./template-context.js";

/** What is known of the deployment besides the template. */
export interface TemplateOptions extends DeploymentPlace {
  /** Values of parameters, which count as fixed, by name. */
  readonly parameters?: ReadonlyMap<string, GivenParameter>;
}

/**
 * Works out what a template's resources are, as CloudFormation would when deploying it. Nothing is
 * computed before a resource is read; what cannot be known says why. Never throws.
 */
export function evaluateTemplate(
  file: SourceFile,
  root: DataNode,
  options: TemplateOptions = {},
): EvaluatedDeployment {
  return new TemplateDeployment(file, root, options).describe();
}

class TemplateDeployment {
  readonly #file: SourceFile;
  readonly #root: DataNode;
  readonly #options: TemplateOptions;
  readonly #diagnostics: Diagnostics;
  readonly #template: Template;

  constructor(file: SourceFile, root: DataNode, options: TemplateOptions) {
    this.#file = file;
    this.#root = root;
    this.#options = options;
    this.#diagnostics = new Diagnostics(file);
    this.#template = new Template(
      readSections(root, this.#diagnostics),
      this.#diagnostics,
      options,
    );
  }

  describe(): EvaluatedDeployment {
    const template = this.#template;
    const { errors, skipped } = this.#diagnostics;
    const deployment: EvaluatedDeployment = {
      dialect: "cloudformation",
      files: new Map([[this.#file.path, this.#file]]),
      scenarios: template.scenarios,
      resources: readResources(template.resources, template),
      errors,
      skipped,
    };
    const hasDefaults = [...template.parameters.values()].some(({ byDefault }) => byDefault);
    if (!hasDefaults) return deployment;
    const inputs = () => [...template.defaultsRead].flatMap((name) => this.#input(name));
    return { ...deployment, alternatives: () => ({ byDefault: deployment, inputs }) };
  }

  #input(name: string): readonly OpenInput[] {
    const location = this.#template.parameters.get(name)?.byDefault;
    return location === undefined ? [] : [{ name, location, open: () => this.#open(name) }];
  }

  /** Undefined where no other scalar is allowed. */
  #open(name: string): OpenedDeployment | undefined {
    const any = { kind: "any" } as const;
    const parameters = new Map<string, GivenParameter>([
      ...(this.#options.parameters ?? []),
      [name, any],
    ]);
    const opened = new TemplateDeployment(this.#file, this.#root, { ...this.#options, parameters });
    const subject = opened.#template.parameters.get(name)?.open?.subject;
    return subject === undefined ? undefined : { deployment: opened.describe(), subject };
  }
}

class Template implements TemplateContext {
  readonly scenarios = new Scenarios();
  readonly diagnostics: Diagnostics;
  readonly defaultsRead = new Set<string>();
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly mappings: MappingNode | undefined;
  readonly logicalIds: ReadonlySet<string>;
  readonly hasLanguageExtensions: boolean;
  readonly hasMacros: boolean;
  readonly isTransformed: boolean;
  /** The `Resources` section, with copies in the place of loops. */
  readonly resources: MappingNode | undefined;
  #conditions: Conditions;

  constructor(sections: Sections, diagnostics: Diagnostics, options: TemplateOptions) {
    const given = options.parameters ?? new Map<string, GivenParameter>();
    this.diagnostics = diagnostics;
    this.parameters = new Map([
      ...pseudoParameters(options, this.scenarios),
      ...readParameters(sections.parameters, given, this),
    ]);
    this.mappings = sections.mappings;
    this.hasLanguageExtensions = sections.transforms.includes("AWS::LanguageExtensions");
    this.hasMacros = sections.transforms.some((name) => !isKnownTransform(name));
    // Collections of loops can use neither conditions nor resources.
    this.logicalIds = new Set();
    this.isTransformed = true;
    this.#conditions = new Conditions(undefined, this);
    const conditions = this.#expandLoops(sections.conditions);
    this.resources = this.#expandLoops(sections.resources);

    const logicalIds = this.resources?.entries.map(({ key }) => key.text) ?? [];
    this.logicalIds = new Set(logicalIds);
    this.isTransformed =
      sections.transforms.length > 0 ||
      logicalIds.some((name) => isForEachKey(name) || name === "Fn::Transform");
    this.#conditions = new Conditions(conditions, this);
    for (const assumption of assumptionsOf(sections.rules, this)) this.scenarios.assume(assumption);
  }

  #expandLoops(section: MappingNode | undefined): MappingNode | undefined {
    if (section === undefined || !this.hasLanguageExtensions) return section;
    return expandForEach(section, (node) => this.evaluate(node));
  }

  evaluate(node: DataNode): Evaluated {
    return evaluateNode(node, this);
  }

  condition(name: string): Evaluated | undefined {
    return this.#conditions.value(name);
  }
}
