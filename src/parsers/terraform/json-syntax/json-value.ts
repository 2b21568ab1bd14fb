import type { InputErrorCode } from "../../../findings/input-error.js";
import type { TextRange } from "../../../source/text-range.js";
import { offsetsInContent } from "../../json/json-string.js";
import type { DataNode, MappingNode, ScalarNode } from "../../yaml/syntax-tree.js";

/** Something that JSON or Terraform's JSON syntax does not allow. */
export interface JsonSyntaxError {
  readonly code: InputErrorCode;
  /** A sentence without a full stop, in lower case. */
  readonly message: string;
  readonly range: TextRange;
}

/** Whether nothing is given: null, or what is no JSON, of which the JSON reader has complained. */
export function isNothing(value: DataNode): boolean {
  if (value.kind !== "scalar" || value.style !== "plain") return false;
  return !/^(?:true|false|-?\d)/.test(value.text);
}

/** Whether it is a list of objects and of nothing else; an empty one is not. */
export function isListOfObjects(value: DataNode): boolean {
  return (
    value.kind === "sequence" &&
    value.items.length > 0 &&
    value.items.every(({ kind }) => kind === "mapping")
  );
}

/** The objects of a value that may be one object or a list of them. */
export function objectsOf(value: DataNode): readonly MappingNode[] {
  if (value.kind === "mapping") return [value];
  return value.kind === "sequence" ? value.items.filter((item) => item.kind === "mapping") : [];
}

/** The range between the quotes of a string of the source, or between an object's braces. */
export function innerRange({ range }: DataNode, source: string): TextRange {
  const start = range.start + 1;
  const closer = source[range.start] === "{" ? "}" : source[range.start];
  const isClosed = range.end > start && source[range.end - 1] === closer;
  return { start, end: isClosed ? range.end - 1 : range.end };
}

/** Where the text of a string stands in the source, as readers of HCL take it. */
export function placementOf(node: ScalarNode, source: string): number | readonly number[] {
  const { start, end } = innerRange(node, source);
  const content = source.slice(start, end);
  if (content === node.text) return start;
  return offsetsInContent(content).map((offset) => start + offset);
}
