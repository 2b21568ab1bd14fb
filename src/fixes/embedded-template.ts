import type { AddProperties } from "../findings/fix.js";
import { parseJson } from "../parsers/json/parse-json.js";
import { parseYaml } from "../parsers/yaml/parse-yaml.js";
import type { DataNode } from "../parsers/yaml/syntax-tree.js";
import { SourceFile } from "../source/source-file.js";
import { contains, type TextEdit, type TextRange } from "../source/text-range.js";
import { addToData } from "./data-properties.js";

const HEREDOC = /<<-?([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\r?\n([^]*?)^[ \t]*\1[ \t]*$/gmu;

/**
 * Adds properties to a resource of a CloudFormation template that stands in a heredoc of Terraform. Undefined
 * where the heredoc is no template by itself, without what Terraform puts into it.
 */
export function addToEmbedded(
  file: SourceFile,
  change: AddProperties,
): readonly TextEdit[] | undefined {
  const body = heredocAround(file.text, change.resource.range);
  if (body === undefined) return undefined;
  // With blanks in place of all else, everything in the heredoc stands where it does in the file.
  const blank = (text: string) => text.replace(/[^\r\n]/g, " ");
  const text = `${blank(file.text.slice(0, body.start))}${file.text.slice(body.start, body.end)}${blank(file.text.slice(body.end))}`;
  const root = rootOf(text);
  const alone = new SourceFile(file.path, text);
  return root === undefined ? undefined : addToData(alone, root, change, "cloudformation");
}

function heredocAround(text: string, range: TextRange): TextRange | undefined {
  for (const { index, 0: whole, 2: body = "" } of text.matchAll(HEREDOC)) {
    const start = index + whole.indexOf("\n") + 1;
    const inside = { start, end: start + body.length };
    if (contains(inside, range)) return inside;
  }
  return undefined;
}

function rootOf(text: string): DataNode | undefined {
  if (text.trimStart().startsWith("{")) {
    const { root, errors } = parseJson(text);
    return errors.length === 0 ? root : undefined;
  }
  const { documents, errors } = parseYaml(text);
  return errors.length === 0 && documents.length === 1 ? documents[0] : undefined;
}
