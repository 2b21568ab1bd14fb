import type { Location } from "../../source/text-range.js";
import type { Construct } from "../../model/construct.js";
import type { SourceFile } from "../../source/source-file.js";
import { type Evaluated, seenFrom } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import type { Scenarios } from "../../values/scenarios.js";
import type { Ternary } from "../../values/ternary.js";
import type { Resource } from "../resource.js";
import { type DataNode, entryOf, type MappingNode } from "../yaml/syntax-tree.js";
import { Conditions } from "./conditions.js";
import { findConstruct } from "./constructs.js";
import { type DiagnosticLog, Diagnostics } from "./diagnostics.js";
import { evaluateNode } from "./evaluate-node.js";
import { expandForEach } from "./for-each.js";
import { isForEachKey } from "./intrinsic-call.js";
import { mayNestCalls, nestedCalls } from "./nested-calls.js";
import { nestedStacks, type StackParts } from "./nested-stacks.js";
import { type GivenParameter, type Parameter, readParameters } from "./parameters.js";
import { passedParameter } from "./passed-parameters.js";
import { type DeploymentPlace, placesTogether, pseudoParameters } from "./pseudo-parameters.js";
import { readResources } from "./resources.js";
import { isKnownTransform, readSections, type Sections } from "./sections.js";
import { takenFrom, textValue } from "./scalar-text.js";
import type { TemplateContext } from "./template-context.js";
import type { TemplateFiles } from "./template-files.js";
import { assertionsOf } from "./template-rules.js";

/** What is known of the deployment besides the template. */
export interface TemplateOptions extends DeploymentPlace {
  /** Values of parameters, which count as fixed, by name. */
  readonly parameters?: ReadonlyMap<string, GivenParameter>;
  /** The types of resources that are judged, by their names in small letters. */
  readonly judgedTypes?: ReadonlyMap<string, string>;
  /** Where the templates of nested stacks are read; without it, none is at hand. */
  readonly templates?: TemplateFiles;
}

/** What the stacks of one deployment share. */
export interface StackTree {
  readonly scenarios: Scenarios;
  readonly options: TemplateOptions;
  readonly log: DiagnosticLog;
  /** The parameters whose default somebody has read, by name with the path of their stack before it. */
  readonly defaultsRead: Set<string>;
  /** Those among them that Rules do not accept. */
  readonly defaultsRejected: Set<string>;
  /** Makes a file known that findings may stand in. */
  addFile(file: SourceFile): void;
  /** Makes a nested stack; undefined if there are too many already. */
  create(parts: StackParts): Stack | undefined;
}

/** What of a template may be written as loops. */
interface Body {
  /** The `Resources` section, with copies in the place of loops. */
  readonly resources: MappingNode | undefined;
  readonly conditions: Conditions;
  /** Undefined while loops are being expanded. */
  readonly outputs: ReadonlyMap<string, () => Evaluated> | undefined;
  readonly logicalIds: ReadonlySet<string>;
  readonly isTransformed: boolean;
}

/** A template deployed as one stack: the root stack, or one nested in another. */
export class Stack implements TemplateContext {
  readonly parts: StackParts;
  readonly path: string;
  readonly calls: readonly Location[];
  readonly scenarios: Scenarios;
  readonly diagnostics: Diagnostics;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly mappings: MappingNode | undefined;
  readonly hasLanguageExtensions: boolean;
  readonly isIncomplete: boolean;
  readonly #sections: Sections;
  readonly #tree: StackTree;
  #isRejected = false;
  #body: Body | undefined;
  #nested: ReadonlyMap<string, Stack> | undefined;

  constructor(parts: StackParts, tree: StackTree) {
    const { template, path, calls } = parts;
    this.parts = parts;
    this.path = path;
    this.calls = calls;
    this.#tree = tree;
    this.scenarios = tree.scenarios;
    const { included, failedIncludes = [] } = template;
    this.diagnostics = new Diagnostics(template.file, tree.log, template.toLocation, included);
    for (const failed of failedIncludes) {
      this.diagnostics.skip("not-supported", failed.place, failed.message);
    }
    const sections = readSections(template.root, this.diagnostics);
    this.#sections = sections;
    this.parameters = this.#readParameters(sections);
    this.mappings = sections.mappings;
    this.hasLanguageExtensions = sections.transforms.includes("AWS::LanguageExtensions");
    this.isIncomplete =
      template.errors.length > 0 || sections.transforms.some((name) => !isKnownTransform(name));
  }

