import type { ParseError } from "../parse-error.js";
import type { DataNode } from "./syntax-tree.js";

/** What could be read of a YAML text, and everything its syntax does not allow. */
export interface ParsedYaml {
  /**
   * One root per `---` document, in source order; documents without content are left out.
   * CloudFormation reads one document per template, so a reader uses the first and reports the rest.
   */
  readonly documents: readonly DataNode[];
  /** In source order. Empty means that the text is well formed. */
  readonly errors: readonly ParseError[];
}

/** What a tolerant parser makes of a text, however broken. */
export interface TolerantlyParsedYaml extends ParsedYaml {
  /** The first place that the syntax does not allow. Without it, all errors are about keys, aliases and nesting. */
  readonly syntaxError: ParseError | undefined;
}

/** A slower parser that also reads broken YAML. Never throws; undefined stands for texts it must not touch. */
export type TolerantYamlParser = (text: string) => TolerantlyParsedYaml | undefined;

/** All errors by where they start. */
export function inSourceOrder(...lists: readonly (readonly ParseError[])[]): readonly ParseError[] {
  return lists.flat().sort((a, b) => a.range.start - b.range.start);
}
