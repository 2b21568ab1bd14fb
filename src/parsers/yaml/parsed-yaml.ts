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

/** A slower parser that also reads broken YAML. Never throws. */
export type TolerantYamlParser = (text: string) => ParsedYaml;
