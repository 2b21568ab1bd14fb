/**
 * The part of `record-oracle.ts` that records expressions. Each directory below
 * `fixtures/oracle/terraform-expressions` is a root module, in whose scope the expressions in its
 * `expressions.json` are evaluated. What only applying can tell comes through variables without a
 * value. Of resources the console knows nothing before they are applied: a file with
 * `"command": "plan"` has its expressions planned as outputs, over `terraform_data`, which no provider
 * has to be installed for. A new case is an entry with `expression` alone.
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
  const file = JSON.parse(readFileSync(path, "utf8")) as ExpressionFile;
  // Installing modules leaves files behind, which must not be in the repository.
  const copy = mkdtempSync(join(tmpdir(), "record-oracle-"));
  try {
    cpSync(module, copy, { recursive: true });
    run(["init", "-backend=false"], "", copy, program);
    const ask = file.command === "plan" ? askPlan : askConsole;
    const lines = file.cases.map(({ expression, known, difference }) => {
      const answer = ask(expression, copy, program);
      const note = {
        ...(known === undefined ? {} : { known }),
        ...(difference === undefined ? {} : { difference }),
      };
      return `    ${JSON.stringify({ expression, ...answer, ...note })}`;
    });
    const header = JSON.stringify(`${program.command} ${program.version}`);
    writeFileSync(
      path,
      `{\n  "program": ${header},\n  "command": "${file.command}",\n  "cases": [\n${lines.join(",\n")}\n  ]\n}\n`,
    );
  } finally {
    rmSync(copy, { recursive: true });
  }
}

type Answer = Pick<RecordedExpression, "result" | "error">;

function askConsole(expression: string, module: string, program: OracleProgram): Answer {
  try {
    return { result: readOutput(run(["console"], `${expression}\n`, module, program)) };
  } catch (error) {
    if (error instanceof UnreadableOutput) throw error;
    return { error: true };
  }
}

function askPlan(expression: string, module: string, program: OracleProgram): Answer {
  writeFileSync(join(module, "question.tf"), `output "value" {\n  value = ${expression}\n}\n`);
  try {
    run(["plan", "-out=plan"], "", module, program);
  } catch {
    return { error: true };
  }
  const plan = JSON.parse(run(["show", "-json", "plan"], "", module, program)) as Plan;
  const { after, after_unknown: unknown } = plan.output_changes.value;
  return { result: combine(after ?? null, unknown) };
}

interface Plan {
  readonly output_changes: {
    readonly value: { readonly after?: OracleValue; readonly after_unknown: OracleValue };
  };
}

/** A planned value with what is unknown in it put in its place. */
function combine(after: OracleValue, unknown: OracleValue): OracleValue {
  if (unknown === true) return { $unknown: null };
  if (Array.isArray(unknown)) {
    const items = Array.isArray(after) ? (after as readonly OracleValue[]) : [];
    return unknown.map((part: OracleValue, index) => combine(items[index] ?? null, part));
  }
  if (typeof unknown !== "object" || unknown === null) return after;
  const entries = (after ?? {}) as Readonly<Record<string, OracleValue>>;
  const parts = unknown as Readonly<Record<string, OracleValue>>;
  const names = [...new Set([...Object.keys(entries), ...Object.keys(parts)])].sort();
  return Object.fromEntries(
    names.map((name) => [name, combine(entries[name] ?? null, parts[name] ?? false)]),
  );
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

class UnreadableOutput extends Error {}

/** What the console prints is an expression, but for what is unknown and for `${`. Texts of several lines are not read. */
function readOutput(output: string): OracleValue {
  const text = output
    .trim()
    .replaceAll("(known after apply)", "unknown")
    .replace(/([$%])\{/g, "$1$1{");
  const { expression, errors } = parseHclExpression(text);
  if (errors.length > 0) throw new UnreadableOutput(output);
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
