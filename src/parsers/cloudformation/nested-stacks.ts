import type { Location } from "../../source/text-range.js";
import { type Evaluated, oneOf, unknown } from "../../values/evaluated.js";
import { and, type Ternary } from "../../values/ternary.js";
import { type UnknownReason, unset } from "../../values/value.js";
import { type DataNode, entryOf, type MappingNode, type ScalarNode } from "../yaml/syntax-tree.js";
import { embeddedTemplate } from "./embedded-text.js";
import { openScalar } from "./equality.js";
import { type StackTemplate, stackTemplateOf } from "./nested-stack-template.js";
import { listItems, plainText } from "./intrinsic-call.js";
import type { PassedArgument } from "./passed-parameters.js";
import { evaluateExistence } from "./resources.js";
import type { TemplateContext } from "./template-context.js";
import type { ParsedTemplate, TemplateFiles } from "./template-files.js";

/** What a stack is made of. */
export interface StackParts {
  readonly template: ParsedTemplate;
  /** What goes before its logical IDs: `Network/`; nothing for the root stack. */
  readonly path: string;
  /** The paths of the templates that lead there, its own included. */
  readonly templates: readonly string[];
  /** The names of the resources that deploy it, the innermost last; none for the root stack. */
  readonly calls: readonly Location[];
  /** What its parent passes for a parameter; undefined if it passes none. */
  readonly argument: (name: string) => PassedArgument | undefined;
  readonly exists: () => Ternary;
  /** Whether it or a stack that nests it is a stack set: deployed to other accounts and regions. */
  readonly isStackSet: boolean;
}

/** What a stack needs to know to make the stacks nested in it. */
export interface Nesting<Stack> {
  readonly template: ParsedTemplate;
  readonly templates: readonly string[];
  readonly isStackSet: boolean;
  /** Undefined where none can be read. */
  readonly files: TemplateFiles | undefined;
  /** Undefined if there are too many already. */
  create(parts: StackParts): Stack | undefined;
}

/**
 * The stacks that a template's resources deploy, whatever the scenario, by logical ID. What is not
 * at hand is listed as not looked at.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
 */
export function nestedStacks<Stack>(
  resources: MappingNode | undefined,
  context: TemplateContext,
  nesting: Nesting<Stack>,
): ReadonlyMap<string, Stack> {
  const stacks = new Map<string, Stack>();
  for (const { key, value: declaration } of resources?.entries ?? []) {
    if (declaration.kind !== "mapping" || stacks.has(key.text)) continue;
    const written = stackTemplateOf(key.text, declaration, nesting.template, nesting.files);
    if (written === undefined) continue;
    const entry = { key, declaration };
    const template = findTemplate(written, entry, context, nesting);
    if (template === undefined) continue;
    const stack = nesting.create(stackParts(template, entry, context, nesting));
    if (stack === undefined) context.diagnostics.notSupported(key, "more than 500 nested stacks");
    else stacks.set(key.text, stack);
  }
  return stacks;
}

interface StackEntry {
  readonly key: ScalarNode;
  readonly declaration: MappingNode;
}

function findTemplate<Stack>(
  written: StackTemplate,
  { key }: StackEntry,
  context: TemplateContext,
  nesting: Nesting<Stack>,
): ParsedTemplate | undefined {
  const { diagnostics } = context;
  const name = `${context.path}${key.text}`;
  switch (written.kind) {
    case "elsewhere": {
      const message = `nested stack ${name} (${written.what}), whose template is not a local file`;
      diagnostics.skip("nested-stack-not-available", written.place, message);
      return undefined;
    }
    case "not-packaged": {
      const message = `nested stack ${name}: ${written.what} stays a path, since included files are uploaded as they are`;
      diagnostics.skip("nested-stack-not-available", written.place, message);
      return undefined;
    }
    case "file": {
      if (nesting.templates.includes(written.path)) {
        const message = `nested stack ${name}, whose template nests itself`;
        diagnostics.skip("recursive-nested-stack", written.place, message);
        return undefined;
      }
      const template = nesting.files?.load(written.path);
      if (template !== undefined) return template;
      const message = `nested stack ${name}: its template ${written.what} cannot be read`;
      diagnostics.skip("nested-stack-not-available", written.place, message);
      return undefined;
    }
    case "text": {
      const body = context.evaluate(written.text);
      if (body.state === "known" && nesting.files !== undefined) {
        const { file } = nesting.template;
        const place = diagnostics.locate(written.text);
        return nesting.files.parseEmbedded(
          embeddedTemplate(String(body.value), written.text, place, file),
        );
      }
      const message = `nested stack ${name}, whose TemplateBody is not known`;
      diagnostics.skip("nested-stack-not-available", written.text, message);
      return undefined;
    }
  }
}

