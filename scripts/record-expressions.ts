/**
 * The part of `record-oracle.ts` that records expressions. Each directory below
 * `fixtures/oracle/terraform-expressions` is a root module, in whose scope the expressions in its
 * `expressions.json` are evaluated. What only applying can tell comes through variables without a
 * value and through `terraform_data`, which no provider has to be installed for. A new case is an
 * entry with `expression` alone.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseHclExpression } from "../src/parsers/hcl/parse-hcl.js";
import type { Expression } from "../src/parsers/hcl/syntax-tree.js";
import type { OracleValue } from "../test/parsers/terraform/functions/oracle-case.js";
import type {
  ExpressionFile,
  RecordedExpression,
} from "../test/parsers/terraform/expression-case.js";

const directory = "fixtures/oracle/terraform-expressions";

/** The program to ask, and the environment to ask it in. */
export interface OracleProgram {
  readonly command: string;
  readonly version: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Records all modules again. */
export function recordExpressions(program: OracleProgram): void {
  for (const name of readdirSync(directory).sort()) recordModule(join(directory, name), program);
}

function recordModule(module: string, program: OracleProgram): void {
  const path = join(module, "expressions.json");
  const { cases } = JSON.parse(readFileSync(path, "utf8")) as ExpressionFile;
  // Installing modules leaves files behind, which must not be in the repository.
  const copy = mkdtempSync(join(tmpdir(), "record-oracle-"));
  try {
    cpSync(module, copy, { recursive: true });
    run(["init", "-backend=false"], "", copy, program);
    const lines = cases.map((one) => `    ${JSON.stringify(record(one, copy, program))}`);
    const header = JSON.stringify(`${program.command} ${program.version}`);
    writeFileSync(path, `{\n  "program": ${header},\n  "cases": [\n${lines.join(",\n")}\n  ]\n}\n`);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function record(
  { expression, known }: RecordedExpression,
  module: string,
  program: OracleProgram,
): RecordedExpression {
  let output: string;
  try {
    output = run(["console"], `${expression}\n`, module, program);
  } catch {
    return { expression, error: true };
  }
  const result = readOutput(output);
  return { expression, result, ...(known === undefined ? {} : { known }) };
}

function run(
  commandLine: readonly string[],
  input: string,
  cwd: string,
  { command, environment }: OracleProgram,
): string {
  return execFileSync(command, commandLine, {
    cwd,
    encoding: "utf8",
    env: environment,
    input,
    stdio: ["pipe", "pipe", "ignore"],
  });
}

/** What the console prints is an expression, but for what is unknown and for `${`. Texts of several lines are not read. */
function readOutput(output: string): OracleValue {
  const text = output
    .trim()
    .replaceAll("(known after apply)", "unknown")
    .replace(/([$%])\{/g, "$1$1{");
  const { expression, errors } = parseHclExpression(text);
  if (errors.length > 0) throw new Error(`cannot read what was printed: ${output}`);
  return valueOf(expression);
}

function valueOf(expression: Expression): OracleValue {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "variable":
      return { $unknown: null };
    case "template":
      return textOf(expression);
    case "unary":
      return -Number(valueOf(expression.operand));
    case "tuple":
      return expression.items.map(valueOf);
    case "object": {
      const entries = expression.items.map(({ key, value }) => [textOf(key), valueOf(value)]);
      return Object.fromEntries(entries) as OracleValue;
    }
    case "call":
      return callValue(expression.name.name, expression.arguments.map(valueOf));
    default:
      throw new Error(`cannot read ${expression.kind}`);
  }
}

/** Maps and objects are one thing in recorded cases, and so are nulls of all types. */
function callValue(name: string, [value = null]: readonly OracleValue[]): OracleValue {
  if (value === null || name === "tomap") return value;
  return { [`$${name}`]: value };
}

function textOf(expression: Expression): string {
  if (expression.kind !== "template") throw new Error(`cannot read ${expression.kind}`);
  return expression.parts.map((part) => (part.kind === "text" ? part.value : "")).join("");
}
