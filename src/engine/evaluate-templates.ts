import type { InputError } from "../findings/input-error.js";
import { evaluateTemplate } from "../parsers/cloudformation/evaluate-template.js";
import type { DeploymentPlace } from "../parsers/cloudformation/pseudo-parameters.js";
import { parseJson } from "../parsers/json/parse-json.js";
import type { ParseError } from "../parsers/parse-error.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { resolveMergeKeys } from "../parsers/yaml/merge-keys.js";
import { parseYaml } from "../parsers/yaml/parse-yaml.js";
import { foldMarkupErrors } from "../parsers/yaml/template-markup.js";
import { type DataNode, entryOf } from "../parsers/yaml/syntax-tree.js";
import { SourceFile } from "../source/source-file.js";
import type { LoadTolerantYaml } from "./lint-request.js";
import { type NamedParameterSets, setsFor } from "./parameter-sets.js";

export { readParameterSets } from "./read-parameter-sets.js";

/** What a template is evaluated with. */
export interface TemplateInputs {
  readonly loadTolerantYaml: LoadTolerantYaml;
  readonly parameterSets: NamedParameterSets;
  readonly place: DeploymentPlace | undefined;
}

/** A template, once for each set of values that it is deployed with. */
export interface EvaluatedTemplate {
  readonly deployments: readonly EvaluatedDeployment[];
  /** The names of the parameters that it declares. */
  readonly parameterNames: readonly string[];
}

/**
 * Parses and evaluates the text of a CloudFormation template. A broken one gives what could be read,
 * and errors.
 */
export function evaluateTemplateText(
  path: string,
  text: string,
  { loadTolerantYaml, parameterSets, place }: TemplateInputs,
): EvaluatedTemplate {
  const file = new SourceFile(path, text);
  const { root, errors } = parseTemplate(text, loadTolerantYaml);
  const syntaxErrors = errors.map((error) => toInputError(error, path));
  if (root === undefined) {
    return { deployments: [deploymentOfNothing(file, syntaxErrors)], parameterNames: [] };
  }
  const hasMergeKeys = /<<\s*:/.test(text);
  const template = hasMergeKeys ? resolveMergeKeys(root) : root;
  const parameterNames = parameterNamesOf(template);
  const deployments = setsFor(parameterNames, parameterSets).map((set) => {
    const region = place?.region ?? set.region;
    const deployment = evaluateTemplate(file, template, {
      ...place,
      ...(region === undefined ? {} : { region }),
      parameters: set.values,
    });
    return {
      ...deployment,
      ...(set.label === undefined ? {} : { parameterSet: set.label }),
      resources:
        syntaxErrors.length === 0
          ? deployment.resources
          : deployment.resources.map((resource) => ({ ...resource, isIncomplete: true as const })),
      // Evaluating adds errors while resources are read, so its list is read as late as possible.
      get errors() {
        return [...syntaxErrors, ...deployment.errors];
      },
    };
  });
  return { deployments, parameterNames };
}

function parameterNamesOf(root: DataNode): readonly string[] {
  const section = root.kind === "mapping" ? entryOf(root, "Parameters")?.value : undefined;
  return section?.kind === "mapping" ? section.entries.map(({ key }) => key.text) : [];
}

/**
 * A text that starts with a brace is JSON, unless only YAML's flow style can read it. Comments of
 * JSON are part of a key to YAML, which then misses `Resources`.
 */
function parseTemplate(
  text: string,
  loadTolerantYaml: LoadTolerantYaml,
): { readonly root: DataNode | undefined; readonly errors: readonly ParseError[] } {
  if (!/^\s*\{/.test(text)) return parseYamlTemplate(text, loadTolerantYaml);
  const { root, errors } = parseJson(text);
  if (!errors.some(({ code }) => code === "syntax")) return { root, errors };
  const yaml = parseYamlTemplate(text, undefined);
  return yaml.errors.length === 0 && hasResources(yaml.root) ? yaml : { root, errors };
}

function hasResources(root: DataNode | undefined): boolean {
  return root?.kind === "mapping" && entryOf(root, "Resources") !== undefined;
}

function parseYamlTemplate(text: string, loadTolerantYaml: LoadTolerantYaml | undefined) {
  const { documents, errors: all } = parseYaml(text, loadTolerantYaml);
  const errors = foldMarkupErrors(text, all);
  const [root, second] = documents;
  if (second === undefined) return { root, errors };
  const message = "a template is one document; what stands behind `---` is not deployed";
  return { root, errors: [...errors, { code: "syntax" as const, message, range: second.range }] };
}

function toInputError({ code, message, range }: ParseError, path: string): InputError {
  return { code, message, path, location: { path, range } };
}

function deploymentOfNothing(file: SourceFile, errors: readonly InputError[]): EvaluatedDeployment {
  const root: DataNode = {
    kind: "mapping",
    entries: [],
    style: "block",
    range: { start: 0, end: 0 },
  };
  return { ...evaluateTemplate(file, root), errors };
}
