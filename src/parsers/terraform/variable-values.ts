import type { InputError } from "../../findings/input-error.js";
import { SourceFile } from "../../source/source-file.js";
import type { Evaluated } from "../../values/evaluated.js";
import { known } from "../../values/value.js";
import { parseHclExpression } from "../hcl/parse-hcl.js";
import type { HclFiles } from "./hcl-files.js";
import type { Argument, Declaration } from "./module.js";
import { variableFiles } from "./module-files.js";
import { contentOf } from "./read-declarations.js";
import type { Scope } from "./scope.js";
import { standingAt } from "./standing-at.js";
import { readTypeConstraint } from "./type-constraint.js";

/** What the variable files of a root module say, by variable. */
export interface VariableFiles {
  readonly values: ReadonlyMap<string, Argument>;
  readonly files: readonly SourceFile[];
  readonly errors: readonly InputError[];
}

/**
 * Reads `terraform.tfvars` and `*.auto.tfvars`, both also in JSON syntax; later files win.
 * https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 */
export function readVariableFiles(directory: string, files: HclFiles): VariableFiles {
  const names = variableFiles(files.list(directory));
  const values = new Map<string, Argument>();
  const read: SourceFile[] = [];
  const errors: InputError[] = [];
  for (const name of names) {
    const parsed = files.parse(`${directory}/${name}`);
    if ("error" in parsed) {
      errors.push(parsed.error);
      continue;
    }
    read.push(parsed.file);
    errors.push(...parsed.errors);
    for (const [variable, value] of contentOf(parsed.body, parsed.file).arguments) {
      values.set(variable, value);
    }
  }
  return { values, files: read, errors };
}

/** The value that a variable file gives; only constants can stand there. */
export function fileValue({ value, file }: Argument, name: string, scope: Scope): Evaluated {
  return scope.at({ file, step: "variable-value", name }).valueOf(value);
}

/**
 * The value that a text stands for which was given from outside, as with `-var`. For a variable of a
 * primitive type, or of none, the text is the value; otherwise it is an expression. All of it counts
 * as standing at the variable's name.
 * https://developer.hashicorp.com/terraform/language/values/variables#variables-on-the-command-line
 */
export function textValue(text: string, declaration: Declaration, scope: Scope): Evaluated {
  const name = declaration.labels[0] ?? "";
  const origin = { location: declaration.name, step: "variable-value", name } as const;
  const type = declaration.arguments.get("type");
  const kind = type === undefined ? "string" : readTypeConstraint(type.value).kind;
  if (kind === "string" || kind === "number" || kind === "bool") return known(text, origin);
  const { expression } = parseHclExpression(text);
  const file = new SourceFile(declaration.name.path, text);
  const value = scope.at({ file, step: "variable-value", name }).valueOf(expression);
  return standingAt(value, origin);
}
