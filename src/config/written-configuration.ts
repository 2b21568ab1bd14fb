import { resolveMergeKeys } from "../parsers/yaml/merge-keys.js";
import { parseJson } from "../parsers/json/parse-json.js";
import type { ParseError } from "../parsers/parse-error.js";
import { parseYaml } from "../parsers/yaml/parse-yaml.js";
import type { TolerantYamlParser } from "../parsers/yaml/parsed-yaml.js";
import { type DataNode, entryOf } from "../parsers/yaml/syntax-tree.js";
import type { SourceFile } from "../source/source-file.js";
import type { Location } from "../source/text-range.js";
import type { ConfigurationError } from "./configuration-error.js";
import type { ConfigurationFile } from "./configuration-file.js";
import { describeSchemaErrors } from "./describe-schema-errors.js";
import { nodeAt, plainValue } from "./plain-value.js";
import { schemaErrors } from "./schema-errors.js";

/** One configuration file, read. */
export interface WrittenConfiguration {
  readonly file: SourceFile;
  /** Of a valid file; whatever has errors is not to be used. */
  readonly value: ConfigurationFile;
  /** Where the value that a JSON Pointer leads to is set: its key, else the value itself. */
  readonly locate: (pointer: string) => Location;
  readonly errors: readonly ConfigurationError[];
}

/**
 * Reads a configuration file in YAML or JSON, or the key `imdslint` of a `package.json`; undefined
 * where that has none. Never throws.
 */
export function readConfiguration(
  file: SourceFile,
  loadTolerantYaml: () => TolerantYamlParser,
): WrittenConfiguration | undefined {
  const { root: whole, errors: syntaxErrors } = parse(file, loadTolerantYaml);
  const isPackage = file.path.endsWith("/package.json");
  const root = isPackage && whole?.kind === "mapping" ? entryOf(whole, "imdslint")?.value : whole;
  if (isPackage && root === undefined) return undefined;
  const errors = syntaxErrors.map(({ message, range }) => ({
    message,
    location: file.location(range),
  }));
  if (root === undefined) return { file, value: {}, locate: () => startOf(file), errors };
  const value = plainValue(root);
  const isValid = errors.length > 0 ? [] : schemaErrors(value);
  return {
    file,
    value: value as ConfigurationFile,
    locate: (pointer) => {
      const { node, key } = nodeAt(root, pointer);
      return file.location((key ?? node).range);
    },
    errors: [...errors, ...describeSchemaErrors(isValid, root, file)],
  };
}

function parse(
  { path, text }: SourceFile,
  loadTolerantYaml: () => TolerantYamlParser,
): { readonly root?: DataNode | undefined; readonly errors: readonly ParseError[] } {
  if (path.endsWith(".json")) return parseJson(text);
  const { documents, errors } = parseYaml(text, loadTolerantYaml);
  const [root, second] = documents;
  if (second === undefined) {
    return { root: root === undefined ? root : resolveMergeKeys(root), errors };
  }
  const message = "a configuration is one document";
  return { root, errors: [...errors, { code: "syntax", message, range: second.range }] };
}

function startOf(file: SourceFile): Location {
  return file.location({ start: 0, end: 0 });
}