function stackParts<Stack>(
  template: ParsedTemplate,
  { key, declaration }: StackEntry,
  context: TemplateContext,
  nesting: Nesting<Stack>,
): StackParts {
  const { templates } = nesting;
  const typeNode = entryOf(declaration, "Type")?.value;
  const isStackSet =
    typeNode !== undefined && plainText(typeNode) === "AWS::CloudFormation::StackSet";
  const properties = entryOf(declaration, "Properties")?.value;
  const passed =
    properties?.kind === "mapping" ? entryOf(properties, "Parameters")?.value : undefined;
  const read = new Map<string, PassedArgument>();
  const argument = (name: string): PassedArgument | undefined => {
    if (passed === undefined) return undefined;
    let known = read.get(name);
    if (known === undefined) {
      const node = isStackSet ? listedArgument(passed, name) : namedArgument(passed, name);
      const overrides = isStackSet ? overridesOf(properties, name) : [];
      const value = () => {
        const own =
          node === undefined
            ? computedArgument(passed, name, isStackSet, context)
            : context.evaluate(node);
        if (overrides.length === 0) return own;
        const reason: UnknownReason = { kind: "not-supported", what: "ParameterOverrides" };
        const others = overrides.map((override) => context.evaluate(override));
        return oneOf([own, ...others], reason, context.diagnostics.written(key));
      };
      known = {
        value: context.scenarios.memoize(value, () =>
          context.diagnostics.cyclic(key, `${name} of ${key.text} depends on itself`),
        ),
        open: () =>
          node === undefined || overrides.length > 0 ? undefined : openScalar(node, context),
      };
      read.set(name, known);
    }
    return known;
  };
  return {
    template,
    path: `${context.path}${key.text}/`,
    templates: template.toLocation === undefined ? [...templates, template.file.path] : templates,
    calls: [...context.calls, context.diagnostics.locate(key)],
    argument,
    exists: () => and(context.exists(), evaluateExistence(declaration, context)),
    isStackSet: isStackSet || nesting.isStackSet,
  };
}

/** The node that a mapping passes for a name; undefined where it must be computed which there are. */
function namedArgument(passed: DataNode, name: string): DataNode | undefined {
  if (passed.kind !== "mapping" || passed.tag !== undefined) return undefined;
  return entryOf(passed, name)?.value;
}

/** A stack set lists its parameters as mappings of a key and a value. */
function listedArgument(passed: DataNode, name: string): DataNode | undefined {
  for (const item of listItems(passed) ?? []) {
    if (item.kind !== "mapping") continue;
    const key = entryOf(item, "ParameterKey")?.value;
    if (key !== undefined && plainText(key) === name) return entryOf(item, "ParameterValue")?.value;
  }
  return undefined;
}

function computedArgument(
  passed: DataNode,
  name: string,
  isStackSet: boolean,
  context: TemplateContext,
): Evaluated {
  const origin = context.diagnostics.written(passed);
  const all = context.evaluate(passed);
  if (all.state === "unknown") return unknown(all.reason, all.origin);
  if (isStackSet && all.state === "list") return listedValue(all.items, name) ?? unset(origin);
  if (all.state !== "map") return unset(origin);
  return all.entries.get(name)?.value ?? unset(origin);
}

function listedValue(items: readonly Evaluated[], name: string): Evaluated | undefined {
  for (const item of items) {
    if (item.state !== "map") continue;
    const key = item.entries.get("ParameterKey")?.value;
    if (key?.state === "known" && key.value === name) {
      return item.entries.get("ParameterValue")?.value;
    }
  }
  return undefined;
}

/**
 * The other values that a stack set gives to a parameter in some accounts or regions.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudformation-stackset-stackinstances.html
 */
function overridesOf(properties: DataNode | undefined, name: string): readonly DataNode[] {
  if (properties?.kind !== "mapping") return [];
  const groups = entryOf(properties, "StackInstancesGroup")?.value;
  return (groups === undefined ? [] : (listItems(groups) ?? [])).flatMap((group) => {
    const overrides =
      group.kind === "mapping" ? entryOf(group, "ParameterOverrides")?.value : undefined;
    return overrides === undefined ? [] : (listedArgument(overrides, name) ?? []);
  });
}
