import type { Body, Expression } from "../../parsers/hcl/syntax-tree.js";
import { parseHcl } from "../../parsers/hcl/parse-hcl.js";
import { parseJson } from "../../parsers/json/parse-json.js";
import { parseTerraformJson } from "../../parsers/terraform/json-syntax/parse-terraform-json.js";
import type { DataNode } from "../../parsers/yaml/syntax-tree.js";
import type { SourceFile } from "../../source/source-file.js";
import {
  type CommentLine,
  commentLines,
  type Element,
  type FileStructure,
} from "./file-structure.js";

/** The structure of a file in HCL's native syntax. Never throws. */
export function hclStructure(file: SourceFile): FileStructure {
  const { body, comments } = parseHcl(file.text);
  return {
    comments: comments.flatMap(({ range }) => commentLines(file.text, range)),
    elements: elementsIn(body, file, true),
    metadata: [],
    isIndented: false,
  };
}

/**
 * The structure of a file in Terraform's JSON syntax, whose comments are properties named `//`.
 * https://developer.hashicorp.com/terraform/language/syntax/json#comment-properties
 */
export function terraformJsonStructure(file: SourceFile): FileStructure {
  const { root } = parseJson(file.text);
  return {
    comments: root === undefined ? [] : [...commentProperties(root, file.text)],
    elements: elementsIn(parseTerraformJson(file.text).body, file, true),
    metadata: [],
    isIndented: false,
  };
}

function elementsIn(
  { attributes, blocks }: Body,
  file: SourceFile,
  isTopLevel: boolean,
): readonly Element[] {
  const columnOf = ({ start }: Element["range"]) => file.position(start).column;
  const arguments_ = attributes.map(({ range }) => [{ range, column: columnOf(range) }]);
  const nested = blocks.map(({ type, labels, range, body }) => {
    const name = [type.name, ...labels.map(({ value }) => value)].join(".");
    const element: Element = {
      range,
      column: columnOf(range),
      ...(isTopLevel ? { name: name.replace(/^resource\./, "") } : {}),
      literal: (path) => literalIn(body, path.split(".")),
    };
    return [element, ...elementsIn(body, file, false)];
  });
  return [...arguments_, ...nested]
    .sort(([left], [right]) => (left?.range.start ?? 0) - (right?.range.start ?? 0))
    .flat();
}

function literalIn(body: Body, [name, ...rest]: readonly string[]): string | undefined {
  if (rest.length === 0) {
    const attribute = body.attributes.find((candidate) => candidate.name.name === name);
    return attribute === undefined ? undefined : textOf(attribute.value);
  }
  const block = body.blocks.find(({ type }) => type.name === name);
  return block === undefined ? undefined : literalIn(block.body, rest);
}

function textOf(expression: Expression): string | undefined {
  if (expression.kind === "literal") return expression.text;
  if (expression.kind !== "template") return undefined;
  const [part, ...others] = expression.parts;
  if (part === undefined) return "";
  return part.kind === "text" && others.length === 0 ? part.value : undefined;
}

function* commentProperties(node: DataNode, text: string): Iterable<CommentLine> {
  if (node.kind === "sequence") {
    for (const item of node.items) yield* commentProperties(item, text);
  } else if (node.kind === "mapping") {
    for (const { key, value } of node.entries) {
      if (key.text !== "//") yield* commentProperties(value, text);
      else
        for (const said of value.kind === "sequence" ? value.items : [value]) {
          if (said.kind === "scalar") yield propertyLine(said, text);
        }
    }
  }
}

function propertyLine(
  { text, range }: Extract<DataNode, { kind: "scalar" }>,
  source: string,
): CommentLine {
  const inner = { start: range.start + 1, end: range.end - 1 };
  const isPlain = source.slice(inner.start, inner.end) === text;
  return {
    text: text.trim(),
    range: isPlain && text === text.trim() ? inner : range,
    comment: range,
  };
}
