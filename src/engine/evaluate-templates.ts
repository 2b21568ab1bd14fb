import type { InputError } from "../findings/input-error.js";
import { evaluateTemplate } from "../parsers/cloudformation/evaluate-template.js";
import { parseJson } from "../parsers/json/parse-json.js";
import type { ParseError } from "../parsers/parse-error.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { resolveMergeKeys } from "../parsers/yaml/merge-keys.js";
import { parseYaml } from "../parsers/yaml/parse-yaml.js";
import { type DataNode, entryOf } from "../parsers/yaml/syntax-tree.js";
import { SourceFile } from "../source/source-file.js";
import type { LoadTolerantYaml } from "./lint-request.js";

/**
 * Parses and evaluates the text of a CloudFormation template. A broken one gives what could be read,
 * and errors.
 */
export function evaluateTemplateText(
  path: string,
  text: string,
  loadTolerantYaml: LoadTolerantYaml,
): EvaluatedDeployment {
  const file = new SourceFile(path, text);
  const { root, errors } = parseTemplate(text, loadTolerantYaml);
  const syntaxErrors = errors.map((error) => toInputError(error, path));
  if (root === undefined) return deploymentOfNothing(file, syntaxErrors);
  const hasMergeKeys = /<<\s*:/.test(text);
  const deployment = evaluateTemplate(file, hasMergeKeys ? resolveMergeKeys(root) : root);
  if (syntaxErrors.length === 0) return deployment;
  // Evaluating adds errors while resources are read, so its list is read as late as possible.
  return {
    ...deployment,
    resources: deployment.resources.map((resource) => ({ ...resource, isIncomplete: true })),
    get errors() {
      return [...syntaxErrors, ...deployment.errors];
    },
  };
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
  const { documents, errors } = parseYaml(text, loadTolerantYaml);
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