  get defaultsRead(): Set<string> {
    return this.#tree.defaultsRead;
  }

  get logicalIds(): ReadonlySet<string> {
    return this.#expanded().logicalIds;
  }

  get isTransformed(): boolean {
    return this.#expanded().isTransformed;
  }

  get file(): SourceFile {
    return this.parts.template.file;
  }

  exists(): Ternary {
    return this.#isRejected ? "no" : this.parts.exists();
  }

  /** The resources of this stack and of those nested in it, in scenarios that their Rules allow. */
  resources(): readonly Resource[] {
    const own = readResources(this.#expanded().resources, this);
    this.#reportNestedCalls();
    const nested = [...this.#nestedStacks().values()];
    // Only now, since an assertion may be on the output of another stack.
    this.#requireAllowedValues();
    this.#requirePlacesTogether();
    if (this.#sections.rules !== undefined) this.#requireRules();
    return [...own, ...nested.flatMap((stack) => stack.resources())];
  }

  /** What no rule reads would not be evaluated, but the deployment fails all the same. */
  #reportNestedCalls(): void {
    if (this.isIncomplete || !mayNestCalls(this.file.text)) return;
    const { resources, conditions } = this.#sections;
    for (const { value } of resources?.entries ?? []) {
      const properties = value.kind === "mapping" ? entryOf(value, "Properties")?.value : undefined;
      if (properties !== undefined) nestedCalls(properties).forEach((call) => this.evaluate(call));
    }
    for (const { key, value } of conditions?.entries ?? []) {
      if (nestedCalls(value).length > 0) this.condition(key.text);
    }
  }

  /** Where a stack is deployed, what its parent passes on is allowed, for the parent too. */
  #requireAllowedValues(): void {
    for (const { isAllowed } of this.parameters.values()) {
      const condition = isAllowed?.();
      if (condition === undefined) continue;
      this.scenarios.require(() => this.exists() !== "yes" || condition);
    }
  }

  /** A Region is in one partition, wherever the stack is deployed. */
  #requirePlacesTogether(): void {
    const { conditions } = this.#sections;
    if (conditions === undefined || this.#tree.options.region !== undefined) return;
    const { text } = this.file;
    const written = text.slice(conditions.range.start, conditions.range.end);
    for (const condition of placesTogether(text, written, this.parts)) {
      this.scenarios.require(() => condition);
    }
  }

  /**
   * A stack that is not there asserts nothing of what would be passed to it, and one whose Rules
   * nothing satisfies is never there.
   */
  #requireRules(): void {
    const { defaultsRead, defaultsRejected } = this.#tree;
    const optionsRead = [...defaultsRead];
    for (const { node, holds } of assertionsOf(this.#sections.rules, this)) {
      if (!this.#mayExist()) break;
      defaultsRead.clear();
      const isMet = this.scenarios.require(() => this.exists() !== "yes" || holds());
      if (isMet && this.#mayExist()) continue;
      for (const name of defaultsRead) defaultsRejected.add(name);
      this.#isRejected = true;
      const message = "what the template deploys, since this assertion of its Rules can never hold";
      this.diagnostics.skip("unsatisfiable-rules", node, message);
    }
    // What only an assertion reads brings nothing into a resource.
    defaultsRead.clear();
    for (const name of optionsRead) defaultsRead.add(name);
  }

  #mayExist(): boolean {
    return this.scenarios.explore(() => this.exists()).some(({ result }) => result !== "no");
  }

  evaluate(node: DataNode): Evaluated {
    return evaluateNode(node, this);
  }

  condition(name: string): Evaluated | undefined {
    return this.#expanded().conditions.value(name);
  }

  judgedType(type: string): string | undefined {
    const judged = this.#tree.options.judgedTypes?.get(type.toLowerCase());
    return judged === type || this.isIncomplete ? undefined : judged;
  }

  constructOf(logicalId: string, declaration: MappingNode): Construct | undefined {
    const { templates } = this.#tree.options;
    const found = findConstruct(logicalId, declaration, this.file.path, templates);
    if (found?.file !== undefined) this.#tree.addFile(found.file);
    return found?.construct;
  }

  stackOutput(logicalId: string, attribute: string, use: Origin): Evaluated | undefined {
    if (!attribute.startsWith("Outputs.")) return undefined;
    const name = attribute.slice("Outputs.".length);
    const value = this.#nestedStacks().get(logicalId)?.output(name);
    return value === undefined ? undefined : seenFrom(value, use);
  }

  /** The value of an output; undefined where there is none. */
  output(name: string): Evaluated | undefined {
    const { outputs } = this.#expanded();
    if (outputs !== undefined) return outputs.get(name)?.();
    const place = this.#sections.outputs ?? this.parts.template.root;
    return this.diagnostics.cyclic(
      place,
      `output ${this.path}${name} depends on itself, through a loop`,
    );
  }

  /**
   * Loops are expanded when somebody asks for what is in them, since they may run over the output of a
   * stack that is made later.
   */
  #expanded(): Body {
    if (this.#body !== undefined) return this.#body;
    // Collections of loops can use neither conditions nor resources.
    this.#body = {
      resources: undefined,
      conditions: new Conditions(undefined, this),
      outputs: undefined,
      logicalIds: new Set(),
      isTransformed: true,
    };
    const { transforms, ...sections } = this.#sections;
    const conditions = this.#expandLoops(sections.conditions);
    const resources = this.#expandLoops(sections.resources);
    const outputs = this.#expandLoops(sections.outputs);
    const logicalIds = resources?.entries.map(({ key }) => key.text) ?? [];
    this.#body = {
      resources,
      conditions: new Conditions(conditions, this),
      outputs: this.#readOutputs(outputs),
      logicalIds: new Set(logicalIds),
      isTransformed:
        transforms.length > 0 ||
        logicalIds.some((name) => isForEachKey(name) || name === "Fn::Transform"),
    };
    return this.#body;
  }

