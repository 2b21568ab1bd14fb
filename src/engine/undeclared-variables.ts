import type { InputError } from "../findings/input-error.js";
import type { VariableSources } from "../parsers/terraform/given-variables.js";
import type { Module } from "../parsers/terraform/module.js";

/**
 * Terraform rejects a `-var` that the root module does not declare, and only that. Of several root
 * modules one is enough. The error stands at the root module, or the tree's directory if there are more.
 * https://developer.hashicorp.com/terraform/language/values/variables#undeclared
 */
export function undeclaredVariables(
  variables: VariableSources | undefined,
  roots: readonly Module[],
  rootDirectory: string,
): readonly InputError[] {
  const isDeclared = (name: string) =>
    roots.some(({ variables: declared, isIncomplete }) => declared.has(name) || isIncomplete);
  const names = (variables?.commandLine ?? []).flatMap((source) =>
    source.kind === "value" && !isDeclared(source.name) ? [source.name] : [],
  );
  const [only, ...others] = roots.flatMap(({ files: [first] }) => first?.path ?? []);
  const path = others.length === 0 ? (only ?? rootDirectory) : rootDirectory;
  return [...new Set(names)].map((name) => ({
    code: "invalid-variable",
    message: `no root module declares the variable ${name}, which --var sets`,
    path,
  }));
}
