import { parseHcl } from "../parsers/hcl/parse-hcl.js";
import type { Body, Comment } from "../parsers/hcl/syntax-tree.js";
import { parseJson } from "../parsers/json/parse-json.js";
import { parseYaml } from "../parsers/yaml/parse-yaml.js";
import type { DataNode } from "../parsers/yaml/syntax-tree.js";
import type { SourceFile } from "../source/source-file.js";

/** A file's syntax tree; undefined where the file is broken, since what is broken is not edited. */
export type WrittenAs =
  | { readonly syntax: "hcl"; readonly body: Body; readonly comments: readonly Comment[] }
  | { readonly syntax: "json" | "yaml"; readonly root: DataNode };

/** A file is often edited for several findings. */
const trees = new WeakMap<SourceFile, { readonly tree: WrittenAs | undefined }>();

/** Parses a file by its name, or by how it begins. */
export function readTree(file: SourceFile): WrittenAs | undefined {
  let read = trees.get(file);
  if (read === undefined) {
    read = { tree: parse(file) };
    trees.set(file, read);
  }
  return read.tree;
}

function parse({ path, text }: SourceFile): WrittenAs | undefined {
  if (/\.(?:tf|tofu|tfvars|hcl)$/.test(path)) {
    const { body, comments, errors } = parseHcl(text);
    return errors.length === 0 ? { syntax: "hcl", body, comments } : undefined;
  }
  if (path.endsWith(".json") || /^\s*\{/.test(text)) {
    const { root, errors } = parseJson(text);
    return errors.length === 0 && root !== undefined ? { syntax: "json", root } : undefined;
  }
  const { documents, errors } = parseYaml(text);
  const [root, ...others] = documents;
  return errors.length === 0 && root !== undefined && others.length === 0
    ? { syntax: "yaml", root }
    : undefined;
}

/** Whether a file is Terraform's, in either of its syntaxes. */
export function isTerraform(path: string): boolean {
  return /\.(?:tf|tofu|tfvars)(?:\.json)?$/.test(path);
}