  #readParameters(sections: Sections): ReadonlyMap<string, Parameter> {
    const { scenarios, path, parts } = this;
    const { options } = this.#tree;
    const given = path === "" ? options.parameters : undefined;
    const own = readParameters(sections.parameters, given ?? new Map(), this);
    const parameters = new Map<string, Parameter>([
      ...pseudoParameters(parts.isStackSet ? {} : options, scenarios, parts),
      ...own,
    ]);
    for (const entry of sections.parameters?.entries ?? []) {
      const name = entry.key.text;
      const [byItself, argument] = [own.get(name), parts.argument(name)];
      if (byItself === undefined || argument === undefined) continue;
      parameters.set(name, passedParameter(entry, byItself, argument, this));
    }
    for (const [name, value] of parts.template.outerValues ?? []) {
      parameters.set(name, { read: (use) => outerValue(value, takenFrom(use, value)) });
    }
    return parameters;
  }

  #readOutputs(section: MappingNode | undefined): ReadonlyMap<string, () => Evaluated> {
    const outputs = new Map<string, () => Evaluated>();
    for (const { key, value } of section?.entries ?? []) {
      const node = value.kind === "mapping" ? entryOf(value, "Value")?.value : undefined;
      if (node === undefined || outputs.has(key.text)) continue;
      const name = `${this.path}${key.text}`;
      const read = () => {
        const evaluated = this.evaluate(node);
        const origin: Origin = { ...evaluated.origin, step: "nested-stack-output", name };
        return { ...evaluated, origin };
      };
      outputs.set(
        key.text,
        this.scenarios.memoize(read, () =>
          this.diagnostics.cyclic(key, `output ${name} depends on itself`),
        ),
      );
    }
    return outputs;
  }

  #nestedStacks(): ReadonlyMap<string, Stack> {
    if (this.#nested !== undefined) return this.#nested;
    const { resources, outputs } = this.#expanded();
    const none = new Map<string, Stack>();
    if (outputs === undefined) return none;
    // A template's text cannot come from a stack beside it.
    this.#nested = none;
    this.#nested = nestedStacks<Stack>(resources, this, {
      template: this.parts.template,
      templates: this.parts.templates,
      isStackSet: this.parts.isStackSet,
      files: this.#tree.options.templates,
      create: (parts) => this.#tree.create(parts),
    });
    return this.#nested;
  }

  #expandLoops(section: MappingNode | undefined): MappingNode | undefined {
    if (section === undefined || !this.hasLanguageExtensions) return section;
    return expandForEach(section, (node) => this.evaluate(node));
  }
}

function outerValue(value: Evaluated, origin: Origin): Evaluated {
  const isText = value.state === "known" && typeof value.value === "string";
  return isText ? textValue(value.value, origin) : { ...value, origin };
}
