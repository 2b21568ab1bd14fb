import type { InputError } from "../../../findings/input-error.js";
import type { SourceFile } from "../../../source/source-file.js";
import { parseJson } from "../../json/parse-json.js";
import type { ParseError } from "../../parse-error.js";
import { parseYaml } from "../../yaml/parse-yaml.js";
import type { TolerantYamlParser } from "../../yaml/parsed-yaml.js";
import type { DataNode } from "../../yaml/syntax-tree.js";
import type { GivenParameter } from "../parameters.js";
import { readPairs } from "./key-value-pairs.js";
import { invalidParameters, type ParameterSets } from "./parameter-set.js";
import { isSamConfiguration, readSamConfiguration, readSamToml } from "./sam-configuration.js";
import { readValues } from "./read-values.js";

/**
 * Reads a file with values for parameters, in the forms that AWS's tools take: a list of
 * `ParameterKey` and `ParameterValue` or of `Name=Value` texts, `{"Parameters": {…}}`, a plain mapping,
 * all in JSON or YAML; lines of `Name=Value`; and the SAM CLI's configuration file. Never throws.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/create-stack.html
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy/
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
 */
export function readParameterFile(
  file: SourceFile,
  loadTolerantYaml?: () => TolerantYamlParser,
): ParameterSets {
  const { path, text } = file;
  if (/\.toml$/i.test(path)) return readSamToml(file);
  if (/^(?:\s|#[^\n]*\n)*[A-Za-z\d]+=/.test(text)) return readLines(file);
  const { root, errors } = parse(text, loadTolerantYaml);
  const syntaxErrors = errors.map((error) => inFile(error, path));
  if (root === undefined) {
    const isEmpty = syntaxErrors.length === 0;
    const range = { start: 0, end: text.length };
    const nothing = invalidParameters(file, range, "there are no parameters in this file");
    return { sets: [], errors: isEmpty ? [nothing] : syntaxErrors };
  }
  const { sets, errors: otherErrors } = isSamConfiguration(root)
    ? readSamConfiguration(root, file)
    : oneSet(readValues(root, file));
  return { sets, errors: [...syntaxErrors, ...otherErrors] };
}

function readLines(file: SourceFile): ParameterSets {
  const { path, text } = file;
  const { pairs, surplus } = readPairs(text);
  const values = new Map<string, GivenParameter>(
    pairs.map(({ name, value, range }) => [
      name,
      { kind: "text", text: value, location: { path, range } },
    ]),
  );
  const message = "a parameter is written Name=Value";
  return {
    sets: [{ values }],
    errors: surplus === undefined ? [] : [invalidParameters(file, surplus, message)],
  };
}

function oneSet({ values, errors }: ReturnType<typeof readValues>): ParameterSets {
  return { sets: [{ values }], errors };
}

/** The root, and the errors, of JSON or YAML. */
function parse(
  text: string,
  loadTolerantYaml: (() => TolerantYamlParser) | undefined,
): { readonly root?: DataNode | undefined; readonly errors: readonly ParseError[] } {
  if (/^\s*[[{]/.test(text)) return parseJson(text);
  const { documents, errors } = parseYaml(text, loadTolerantYaml);
  return { root: documents[0], errors };
}

function inFile({ code, message, range }: ParseError, path: string): InputError {
  return { code, message, path, location: { path, range } };
}
